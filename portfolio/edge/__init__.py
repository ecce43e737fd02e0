"""What lies around the application: the outermost WSGI layer, and the bodies that it lets in."""
