"""Mail that tells a team of the next step; it holds a link and nothing of what was written."""
