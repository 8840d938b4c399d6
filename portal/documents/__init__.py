"""PDF summaries."""
