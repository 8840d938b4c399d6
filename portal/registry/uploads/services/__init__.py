"""The steps of a list from upload to publication, each with who may take it."""
