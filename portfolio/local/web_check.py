"""Asks the web server whether it is ready to answer."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

ANSWER_SECONDS = 5
OK = 200


def web_is_ready(address: str) -> bool:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=ANSWER_SECONDS
    )
    try:
        connection.request("GET", "/ready/")
        return connection.getresponse().status == OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
