"""Questions about skills: whether, since when, how long, how well, which, and of which kind."""
