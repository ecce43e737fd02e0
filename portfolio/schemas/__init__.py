"""The shapes of requests and responses. Schemas know no table, service or request object."""
