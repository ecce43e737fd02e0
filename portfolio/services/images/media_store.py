"""Where the files of images lie: a folder, or any S3-compatible store. It knows no image."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from portfolio.errors import ServiceUnavailable
from portfolio.vocabulary import MEDIA_PATTERN

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
"""Bytes of a file that are sent at a time."""
AT_ONCE = 32
"""Threads of a process that wait for the beginning of a file at the same time."""

_askers = BoundedSemaphore(AT_ONCE)


def put_file(name: str, content: bytes) -> None:
    """Keep a file under its name, whole or not at all; it lasts when this has returned.

    Raises:
        ServiceUnavailable: the store is away or full.
    """
    with _answering_503():
        obstore.put(_store(), name, content)
        folder = current_app.config["MEDIA_LOCATION"]
        if isinstance(folder, Path):
            for path in (folder / name, folder):
                _settle(path)


def read_file(name: str) -> Iterator[bytes]:
    """The bytes of a file, in chunks.

    Raises:
        FileNotFoundError: there is none.
        ServiceUnavailable: the store is away, or too many wait for it.
    """
    with asking(), _answering_503():
        chunks = obstore.get(_store(), name).stream(min_chunk_size=CHUNK)
    return (bytes(chunk) for chunk in chunks)


def list_old_files(before: datetime) -> Iterator[str]:
    """The names of our files that were put before a moment; what else lies there is not ours.

    Raises:
        ServiceUnavailable: the store is away.
    """
    with _answering_503():
        for batch in obstore.list(_store()):
            for file in batch:
                if file["last_modified"] < before and re.fullmatch(MEDIA_PATTERN, file["path"]):
                    yield file["path"]


def delete_file(name: str) -> None:
    """Delete a file; one that is gone already is no error.

    Raises:
        ServiceUnavailable: the store is away.
    """
    with _answering_503(), suppress(FileNotFoundError):
        obstore.delete(_store(), name)


@contextmanager
def asking() -> Iterator[None]:
    """One of a bounded number that wait for the store; a store that hangs must not take them all.

    Raises:
        ServiceUnavailable: as many as may do wait.
    """
    if not _askers.acquire(blocking=False):
        raise ServiceUnavailable("The store of images is slow.")
    try:
        yield
    finally:
        _askers.release()


@contextmanager
def _answering_503() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        # The rest of obstore's messages is a dump of its own structures.
        logger.warning("the store of images failed: %s", str(error).partition("\n")[0])
        raise ServiceUnavailable("The store of images is busy or away.") from None


def _store() -> ObjectStore:
    return _open_store(current_app.config["MEDIA_LOCATION"], os.getpid())


@cache
def _open_store(location: Path | str, _process: int) -> ObjectStore:
    if isinstance(location, Path):
        return LocalStore(location, mkdir=True)
    return S3Store.from_url(
        location,
        # Address and keys come from the usual AWS_ variables; an address may be plain http.
        client_options={"allow_http": True, "connect_timeout": "1s", "timeout": "10s"},
        retry_config={"max_retries": 1, "retry_timeout": timedelta(seconds=3)},
    )


def _settle(path: Path) -> None:
    """Write to the disk what the system still holds back."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
