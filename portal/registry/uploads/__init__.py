"""Files on their way to a list: received, confirmed, read by the background worker, told of."""
