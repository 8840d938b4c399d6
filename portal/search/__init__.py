"""One search over everything published."""
