"""The tables of docs/ say what the code says."""

import pytest

from portfolio.cache_policy import POLICIES
from portfolio.config import Settings

from .regenerate import DOCS, TABLES, with_table


@pytest.mark.parametrize("file", TABLES)
def test_the_table_is_up_to_date(file: str) -> None:
    name, make = TABLES[file]
    text = (DOCS / file).read_text("utf-8")
    assert text == with_table(text, name, make()), "run: python -m tests.docs.regenerate"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described(name: str) -> None:
    assert Settings.model_fields[name].description
    assert f"| `{name}` |" in (DOCS / "configuration.md").read_text("utf-8")


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_stands_in_the_docs(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "caching.md").read_text("utf-8")


def test_a_file_without_markers_is_an_error() -> None:
    with pytest.raises(ValueError, match="no markers"):
        with_table("no table here", "policies", "| |")
