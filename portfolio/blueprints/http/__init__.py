"""What views share: how requests become schemas and schemas responses, preconditions, streams of
events, and who sends a request."""
