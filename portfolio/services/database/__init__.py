"""The database as its operator sees it."""
