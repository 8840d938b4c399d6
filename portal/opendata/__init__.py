"""The data package, in and out."""
