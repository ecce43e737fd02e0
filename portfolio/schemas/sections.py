"""The sections of a résumé as they are read: JSON Resume 1.0 in snake_case.

Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an `end_date` of null means that it goes on.
"""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from portfolio.vocabulary import PARTIAL_DATE_PATTERN

# The pattern is told to readers, not checked again: what the database holds is served.
PartialDateText = Annotated[str, Field(json_schema_extra={"pattern": PARTIAL_DATE_PATTERN})]


class Section(BaseModel):
    """A row of a section."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID


class SocialProfile(Section):
    """An account elsewhere."""

    network: str
    username: str
    url: str | None


class Work(Section):
    """A job; `position` is its title."""

    name: str
    location: str
    description: str
    position: str
    url: str | None
    start_date: PartialDateText | None
    end_date: PartialDateText | None
    summary: str
    highlights: list[str]


class Volunteer(Section):
    """Unpaid work."""

    organization: str
    position: str
    url: str | None
    start_date: PartialDateText | None
    end_date: PartialDateText | None
    summary: str
    highlights: list[str]


class Education(Section):
    """Studies."""

    institution: str
    url: str | None
    area: str
    study_type: str
    start_date: PartialDateText | None
    end_date: PartialDateText | None
    score: str
    courses: list[str]


class Award(Section):
    """A prize."""

    title: str
    date: PartialDateText | None
    awarder: str
    summary: str


class Certificate(Section):
    """A certificate."""

    name: str
    date: PartialDateText | None
    issuer: str
    url: str | None


class Publication(Section):
    """An article, a book or a talk."""

    name: str
    publisher: str
    release_date: PartialDateText | None
    url: str | None
    summary: str


class Skill(Section):
    """A skill with what belongs to it."""

    name: str
    level: str
    keywords: list[str]


class Language(Section):
    """A language that people speak."""

    language: str
    fluency: str


class Interest(Section):
    """Something liked."""

    name: str
    keywords: list[str]


class Reference(Section):
    """What somebody says of the person."""

    name: str
    reference: str
