"""Funding commitments, their statements, the explorer."""
