"""What changed after publication, as every public page tells it: the last correction, and withdrawals."""
