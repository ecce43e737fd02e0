"""Real servers for a test session: PostgreSQL and two Redis of its own, gone with it."""

from collections.abc import Iterator

import pytest

from portfolio.local.embedded import EmbeddedServers, embedded_servers


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    with embedded_servers() as running:
        yield running
