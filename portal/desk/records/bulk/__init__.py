"""Many statements at once, pasted or uploaded from a spreadsheet: all become drafts, or none."""
