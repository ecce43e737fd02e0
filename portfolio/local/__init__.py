"""The local runtime: embedded PostgreSQL and Redis, and the supervisor that runs every process.

It starts programs and hands them their settings; it must not know models, services or views.
"""
