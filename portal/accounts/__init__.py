"""Staff accounts: sign-in, roles per region, sessions."""
