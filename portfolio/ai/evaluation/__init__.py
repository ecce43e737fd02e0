"""Résumés of invented people, and questions about them with their right answers."""
