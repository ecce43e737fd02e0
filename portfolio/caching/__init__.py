"""The cache engine: policies, tags, tokens, fills and storage. It knows no model and no service."""
