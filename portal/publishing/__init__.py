"""The content version and the ledger of corrections."""
