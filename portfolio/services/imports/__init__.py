"""Importing résumés: reading files, merging them with what is here, and undoing that."""
