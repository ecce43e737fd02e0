"""Chat: asking, conversations, streams, and the doors to them."""
