"""Rows of the desk's table, one module for each part of the desk; see tests/support/desk_routes.py."""
