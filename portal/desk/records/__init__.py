"""Forms of the desk: a record is written, checked while it is typed, saved and handed in for review."""
