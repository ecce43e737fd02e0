"""The country of an address: what a trusted proxy says, or a file that the owner supplies."""

import logging
import re
from functools import lru_cache
from ipaddress import ip_network

import maxminddb

from portfolio.vocabulary import COUNTRY_PATTERN

_UNKNOWN = ("XX", "T1", "ZZ")
"""What proxies say of addresses that they cannot place, and Cloudflare of Tor."""

logger = logging.getLogger(__name__)


def find_country(address: str, told: str | None, file: str) -> str | None:
    """Two letters (ISO 3166), or None when nobody knows.

    Args:
        address: of the visitor, or of the visitor's network.
        told: what a trusted proxy says.
        file: in MaxMind's format; empty for none.
    """
    if told is not None:
        return _known(told.strip().upper())
    reader = _open(file) if file else None
    if reader is None:
        return None
    try:
        record = reader.get(ip_network(address).network_address)
    except (ValueError, maxminddb.InvalidDatabaseError):
        return None
    return _code_of(record)


def _code_of(record: object) -> str | None:
    country = record.get("country") if isinstance(record, dict) else None
    code = country.get("iso_code") if isinstance(country, dict) else None
    return _known(code) if isinstance(code, str) else None


def _known(code: str) -> str | None:
    return code if re.fullmatch(COUNTRY_PATTERN, code) and code not in _UNKNOWN else None


@lru_cache(maxsize=4)
def _open(file: str) -> maxminddb.Reader | None:
    try:
        return maxminddb.open_database(file)
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        logger.warning("no countries: COUNTRY_DATABASE cannot be read: %s", error)
        return None
