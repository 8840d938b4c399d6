"""Backups: everything of both databases that is worth keeping in one file, and back from it."""
