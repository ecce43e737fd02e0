"""Images of projects: their rows, and the files that lie in a store."""
