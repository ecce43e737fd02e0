"""Exporting profiles: as JSON Resume, as Markdown and as a page."""
