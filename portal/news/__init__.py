"""News posts and awards."""
