"""What writes to accounts: signing in, passwords, second factors, people."""
