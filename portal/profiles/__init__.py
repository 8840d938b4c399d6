"""Regions and programmes as a whole: what every lower domain publishes of them, composed for page and PDF."""
