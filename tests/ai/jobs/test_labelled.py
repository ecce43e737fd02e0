"""Every trap of the labelled descriptions. A third of them was never looked at in tuning."""

from typing import Any

import pytest

from portfolio.ai.jobs.description import JobDescription, Level
from portfolio.ai.jobs.reading import read_description
from portfolio.ai.skills.concepts import Category
from tests.ai.jobs.labelled import labelled_descriptions

DESCRIPTIONS = labelled_descriptions()
BY_TRAP = pytest.mark.parametrize("labels", DESCRIPTIONS, ids=lambda labels: labels["trap"])
# These may be found beside what a description is about; nobody labelled them.
GENERAL = {Category.METHOD, Category.BUSINESS, Category.FIELD, Category.DESIGN, Category.TESTING}


def names_at(job: JobDescription, level: Level) -> set[str]:
    return {s.name for item in job.requirements if item.level is level for s in item.skills}


def general_names(job: JobDescription) -> set[str]:
    found = [skill for item in job.requirements for skill in item.skills]
    return {skill.name for skill in found if skill.category in GENERAL}


@BY_TRAP
def test_skills_have_their_level(labels: dict[str, Any]) -> None:
    job = read_description(labels["text"])
    for key, level in [("required", Level.REQUIRED), ("nice", Level.NICE_TO_HAVE)]:
        if key in labels:
            expected = set(labels[key])
            found = names_at(job, level)
            assert expected <= found
            assert found - expected <= general_names(job)


@BY_TRAP
def test_what_is_not_wanted_or_not_there_is_no_requirement(labels: dict[str, Any]) -> None:
    job = read_description(labels["text"])
    found = names_at(job, Level.REQUIRED) | names_at(job, Level.NICE_TO_HAVE)
    assert not found & set(labels.get("absent", []))
    if "excluded" in labels:
        assert {skill.name for skill in job.excluded} == set(labels["excluded"])


@BY_TRAP
def test_an_either_or_is_one_requirement(labels: dict[str, Any]) -> None:
    job = read_description(labels["text"])
    choices = [{s.name for s in item.skills} for item in job.requirements if item.any_of]
    expected = [set(names) for names in labels.get("any_of", [])]
    for names in expected:
        assert any(names <= choice for choice in choices), choices
    if "any_of" in labels or "required" in labels:
        assert len(choices) == len(expected)


@BY_TRAP
def test_items_are_single(labels: dict[str, Any]) -> None:
    if "items" in labels:
        job = read_description(labels["text"])
        assert [item.text for item in job.requirements] == labels["items"]


@BY_TRAP
def test_facts_are_read(labels: dict[str, Any]) -> None:
    job = read_description(labels["text"])
    for key, value in {
        "title": job.title,
        "company": job.company,
        "location": job.location,
        "seniority": job.seniority,
        "remote": job.workplace,
        "employment": job.employment,
        "years": job.years and job.years.minimum,
        "education": job.education.degree if job.education else "",
        "equivalent": job.education is not None and job.education.equivalent,
        "fields": list(job.education.fields) if job.education else [],
        "languages": {language.name: language.level for language in job.languages},
    }.items():
        if key in labels:
            assert value == labels[key], key


@BY_TRAP
def test_years_belong_to_their_skills(labels: dict[str, Any]) -> None:
    job = read_description(labels["text"])
    found = {name: years.minimum for years in job.skill_years for name in years.skills}
    for name, years in labels.get("skill_years", {}).items():
        assert found.get(name) == years


def test_there_are_enough_and_a_third_is_held_out() -> None:
    held_out = [labels for labels in DESCRIPTIONS if labels.get("held_out")]
    assert len(DESCRIPTIONS) >= 45
    assert 3 * len(held_out) >= len(DESCRIPTIONS)
