"""Chat with the portfolio: asking, conversations and how answers are told."""
