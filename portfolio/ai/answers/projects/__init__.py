"""Questions about projects, one or many, and about what was hard, learnt, reached or used."""
