"""Yes and No: when they may be said, and questions for so many years or people."""
