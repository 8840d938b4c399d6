"""Lists are moved while processes are killed, disks are full and databases are lost."""
