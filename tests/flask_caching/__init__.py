"""Flask-Caching's own tests against Portfolio's backend: `make flask-caching-suite`."""
