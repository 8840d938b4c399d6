"""Working together on an item: comments, who has it open, and preview links for people without an account."""
