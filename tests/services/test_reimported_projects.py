"""Projects of a file that comes again: which is which, and what of them goes with the file."""

from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import select, update

from portfolio.extensions import db
from portfolio.models import Project
from tests.services.test_importing import changed, load
from tests.services.test_reimport import edit, told

LONG = "All of it. " * 209


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def described(text: str | None, **members: Any) -> dict[str, Any]:
    return changed(projects=[{"name": "Cli", "description": text, **members}])


def texts() -> tuple[str, str]:
    row = db.session.execute(select(Project.summary, Project.description)).one()
    return row.summary, row.description


@pytest.mark.parametrize("short", ["Short now.", "", None])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_long_description_goes_when_the_file_shortens_it(
    short: str | None, overwrite: bool
) -> None:
    load(described(LONG))
    assert len(texts()[1]) > 2000
    report = load(described(short), overwrite=overwrite)
    assert texts() == (short or "", "")
    assert (str(report.projects), report.notes) == ("1 updated", [])
    assert str(load(described(short), overwrite=overwrite).projects) == "1 unchanged"


def test_an_edit_in_place_of_a_long_description_is_kept_and_told() -> None:
    load(described(LONG))
    edit(update(Project).values(description="Mine."))
    report = load(described("Short now."))
    assert texts() == ("Short now.", "Mine.")
    assert told(report, "kept") == [
        'projects[0].x-portfolio.longDescription was edited here and says "Mine."; '
        'the file still says ""'
    ]


def test_overwriting_takes_an_edit_in_place_of_a_long_description() -> None:
    load(described(LONG))
    edit(update(Project).values(description="Mine."))
    report = load(described("Short now."), overwrite=True)
    assert texts() == ("Short now.", "")
    assert len(told(report, "overwritten")) == 1


def test_a_description_under_a_name_of_its_own_stays_when_the_file_is_silent() -> None:
    load(described(LONG, **{"x-portfolio": {"longDescription": "By itself."}}))
    load(described("Short now."))
    assert texts() == ("Short now.", "By itself.")
