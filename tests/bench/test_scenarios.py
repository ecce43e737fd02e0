"""Every scenario of the bench can run, as far as its options say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.__main__ import DOCUMENT, SCENARIOS, parse_arguments, scale_of
from bench.scale import FULL, Scale
from bench.site import Site, open_site

TINY = Scale(
    repetitions=1,
    seconds=0.2,
    connections=(2,),
    calls=20,
    crowd=4,
    writes=3,
    tag_sizes=(3, 30),
    hang_seconds=2.7,
    visit_seconds=6.0,
    page_views=(100, 300),
    projects=3,
)


def test_only_a_full_run_writes_the_document(tmp_path: Path) -> None:
    assert parse_arguments([]).output == DOCUMENT
    assert parse_arguments(["--quick"]).output is None
    assert parse_arguments(["--only", "front"]).output is None
    other = tmp_path / "other.md"
    assert parse_arguments(["--quick", "--output", str(other)]).output == other


def test_options_change_how_much_is_measured() -> None:
    options = parse_arguments(["--repetitions", "7", "--tag-sizes", "1", "2"])
    assert scale_of(options).repetitions == 7
    assert scale_of(options).tag_sizes == (1, 2)
    assert scale_of(parse_arguments([])) == FULL
    assert FULL.repetitions >= 5


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site(TINY) as running:
        yield running


# Of visits, tests/visits/test_drill.py has the same in small.
LONG = {"visits"}
NAMES = [pytest.param(name, marks=pytest.mark.soak if name in LONG else ()) for name in SCENARIOS]


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_can_run(site: Site, name: str) -> None:
    section = SCENARIOS[name](site)
    assert section.rows
    assert section.tables
    assert section.notes
    for row in section.rows:
        assert row.measure
        assert row.bar
        assert row.measured
