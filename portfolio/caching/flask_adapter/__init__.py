"""The cache in a Flask application. What applications import is here."""

from .decorators import answer_afresh, cache_api_response, cache_query_result, cache_statistics
from .extension import CacheExtension, cache_extension
from .renewal import EXTENSION, refreshing, renew, visit

__all__ = [
    "EXTENSION",
    "CacheExtension",
    "answer_afresh",
    "cache_api_response",
    "cache_extension",
    "cache_query_result",
    "cache_statistics",
    "refreshing",
    "renew",
    "visit",
]
