"""Cached values as HTTP responses: their forms, what a request may be sent, and the fast door."""
