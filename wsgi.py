"""The WSGI entry point: granian and the flask command find the application here."""

from portfolio.app import create_app

app = create_app()
