"""Portfolio: the backend of a developer portfolio, served from a cache that is never stale.

Importing the package loads nothing: the application is built by `portfolio.app.create_app`.
"""
