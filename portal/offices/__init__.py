"""Offices where people of a region ask, enrol and claim: contact data of offices, never of persons."""
