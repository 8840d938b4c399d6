"""Making a backup, and restoring one."""
