"""The tables of a résumé's sections, named and shaped by JSON Resume 1.0.

As there, no member of an item is required. `sort_order` is the place in its section; JSON Resume's
own `position` is a job's title.
"""

import uuid

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portfolio.models.base import (
    Extensible,
    Identified,
    Model,
    list_sizes,
    partial_date,
    partial_dates_in_order,
    web_link,
)
from portfolio.vocabulary import NAME_LENGTH, SHORT_LENGTH, TEXT_LENGTH, URL_LENGTH

EMPTY_ARRAY = text("'{}'")


class Section(Identified, Extensible):
    """A row of one section of one profile."""

    __tablename__: str

    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"))
    sort_order: Mapped[int] = mapped_column(server_default=text("0"))


def _table_args(table: str, *items: SchemaItem) -> tuple[SchemaItem, ...]:
    return (*items, Index(f"ix_{table}_profile_id", "profile_id", "sort_order", "id"))


class SocialProfile(Section, Model):
    """An account elsewhere (`basics.profiles`)."""

    __tablename__ = "resume_social_profiles"

    network: Mapped[str] = mapped_column(String(SHORT_LENGTH), server_default="")
    username: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))

    __table_args__ = _table_args(__tablename__, *web_link("url"))


class Work(Section, Model):
    """A job."""

    __tablename__ = "resume_work"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    location: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    description: Mapped[str] = mapped_column(String(TEXT_LENGTH), server_default="")
    position: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    start_date: Mapped[str | None] = mapped_column(String(10))
    end_date: Mapped[str | None] = mapped_column(String(10))
    summary: Mapped[str] = mapped_column(String(TEXT_LENGTH), server_default="")
    highlights: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)

    __table_args__ = _table_args(
        __tablename__,
        *web_link("url"),
        *partial_date("start_date", "end_date"),
        partial_dates_in_order(),
        *list_sizes("highlights"),
    )


class Volunteer(Section, Model):
    """Unpaid work."""

    __tablename__ = "resume_volunteer"

    organization: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    position: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    start_date: Mapped[str | None] = mapped_column(String(10))
    end_date: Mapped[str | None] = mapped_column(String(10))
    summary: Mapped[str] = mapped_column(String(TEXT_LENGTH), server_default="")
    highlights: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)

    __table_args__ = _table_args(
        __tablename__,
        *web_link("url"),
        *partial_date("start_date", "end_date"),
        partial_dates_in_order(),
        *list_sizes("highlights"),
    )


class Education(Section, Model):
    """Studies."""

    __tablename__ = "resume_education"

    institution: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    area: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    study_type: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    start_date: Mapped[str | None] = mapped_column(String(10))
    end_date: Mapped[str | None] = mapped_column(String(10))
    score: Mapped[str] = mapped_column(String(SHORT_LENGTH), server_default="")
    courses: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)

    __table_args__ = _table_args(
        __tablename__,
        *web_link("url"),
        *partial_date("start_date", "end_date"),
        partial_dates_in_order(),
        *list_sizes("courses"),
    )


class Award(Section, Model):
    """A prize."""

    __tablename__ = "resume_awards"

    title: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    date: Mapped[str | None] = mapped_column(String(10))
    awarder: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    summary: Mapped[str] = mapped_column(String(TEXT_LENGTH), server_default="")

    __table_args__ = _table_args(__tablename__, *partial_date("date"))


class Certificate(Section, Model):
    """A certificate."""

    __tablename__ = "resume_certificates"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    date: Mapped[str | None] = mapped_column(String(10))
    issuer: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))

    __table_args__ = _table_args(__tablename__, *web_link("url"), *partial_date("date"))


class Publication(Section, Model):
    """An article, a book or a talk."""

    __tablename__ = "resume_publications"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    publisher: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    release_date: Mapped[str | None] = mapped_column(String(10))
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    summary: Mapped[str] = mapped_column(String(TEXT_LENGTH), server_default="")

    __table_args__ = _table_args(__tablename__, *web_link("url"), *partial_date("release_date"))


class Skill(Section, Model):
    """A skill with what belongs to it."""

    __tablename__ = "resume_skills"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    level: Mapped[str] = mapped_column(String(SHORT_LENGTH), server_default="")
    keywords: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)

    __table_args__ = _table_args(__tablename__, *list_sizes("keywords"))


class Language(Section, Model):
    """A language that people speak."""

    __tablename__ = "resume_languages"

    language: Mapped[str] = mapped_column(String(SHORT_LENGTH), server_default="")
    fluency: Mapped[str] = mapped_column(String(SHORT_LENGTH), server_default="")

    __table_args__ = _table_args(__tablename__)


class Interest(Section, Model):
    """Something liked."""

    __tablename__ = "resume_interests"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    keywords: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)

    __table_args__ = _table_args(__tablename__, *list_sizes("keywords"))


class Reference(Section, Model):
    """What somebody says of the person."""

    __tablename__ = "resume_references"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    reference: Mapped[str] = mapped_column(String(TEXT_LENGTH), server_default="")

    __table_args__ = _table_args(__tablename__)


SECTIONS: dict[str, type[Section]] = {
    "social_profiles": SocialProfile,
    "work": Work,
    "volunteer": Volunteer,
    "education": Education,
    "awards": Award,
    "certificates": Certificate,
    "publications": Publication,
    "skills": Skill,
    "languages": Language,
    "interests": Interest,
    "references": Reference,
}
"""Every section by the name that the API gives it, in the order of JSON Resume."""
