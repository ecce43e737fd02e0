"""How the processes log: one line an event on standard error, which the supervisor keeps."""

import logging.config


def configure_logging() -> None:
    """Log warnings of everyone and information of our own, with time, process and place."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {"format": "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"}
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "loggers": {
                "portfolio": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
                # It tells whole addresses, and that of a webhook is its password.
                "httpx": {"level": "WARNING"},
            },
        }
    )
