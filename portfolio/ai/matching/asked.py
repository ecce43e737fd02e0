"""What a description asks for, as a report lists it."""

from dataclasses import dataclass

from portfolio.ai.jobs.description import JobDescription, Requirement
from portfolio.ai.jobs.reading import read_description
from portfolio.ai.matching.bounds import MOST_EXCLUDED
from portfolio.ai.matching.report import Asked, Job, NamedSpan
from portfolio.ai.shown.portfolio_skills import PortfolioSkills
from portfolio.ai.skills.concepts import Category, Skill
from portfolio.ai.skills.finder import find_skills
from portfolio.ai.skills.tokens import cut_tokens


@dataclass(frozen=True, slots=True)
class Description:
    """A description that was read.

    Attributes:
        job: by the vocabulary alone; what an owner lists changes nothing of it.
        learned: the skills asked for that only the owner's lists know.
    """

    text: str
    job: JobDescription
    learned: tuple[Requirement, ...]


def read_asked(text: str, portfolio: PortfolioSkills) -> Description:
    """The description, and what it asks for of a profile's own words.

    Each word of the owner's is a requirement of its own, so that listing it takes nothing away
    from the others.
    """
    tokens = cut_tokens(text)
    job = read_description(text, portfolio.vocabulary, tokens)
    if not find_skills(text, portfolio.learned, tokens):
        return Description(text, job, ())
    taken = [(skill.start, skill.end) for item in job.requirements for skill in item.skills]
    taken += [(skill.start, skill.end) for skill in job.excluded]
    own: dict[str, Requirement] = {}
    for item in read_description(text, portfolio.extended, tokens).requirements:
        for skill in item.skills:
            is_free = all(skill.end <= start or end <= skill.start for start, end in taken)
            if skill.category is Category.LEARNED and is_free:
                own.setdefault(skill.name, _to_own(skill, item))
    return Description(text, job, tuple(own.values()))


def to_asked(item: Requirement) -> Asked:
    """As the report shows it."""
    return Asked(
        item.text,
        item.start,
        item.end,
        item.level,
        tuple(_to_named(skill) for skill in item.skills),
        tuple(_to_named(skill) for skill in item.soft_skills),
        item.any_of,
        item.years.minimum if item.years else None,
        item.at_least if item.any_of else None,
        item.alternatives,
    )


def to_job(job: JobDescription) -> Job:
    """What was read besides requirements."""
    return Job(
        title=job.title,
        company=job.company,
        seniority=job.seniority,
        location=job.location,
        workplace=job.workplace,
        employment=job.employment,
        years=job.years.minimum if job.years else None,
        education=job.education.degree if job.education else None,
        languages=tuple(language.name for language in job.languages),
        excluded=tuple(_to_named(skill) for skill in job.excluded[:MOST_EXCLUDED]),
    )


def _to_own(skill: Skill, item: Requirement) -> Requirement:
    years = item.years_of(skill.name)
    return Requirement(skill.surface, skill.start, skill.end, item.level, (skill,), years=years)


def _to_named(skill: Skill) -> NamedSpan:
    return NamedSpan(skill.name, skill.start, skill.end)
