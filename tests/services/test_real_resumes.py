"""Résumés as people write them, of both dialects: all are imported, and none loses a word."""

import copy
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.schemas.imports import ImportReport
from portfolio.schemas.json_resume.resume_values import GOING_ON
from portfolio.schemas.json_resume.resume_words import FORMER_NAMES
from portfolio.services.exports.exporting import export_resume
from portfolio.services.imports.import_snapshots import owned_tables
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_document, read_resume
from tests.services.test_import_properties import is_idle
from tests.services.test_import_undoing import dump

RESUMES = sorted((Path(__file__).parents[1] / "resumes").glob("*.json"))


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def load(path: Path) -> ImportReport:
    return import_resume(read_resume(path.read_bytes()))


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif value is not None and not isinstance(value, bool):
        yield value


def words(value: Any) -> list[str]:
    """The words of a text or number of a file, but for the end of what has none."""
    plain = unicodedata.normalize("NFC", str(value)).strip()
    if plain.casefold() in GOING_ON:
        return []
    if re.match(r"\d{4}[-/]\d", plain):
        return [plain[:4]]
    return re.findall(r"[\w+#]+", plain.casefold())


def kept_words() -> set[str]:
    """Every word in the tables."""
    db.session.rollback()
    found: list[str] = []
    for table in owned_tables():
        rows = db.session.scalars(text(f"SELECT to_jsonb(one) FROM {table.name} AS one")).all()
        found += [str(leaf) for leaf in leaves(rows)]
    return {word for value in found for word in re.findall(r"[\w+#]+", value.casefold())}


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.stem)
def test_it_is_imported_without_loss_and_again_without_a_change(path: Path) -> None:
    report = load(path)
    assert report.change == "created"
    document = json.loads(path.read_text("utf-8"))
    document.pop("$schema", None)  # every export has it
    said = {word for leaf in leaves(document) for word in words(leaf)}
    assert said - kept_words() == set()
    again = load(path)
    assert is_idle(again)
    assert not any(note.kind == "kept" for note in again.notes)


def test_there_is_a_dozen() -> None:
    assert len(RESUMES) >= 12


def test_the_dialect_from_before_1_0_says_the_same_as_1_0() -> None:
    document = json.loads(
        next(path for path in RESUMES if path.stem == "senior_before_1_0").read_text("utf-8")
    )
    since = copy.deepcopy(document)
    for section, names in FORMER_NAMES.items():
        for item in [since["basics"]] if section == "basics" else since[section]:
            for old, new in names.items():
                if old in item:
                    item[new] = item.pop(old)
    former, new = read_document(document), read_document(since)
    assert former.resume == new.resume
    assert former.unknown_members() == []
    assert new.resume.work[0].name == "Ledgerline"
    assert new.resume.work[0].url == "https://ledgerline.example.com"
    assert new.resume.education[0].score == "3.7"
    assert new.resume.basics.image == "https://gareth.example.com/face.png"


def test_deviations_are_read_and_told() -> None:
    report = load(next(path for path in RESUMES if path.stem == "designer_loose"))
    assert {str(note) for note in report.notes} == {
        "read: basics.website is read as https://tomas.example.com",
        "read: basics.location is a text, read as the city",
        "read: basics.profiles is one item, read as a list of one",
        "read: basics.profiles.url is read as https://www.dribbler.example.com/tfq",
        "read: education is one item, read as a list of one",
        "read: projects[0].keywords is one text, read as a list of 2",
        "read: projects[0].roles is one text, read as a list of 1",
        "read: projects[0].url is read as https://azulejo.example.com",
        "read: skills[0] is a text, read as its name",
        "read: skills[1].keywords is one text, read as a list of 3",
        "read: interests[0] is a text, read as its name",
        "read: interests[1] is a text, read as its name",
        "read: work[0].highlights is one text, read as a list of 1",
        "read: work[0].location is an object, read as the text Lisboa, PT",
        "read: work[0].startDate is read as 2018-03",
        "read: work[0].website is read as https://atelier.example.com/nove",
        "unknown: basics.picture is kept for exports, and shown nowhere",
        "unknown: hobbies is kept for exports, and shown nowhere",
    }


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.stem)
def test_exporting_it_and_importing_that_changes_nothing(path: Path) -> None:
    report = load(path)
    before = {**dump(), "imports": []}
    document = export_resume(report.profile, private=True)
    assert is_idle(import_resume(read_document(document)))
    assert {**dump(), "imports": []} == before
