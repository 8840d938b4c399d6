"""Sources, citations, stated claims, rules of cover and the cross-checks."""
