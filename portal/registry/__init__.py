"""Enrolment lists and the citizen's check; nobody else touches these tables."""
