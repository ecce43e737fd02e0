"""Questions and answers on a small portfolio of one invented person."""
