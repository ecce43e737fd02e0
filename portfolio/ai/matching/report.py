"""What a match report consists of. Offsets are half-open, in code points of the stored text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portfolio.ai.answers.answer import Citation
from portfolio.ai.jobs.description import Employment, Level, Seniority, Workplace

SCORING = 6
"""Raised when the same two texts would be scored or listed otherwise."""


class Reason(StrEnum):
    """Why a requirement is not met in full, or how it is met."""

    ONE_OF_SEVERAL = "one_of_several"
    """An either/or of which one is there: met."""
    OTHER_OF_KIND = "other_of_kind"
    """None of the named examples, but another one that may stand for them."""
    SOME_SKILLS = "some_skills"
    FEWER_YEARS = "fewer_years"
    YEARS_UNKNOWN = "years_unknown"
    BROADER = "broader"
    """What the skill asked for builds on, or what it is a part of."""
    NARROWER = "narrower"
    """A part of what is asked for."""


class Kinship(StrEnum):
    """By what something related was found."""

    VOCABULARY = "vocabulary"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A skill where the description names it."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement: all of its skills, or any one of them; traits of character are not scored."""

    text: str
    start: int
    end: int
    level: Level
    skills: tuple[NamedSpan, ...]
    traits: tuple[NamedSpan, ...]
    any_of: bool
    years: float | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place of the portfolio that shows a skill; `skill` is None where only meaning is near."""

    skill: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class SkillUse:
    """How long a skill was used by dated jobs and projects; None where none is dated."""

    skill: str
    years: float | None
    last_used: str | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Match:
    """What the portfolio has of a requirement.

    Attributes:
        credit: how much of it is met, 0 to 1.
    """

    requirement: Asked
    credit: float
    reasons: tuple[Reason, ...] = ()
    uses: tuple[SkillUse, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Something near a requirement that is not met; it counts for nothing."""

    requirement: Asked
    by: Kinship
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class YearsCompared:
    """Years asked for, in general or of skills.

    Attributes:
        found: None where nothing that shows them is dated.
        credit: None where it cannot be told.
    """

    asked: float
    found: float | None
    credit: float | None
    skills: tuple[str, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class EducationCompared:
    """Degrees in words of their level."""

    asked: str | None
    preferred: str | None
    or_equivalent: bool
    fields: tuple[str, ...]
    found: str | None
    field_found: bool | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LanguageCompared:
    """A spoken language that is asked for."""

    name: str
    level: Level
    asked: str | None
    found: str | None
    credit: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared besides skills."""

    experience: tuple[YearsCompared, ...]
    education: EducationCompared
    languages: tuple[LanguageCompared, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Numbers from 0 to 100, or None with the reason in `unscored`; formulas and inputs by name."""

    overall: float | None
    skills: float | None
    experience: float | None
    education: float | None
    languages: float | None
    formula: dict[str, str]
    inputs: dict[str, dict[str, Any]]
    unscored: dict[str, str]


@dataclass(frozen=True, slots=True)
class Strength:
    """What the portfolio has beyond what is asked; `asked` are years, if it is more of them."""

    skill: str
    asked: float | None
    use: SkillUse
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to do about a gap; what stands in quotation marks is in one of the two texts."""

    kind: str
    text: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Job:
    """What was read of the job itself."""

    title: str | None
    company: str | None
    seniority: Seniority | None
    location: str | None
    workplace: Workplace | None
    employment: Employment | None
    years: float | None
    education: str | None
    languages: tuple[str, ...]
    excluded: tuple[NamedSpan, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """What the report depends on besides the description.

    Attributes:
        profile: the slug of the profile.
        knowledge: of the portfolio's text.
        month: years of use are counted up to it, as `2026-11`.
        indexing: part of the portfolio was not embedded yet, so `related` may grow.
    """

    profile: str
    knowledge: str
    scoring: int
    vocabulary: str
    month: str
    indexing: bool


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. Each requirement is in one of matched, partial, missing and unjudged.

    Attributes:
        left_out: how many requirements, of too many, are not in it, or not with all their skills.
    """

    text: str
    job: Job
    requirements: tuple[Asked, ...]
    matched: tuple[Match, ...]
    partial: tuple[Match, ...]
    related: tuple[Related, ...]
    missing: tuple[Match, ...]
    unjudged: tuple[Asked, ...]
    left_out: int
    comparison: Comparison
    scores: Scores
    strengths: tuple[Strength, ...]
    recommendations: tuple[Recommendation, ...]
    versions: Versions
