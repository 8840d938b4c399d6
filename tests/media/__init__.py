"""Pictures: screening, encoding, upload, and who may look."""
