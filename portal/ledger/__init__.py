"""The public ledger: every correction, withdrawal and urgent publication, with the old value and the new."""
