"""What a match report compares besides skills."""

from dataclasses import dataclass

from portfolio.ai.answers.answer import Citation
from portfolio.ai.jobs.description import Level


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place of the portfolio that shows a skill; `skill` is None where only meaning is near."""

    skill: str | None
    citation: Citation


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
    """A spoken language that is asked for.

    Attributes:
        any_of: the languages of an either/or; the one that is spoken best stands for all.
    """

    name: str
    level: Level
    asked: str | None
    found: str | None
    credit: float
    evidence: tuple[Evidence, ...]
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared besides skills."""

    experience: tuple[YearsCompared, ...]
    education: EducationCompared
    languages: tuple[LanguageCompared, ...]
