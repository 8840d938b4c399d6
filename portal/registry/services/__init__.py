"""What writes to the registry: staging, publishing, the check and its allowances."""
