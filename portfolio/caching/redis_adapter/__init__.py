"""The cache and Redis: entries and tokens, and the pushes that tell of invalidations."""
