"""Measures what the cache promises, side by side with what people use today: `make bench`."""
