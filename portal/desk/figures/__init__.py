"""Figures on the desk: looking for one to put into a text, and texts whose figures were corrected."""
