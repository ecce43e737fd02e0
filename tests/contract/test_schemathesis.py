"""Schemathesis calls every operation with what its description allows and with what it does not.

Those who may do everything, who take as long as all others together: test_schemathesis_scopes.py.
"""

import pytest

from portfolio.vocabulary import Scope

from .conftest import Site
from .schemathesis_run import EVERY_PHASE, find_nothing, run_schemathesis


def test_it_finds_nothing(site: Site) -> None:
    find_nothing(site, Scope.ADMIN, EVERY_PHASE)


@pytest.mark.soak
@pytest.mark.parametrize("scope", [None, *Scope])
def test_it_finds_nothing_at_length(site: Site, scope: Scope | None) -> None:
    run_schemathesis(site, scope, EVERY_PHASE, "--max-examples", "150")
