"""What the portfolio knows: reading its text, keeping it embedded, and finding what fits."""
