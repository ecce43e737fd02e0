"""How a question is read: what it says, which items it means, and what a sentence must have."""
