"""Use cases: plain functions over the session that take and return plain data, with one commit at
the edge of each that writes. They know no request and no task queue."""
