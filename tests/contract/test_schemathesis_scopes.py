"""Schemathesis without a token, and with one of each scope that does not let one do everything."""

import pytest

from portfolio.vocabulary import Scope

from .conftest import Site
from .schemathesis_run import PHASES, find_nothing

LESSER = [None, *(scope for scope in Scope if scope is not Scope.ADMIN)]


@pytest.mark.parametrize("scope", LESSER)
def test_it_finds_nothing(site: Site, scope: Scope | None) -> None:
    find_nothing(site, scope, PHASES)
