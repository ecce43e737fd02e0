"""The one error of the local runtime: a sentence for the person who typed the command."""

from __future__ import annotations


class LocalRuntimeError(Exception):
    """Something the operator can act on; its text is printed as it stands, without a traceback."""
