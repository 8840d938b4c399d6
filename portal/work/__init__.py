"""The background worker: publishes at the hour set, does jobs, keeps house; `portal worker`."""
