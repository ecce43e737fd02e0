"""Comparing job descriptions with the portfolio as it is now."""
