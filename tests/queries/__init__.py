"""What statements cost is recorded, and what the database is like is told."""
