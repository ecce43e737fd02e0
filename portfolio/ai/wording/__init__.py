"""Letting a language model word what was found, and showing only what the evidence supports."""
