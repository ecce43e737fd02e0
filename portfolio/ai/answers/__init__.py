"""Answers made of the portfolio's own sentences, each with its source."""
