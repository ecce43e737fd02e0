"""What the product is compared with, each as a WSGI application."""
