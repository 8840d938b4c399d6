"""The desk: the screens on which regency teams draft, check, review, publish and correct."""
