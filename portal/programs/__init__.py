"""Programmes, regulations and announced measures."""
