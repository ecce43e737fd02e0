"""What a match report consists of. Offsets are half-open, in code points of the stored text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portfolio.ai.jobs.description import Employment, Level, Seniority, Workplace
from portfolio.ai.matching.comparison import Comparison, Evidence
from portfolio.ai.skills.duration import Use

SCORING = 8
"""Raised when the same two texts would be scored or listed otherwise."""


class Reason(StrEnum):
    """Why a requirement is not met in full, or how it is met."""

    ONE_OF_SEVERAL = "one_of_several"
    """An either/or of which as many are there as are needed: met."""
    TOO_FEW = "too_few"
    """An either/or of which fewer are there than are needed."""
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
    """A requirement: all of its skills, or some of them; traits of character are not scored.

    Attributes:
        at_least: how many of an either/or are needed; None where all are.
        alternatives: the names in each alternative of an either/or, where one has several.
    """

    text: str
    start: int
    end: int
    level: Level
    skills: tuple[NamedSpan, ...]
    traits: tuple[NamedSpan, ...]
    any_of: bool
    years: float | None
    at_least: int | None = None
    alternatives: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SkillUse:
    """How long a skill was used by dated jobs and projects; None where none is dated."""

    skill: str
    years: float | None
    last_used: str | None
    is_current: bool

    @classmethod
    def of(cls, name: str, uses: Mapping[str, Use]) -> "SkillUse":
        """That of a skill among all."""
        use = uses.get(name)
        if use is None:
            return cls(name, None, None, is_current=False)
        return cls(name, use.years, use.last_used, use.is_current)


@dataclass(frozen=True, slots=True)
class Match:
    """What the portfolio has of a requirement.

    Attributes:
        credit: how much of it is met, 0 to 1.
        scored: whether the score of skills counts it; traits of character and years in general
            are listed and not counted there.
    """

    requirement: Asked
    credit: float
    reasons: tuple[Reason, ...] = ()
    uses: tuple[SkillUse, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    scored: bool = True


@dataclass(frozen=True, slots=True)
class Related:
    """Something near a requirement that is not met; it counts for nothing."""

    requirement: Asked
    by: Kinship
    evidence: tuple[Evidence, ...]


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
