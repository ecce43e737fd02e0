"""The cache and PostgreSQL: snapshots to compute in, triggers, the outbox, and who empties it."""
