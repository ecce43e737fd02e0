"""Sentences quoted as they stand: how they are rated for a question, and which are told."""
