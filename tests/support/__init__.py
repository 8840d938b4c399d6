"""What several test folders share: databases, the page checker, the running server."""
