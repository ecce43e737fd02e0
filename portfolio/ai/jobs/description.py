"""What is read from a job description. Offsets count code points of the text as given."""

from dataclasses import dataclass
from enum import StrEnum

from portfolio.ai.skills.concepts import Skill


class Level(StrEnum):
    """How much a requirement matters."""

    REQUIRED = "required"
    NICE_TO_HAVE = "nice_to_have"


class Seniority(StrEnum):
    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    PRINCIPAL = "principal"
    DIRECTOR = "director"


class Workplace(StrEnum):
    REMOTE = "remote"
    HYBRID = "hybrid"
    ON_SITE = "on_site"


class Employment(StrEnum):
    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACT = "contract"
    FREELANCE = "freelance"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"


class Degree(StrEnum):
    """From the lowest to the highest."""

    SECONDARY = "secondary"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


@dataclass(frozen=True, slots=True)
class Years:
    """Years asked for, and where: of skills, of work as such, or of what nobody here knows."""

    minimum: float
    maximum: float | None
    start: int
    end: int
    level: Level
    skills: tuple[str, ...] = ()
    is_general: bool = False


@dataclass(frozen=True, slots=True)
class Education:
    """The lowest degree that will do, and where it is asked for.

    Attributes:
        equivalent: whether something else will do, such as years of work.
        is_alternative: whether it stands for years of work that are asked for first.
    """

    degree: Degree
    fields: tuple[str, ...]
    equivalent: bool
    level: Level
    start: int
    end: int
    is_alternative: bool = False


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language to be spoken; `proficiency` is the text's own word, such as C1 or fluent.

    Attributes:
        others: the languages of which one will do instead.
    """

    name: str
    proficiency: str | None
    level: Level
    start: int
    end: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing asked for: all of `skills`, or some of them.

    Attributes:
        at_least: how many of an either/or are needed.
        alternatives: the names in each alternative of an either/or, where one has several.
        years: the first that are asked of its skills, or of itself where it names none.
        other_years: the years of the others, where each has its own.
    """

    text: str
    start: int
    end: int
    level: Level
    skills: tuple[Skill, ...] = ()
    soft_skills: tuple[Skill, ...] = ()
    any_of: bool = False
    years: Years | None = None
    at_least: int = 1
    alternatives: tuple[tuple[str, ...], ...] = ()
    other_years: tuple[Years, ...] = ()

    def years_of(self, name: str) -> Years | None:
        """The years that are asked of one of its skills."""
        own = (self.years, *self.other_years)
        return next((years for years in own if years and name in years.skills), None)


@dataclass(frozen=True, slots=True)
class JobDescription:
    """All that is read; what the text does not say is None or empty."""

    title: str | None
    company: str | None
    seniority: Seniority | None
    location: str | None
    workplace: Workplace | None
    employment: Employment | None
    years: Years | None
    skill_years: tuple[Years, ...]
    education: Education | None
    preferred_education: Education | None
    languages: tuple[SpokenLanguage, ...]
    requirements: tuple[Requirement, ...]
    excluded: tuple[Skill, ...]
