"""Five hundred made-up people, every way into the portal, and a search of everything it keeps or says."""
