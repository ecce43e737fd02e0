"""Who comes, until midnight (UTC): a hash that nobody can repeat once the day's salt is gone."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from portfolio.services.visits.agents import Agent, read_agent
from portfolio.services.visits.countries import find_country
from portfolio.services.visits.salts import salt_of


@dataclass(frozen=True)
class Caller:
    """What a request tells of who sends it; it is kept nowhere.

    Attributes:
        address: of the visitor, or of the visitor's network.
        host: the name by which this site was asked.
        agent: the header User-Agent.
        country: as a trusted proxy tells it, else None.
    """

    address: str
    host: str
    agent: str
    country: str | None


@dataclass(frozen=True)
class Visitor:
    """What is kept instead."""

    session: uuid.UUID
    agent: Agent
    country: str | None


def recognise(caller: Caller, now: datetime) -> Visitor:
    """The visitor whom a caller is on the day of `now` (UTC)."""
    config = current_app.config
    # The salt alone is in the database and its backups; the key alone is in the configuration.
    key = salt_of(now.date()) + hashlib.sha256(config["SECRET_KEY"].encode()).digest()
    told = "\n".join((caller.host, caller.address, caller.agent))
    digest = hashlib.blake2b(told.encode("utf-8", "replace"), key=key, digest_size=16).digest()
    country = find_country(caller.address, caller.country, config["COUNTRY_DATABASE"])
    return Visitor(uuid.UUID(bytes=digest), read_agent(caller.agent), country)
