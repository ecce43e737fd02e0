"""What holds for every text that is read as a job description."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.ai.jobs.cleaning import clean_description
from portfolio.ai.jobs.description import Level
from portfolio.ai.jobs.reading import read_description
from portfolio.ai.skills.vocabulary import standard_vocabulary
from tests.ai.jobs.asides import asides, orders
from tests.ai.jobs.labelled import labelled_descriptions
from tests.ai.jobs.strategies import PIECES, any_texts

GARDEN = (
    "The garden behind the house is large and full of roses, and in the evening the neighbours "
    "sit on the old bench, watch the birds and talk about the weather of the day."
)
GAPS = ["\n", "\n\n"]
HOSTILE = [
    *["(" * 50_000, "a" * 50_000, "- " * 25_000, "\n" * 50_000, "1 " * 25_000, "." * 50_000],
    *["! " * 25_000, "A. " * 16_000, ", and" * 10_000, "no " * 16_000, "Python or " * 5_000],
    *["@" * 50_000, "x@" * 25_000, "https://" * 6_000, "5+ years " * 5_000, " " * 50_000],
    *[
        "\u200b" * 50_000,
        "C/C++/C#" * 6_000,
        "such as e.g. " * 3_800,
        "A " * 25_000,
        "(a)" * 16_000,
    ],
    *["Python (" * 6_000, "Bachelor's " * 4_500, "-\n" * 25_000, "Zorb, " * 8_000, "Ab-" * 16_000],
    *[
        "is looking for " * 3_300,
        "Name " * 10_000,
        ": " * 25_000,
        "remote not " * 4_500,
        "*" * 50_000,
    ],
]


@given(any_texts)
def test_every_span_is_verbatim(text: str) -> None:
    job = read_description(text)
    for item in job.requirements:
        assert item.text == text[item.start : item.end]
        for skill in (*item.skills, *item.soft_skills):
            assert item.start <= skill.start < skill.end <= item.end
            assert skill.surface == text[skill.start : skill.end]
    for skill in job.excluded:
        assert skill.surface == text[skill.start : skill.end]


@given(any_texts)
def test_requirements_follow_each_other(text: str) -> None:
    items = read_description(text).requirements
    assert all(one.end <= other.start for one, other in pairwise(items))


@given(any_texts)
def test_the_same_text_is_read_the_same(text: str) -> None:
    assert read_description(text) == read_description(text)


@given(any_texts)
def test_what_is_cleaned_stays_clean(text: str) -> None:
    assert clean_description(clean_description(text)) == clean_description(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:16]))
def test_the_time_to_read_a_text_grows_with_its_length_and_no_faster(text: str) -> None:
    assert _processor_time(text[:50_000]) < 8 * max(_processor_time(text[:12_500]), 0.1)


def _processor_time(text: str) -> float:
    start = time.thread_time()
    read_description(text)
    return time.thread_time() - start


@settings(max_examples=20, deadline=None)
@given(any_texts)
def test_texts_repeated_to_full_length_are_read(text: str) -> None:
    if text:
        read_description((text * (50_000 // len(text)))[:50_000])


@pytest.mark.parametrize("labels", labelled_descriptions(), ids=lambda labels: labels["trap"])
def test_an_irrelevant_paragraph_changes_nothing(labels: dict[str, str]) -> None:
    text = labels["text"].rstrip("\n")
    before, after = read_description(text), read_description(f"{text}\n\n{GARDEN}\n")
    assert before == after


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(labelled_descriptions()), st.one_of(asides, orders), st.sampled_from(GAPS))
def test_what_asks_for_nothing_changes_nothing(
    labels: dict[str, str], aside: str, gap: str
) -> None:
    text = labels["text"].rstrip("\n")
    assert _asked(text) == _asked(f"{text}{gap}{aside}\n")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(asides, orders), min_size=1, max_size=3), st.booleans())
def test_what_asks_for_nothing_changes_nothing_above_the_requirements(
    told: list[str], is_last: bool
) -> None:
    head, body = "Backend Developer at Northwind", "Requirements\n- 5 years of Go\n- Fluent English"
    aside = "\n".join(told)
    text = f"{head}\n\n{aside}\n\n{body}" if is_last else f"{head}\n{aside}\n{body}"
    assert [
        skill.name for item in read_description(text).requirements for skill in item.skills
    ] == ["Go"]


def _asked(text: str) -> object:
    job = read_description(text)
    facts = (job.years, job.skill_years, job.education, job.preferred_education, job.languages)
    return job.requirements, job.excluded, facts


def test_a_name_with_hidden_characters_is_found_once_they_are_cleaned_away() -> None:
    text = clean_description("Requirements\n- Py\u200bthon\n- Post\u00adgres\u2060\n")
    names = [skill.name for item in read_description(text).requirements for skill in item.skills]
    assert names == ["Python", "PostgreSQL"]


def test_skills_of_a_profile_are_found() -> None:
    vocabulary = standard_vocabulary().extended_with(["Frobnicator Pro"])
    job = read_description("Requirements\n- frobnicator pro\n", vocabulary)
    assert [skill.name for item in job.requirements for skill in item.skills] == ["Frobnicator Pro"]


def test_a_bullet_without_a_skill_is_a_requirement_of_its_part() -> None:
    job = read_description("Nice to have\n- Stories of your own failures\n")
    assert [(item.text, item.level) for item in job.requirements] == [
        ("Stories of your own failures", Level.NICE_TO_HAVE)
    ]


def test_reading_takes_time_linear_in_the_text() -> None:
    text = "".join(PIECES) * 100
    read_description(text[:1000])
    short, long = (min(_seconds(text[:length]) for _ in range(5)) for length in (10_000, 40_000))
    assert long < 10 * short


def _seconds(text: str) -> float:
    start = time.process_time()
    read_description(text)
    return time.process_time() - start
