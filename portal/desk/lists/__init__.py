"""The registrar's desk: enrolment lists brought, looked at, published and withdrawn."""
