"""Understanding text: cutting, encoding, searching. It knows no Flask, SQLAlchemy or Celery; what
it needs of the outside comes by constructor."""
