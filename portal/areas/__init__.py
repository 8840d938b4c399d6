"""Provinces, regencies, districts, villages (Kemendagri codes) and their population."""
