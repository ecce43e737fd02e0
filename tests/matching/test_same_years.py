"""A report and the chat tell the same years of a skill: both read dates and sentences alike."""

import re
from collections.abc import Iterable
from datetime import date

import pytest
from apiflask import APIFlask

from portfolio.ai.answers.answer import Answer
from portfolio.ai.answers.engine import Asked, answer_from
from portfolio.ai.answers.skills.skill_use import NOT_DATED
from portfolio.ai.evaluation.files import find_resumes, open_questions
from portfolio.ai.evaluation.scoring import is_verbatim
from portfolio.ai.matching.report import Report
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from portfolio.services.knowledge.shelf import current_knowledge
from portfolio.services.matching.report import match_job

TODAY = date(2026, 11, 22)
RESUMES = find_resumes([])
LENGTH = re.compile(r"^at most (?:(\d+) years?)?\s?(?:(\d+) months?)?,")


def years_in(report: Report) -> dict[str, float | None]:
    matches = [*report.matched, *report.partial]
    return {use.skill: use.years for match in matches for use in match.uses}


def years_told(answer: Answer, skill: str) -> float | None:
    """To a tenth, as reports tell them; None if there are no dates for it."""
    said = LENGTH.match(answer.text.partition(f"{skill}: ")[2])
    if said is None:
        assert NOT_DATED in answer.text
        return None
    return round((12 * int(said[1] or 0) + int(said[2] or 0)) / 12, 1)


def job_of(skills: Iterable[str]) -> str:
    return "Requirements\n" + "".join(f"- 1 year of experience with {name}\n" for name in skills)


@pytest.mark.parametrize("name", sorted(path.stem for path in open_questions()))
def test_a_report_and_the_chat_tell_the_same_years_of_every_skill(app: APIFlask, name: str) -> None:
    with app.app_context():
        slug = import_resume(read_resume(RESUMES[name].read_bytes())).profile
        knowledge = current_knowledge(slug, private=False)
        book = knowledge.book
        known = sorted({*book.skills, *book.known_skills})
        reported = years_in(match_job(job_of(known), profile=slug, today=TODAY))
    answers = {
        skill: answer_from(Asked(f"How many years of {skill}?", TODAY), book, lambda *_: [])
        for skill in reported
    }
    documents = {key: source.document for key, source in knowledge.sources.items()}
    for answer in answers.values():
        assert all(is_verbatim(citation, documents) for citation in answer.citations)
    # A word that is none of skills alone, such as Git, is understood in other sentences.
    told = {
        skill: years_told(answer, skill)
        for skill, answer in answers.items()
        if f"{skill}: " in answer.text
    }
    assert told == {skill: reported[skill] for skill in told}
    assert len(told) > 0.75 * len(known)
