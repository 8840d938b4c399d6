"""Sheets of the check's answer: a signed code by which a third party learns what was found, and nothing of whom."""
