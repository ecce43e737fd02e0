"""Fixtures of portfolios with embedded text, shared with the tests of knowledge."""

from tests.knowledge.conftest import environment as environment
from tests.knowledge.conftest import index as index
from tests.knowledge.conftest import sample as sample
