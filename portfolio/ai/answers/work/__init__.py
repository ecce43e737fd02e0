"""Questions about jobs held, careers and employers."""
