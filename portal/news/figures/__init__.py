"""Figures in a post that are bound to records: `[[statements:ID:workers]]` shows what the record says today."""
