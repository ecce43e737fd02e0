"""A résumé as people read it: dates in words, what stands where, and what is left out."""

from typing import Any

import pytest

from portfolio.services.exports.resume_outline import (
    Outline,
    date_words,
    outline_resume,
    period_words,
)


def outline(**parts: Any) -> Outline:
    return outline_resume({"basics": {"name": "Ines Calder"}, **parts})


def project(**members: Any) -> dict[str, Any]:
    told = {"status": "in_progress", **members.pop("told", {})}
    return {"name": "Tides", "x-portfolio": told, **members}


@pytest.mark.parametrize(
    ("partial", "words"),
    [("2019", "2019"), ("2019-06", "Jun 2019"), ("2019-06-03", "3 Jun 2019"), (None, "")],
)
def test_dates_are_words(partial: str | None, words: str) -> None:
    assert date_words(partial) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2019-06-03", "2020-01-31", "Jun 2019 to Jan 2020"),
        ("2019", None, "2019 to present"),
        ("2019-06", "2019-06-30", "Jun 2019"),
        (None, "2019-12", "until Dec 2019"),
        (None, None, ""),
    ],
)
def test_periods_are_words(start: str | None, end: str | None, words: str) -> None:
    assert period_words(start, end) == words.replace("to", "\N{EN DASH}")


@pytest.mark.parametrize(
    ("status", "words"), [("in_progress", "2019 \N{EN DASH} present"), ("archived", "2019")]
)
def test_only_a_project_that_goes_on_lasts_to_the_present(status: str, words: str) -> None:
    (part,) = outline(projects=[project(startDate="2019", told={"status": status})]).parts
    assert part.entries[0].period == words


def test_projects_that_are_put_forward_come_first_and_whole() -> None:
    chosen = project(highlights=["Fast"], told={"featured": True})
    other = project(name="Rain", description="Wet.", highlights=["Slow"], keywords=["Go"])
    first, second = outline(projects=[other, chosen]).parts
    assert (first.title, first.brief, first.entries[0].points) == (
        *("Selected projects", False),
        ["Fast"],
    )
    assert (second.title, second.brief, second.entries[0].text) == ("More projects", True, "Wet.")
    assert (second.entries[0].points, second.entries[0].words) == ([], [])
    (only,) = outline(projects=[other]).parts
    assert (only.title, only.brief, only.entries[0].points) == ("Projects", False, ["Slow"])


def test_what_has_no_title_is_still_told_and_what_says_nothing_is_not() -> None:
    (part,) = outline(work=[{"highlights": ["One"]}, {"zodiac": 1}], skills=[{"zodiac": 2}]).parts
    assert [entry.points for entry in part.entries] == [["One"]]


def test_the_contacts_are_those_of_the_document() -> None:
    place = {
        "address": "1 Quay Street",
        "postalCode": "BS1",
        "city": "Bristol",
        "countryCode": "GB",
    }
    basics = {"name": "Ines", "location": place, "email": "ines@example.org", "phone": "+44"}
    contacts = outline(basics=basics).contacts
    assert contacts == ["1 Quay Street, BS1 Bristol, GB", "+44", "ines@example.org"]
