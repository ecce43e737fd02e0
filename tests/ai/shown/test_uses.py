"""What sentences say of a skill's dates narrows the dates of jobs and projects, and only those."""

from datetime import date

import pytest

from portfolio.ai.shown.places import Document
from portfolio.ai.shown.portfolio_skills import PortfolioSkills
from portfolio.ai.skills.vocabulary import standard_vocabulary

TODAY = date(2026, 11, 22)


def job(*highlights: str, start: str = "2015-03", end: str | None = "2019-06") -> Document:
    fields = {"name": "Moss Freight", "position": "Developer", "highlights": list(highlights)}
    return Document("work", "moss", {**fields, "start_date": start, "end_date": end})


def project(*technologies: str, entity: str | None = "Moss Freight") -> Document:
    dates = {"start_date": "2016-01-01", "end_date": "2017-12-31"}
    fields = {"title": "Peat", "technologies": list(technologies), "entity": entity}
    return Document("project", "peat", {**fields, **dates})


def dates_of(name: str, *documents: Document) -> set[tuple[str, str]]:
    portfolio = PortfolioSkills.read(documents, standard_vocabulary())
    return {(use.start, use.end) for use in portfolio.uses_of(name)}


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("Ran Kubernetes.", "2015-03", "2019-06"),
        ("Introduced Docker in 2016 and Kubernetes in May 2017.", "2017-05", "2019-06"),
        ("Have used Kubernetes since 2017.", "2017", "2019-06"),
        ("Ran Kubernetes until March 2017.", "2015-03", "2017-03"),
        # A bare year lasts to its end, and no longer than the job.
        ("Ran Kubernetes until 2019.", "2015-03", "2019-06"),
        ("Ran Kubernetes until 2018.", "2015-03", "2018"),
        # What leaves nothing of the job is told of something else.
        ("Kubernetes, introduced elsewhere, since 2021.", "2015-03", "2019-06"),
        ("Adopted Kubernetes in 2021.", "2015-03", "2019-06"),
        ("Kubernetes in 2017.", "2015-03", "2019-06"),
    ],
)
def test_a_sentence_narrows_the_dates_of_its_job(sentence: str, start: str, end: str) -> None:
    assert dates_of("Kubernetes", job(sentence)) == {(start, end)}


def test_what_is_told_of_a_job_holds_for_its_projects_and_no_others() -> None:
    told = job("Introduced Kubernetes in 2017.")
    own, another = project("Kubernetes"), project("Kubernetes", entity="Red Hut")
    assert dates_of("Kubernetes", told, own) == {("2017", "2019-06"), ("2017", "2017-12-31")}
    assert ("2016-01-01", "2017-12-31") in dates_of("Kubernetes", told, another)


def test_what_follows_from_a_skill_was_used_as_long_unless_its_own_dates_are_told() -> None:
    since = {("2017", "2019-06")}
    assert dates_of("Python", job("Built forms with Django.")) == {("2015-03", "2019-06")}
    assert dates_of("Python", job("Introduced Django in 2017.")) == since
    own = job("Built forms with Django.", "Introduced Python in 2017.")
    assert dates_of("Python", own) == since
    assert dates_of("Django", own) == {("2015-03", "2019-06")}


def test_years_and_the_last_use_are_those_that_are_told() -> None:
    read = PortfolioSkills.read([job("Ran Kubernetes until March 2017.")], standard_vocabulary())
    use = read.uses(TODAY)["Kubernetes"]
    assert (use.years, use.last_used) == (2.1, "2017-03")


def test_a_word_that_no_vocabulary_knows_has_the_dates_of_where_it_stands() -> None:
    assert dates_of("Zorblax", job("Built Zorblax.")) == {("2015-03", "2019-06")}
    assert dates_of("Zorblax", job("Never built Zorblax.")) == set()
