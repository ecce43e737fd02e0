"""A language model that puts into words what was found: the server, the calls, what they cost."""
