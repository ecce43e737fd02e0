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
    """Years asked for, and where; `skills` is empty when they are meant in general."""

    minimum: float
    maximum: float | None
    start: int
    end: int
    level: Level
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Education:
    """The lowest degree that will do, and where it is asked for."""

    degree: Degree
    fields: tuple[str, ...]
    equivalent: bool
    level: Level
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language to be spoken; `proficiency` is the text's own word, such as C1 or fluent."""

    name: str
    proficiency: str | None
    level: Level
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing asked for: all of `skills`, or any one of them."""

    text: str
    start: int
    end: int
    level: Level
    skills: tuple[Skill, ...] = ()
    soft_skills: tuple[Skill, ...] = ()
    any_of: bool = False
    years: Years | None = None


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
