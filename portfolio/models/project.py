"""The table of projects."""

import uuid
from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    and_,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.models.base import (
    Extensible,
    Identified,
    Model,
    Timestamped,
    days_in_range,
    list_sizes,
    not_blank,
    one_of,
    slug_shape,
    web_link,
)
from portfolio.models.image import ProjectImage
from portfolio.models.profile import Profile
from portfolio.vocabulary import (
    COMPLEXITY_RANGE,
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    SHORT_LENGTH,
    SLUG_LENGTH,
    SORT_RANGE,
    SUMMARY_LENGTH,
    TEAM_RANGE,
    URL_LENGTH,
    Difficulty,
    Status,
    Visibility,
)

EMPTY_ARRAY = text("'{}'")


class Project(Identified, Extensible, Timestamped, Model):
    """One project of a profile."""

    __tablename__ = "projects"

    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), unique=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), server_default="")
    description: Mapped[str] = mapped_column(String(DESCRIPTION_LENGTH), server_default="")
    technologies: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    source_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    demo_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    documentation_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    featured: Mapped[bool] = mapped_column(server_default=false())
    open_source: Mapped[bool] = mapped_column(server_default=false())
    difficulty: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), server_default=Status.IN_PROGRESS)
    complexity: Mapped[int | None] = mapped_column(SmallInteger)
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    team_size: Mapped[int | None] = mapped_column(SmallInteger)
    role: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    entity: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    type: Mapped[str] = mapped_column(String(SHORT_LENGTH), server_default="")
    achievements: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)
    challenges: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)
    learnings: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=EMPTY_ARRAY)
    sort_order: Mapped[int] = mapped_column(server_default=text("0"))
    visibility: Mapped[str] = mapped_column(String(10), server_default=Visibility.DRAFT)

    profile: Mapped[Profile] = relationship(lazy="raise")
    images: Mapped[list[ProjectImage]] = relationship(
        order_by=ProjectImage.sort_order, lazy="raise", viewonly=True
    )
    image: Mapped[ProjectImage | None] = relationship(
        primaryjoin=lambda: and_(ProjectImage.project_id == Project.id, ProjectImage.is_primary),
        lazy="raise",
        viewonly=True,
    )

    __table_args__ = (
        *slug_shape(),
        *not_blank("title"),
        *web_link("url", "source_url", "demo_url", "documentation_url"),
        one_of("visibility", Visibility),
        one_of("difficulty", Difficulty),
        one_of("status", Status),
        CheckConstraint(
            "complexity BETWEEN {} AND {}".format(*COMPLEXITY_RANGE), name="complexity_range"
        ),
        CheckConstraint("team_size BETWEEN {} AND {}".format(*TEAM_RANGE), name="team_size_range"),
        CheckConstraint(
            "sort_order BETWEEN {} AND {}".format(*SORT_RANGE), name="sort_order_range"
        ),
        CheckConstraint("end_date >= start_date", name="dates_in_order"),
        *days_in_range("start_date", "end_date", "created_at", "updated_at"),
        CheckConstraint("slug NOT IN ('featured', 'reorder', 'stats')", name="slug_not_route"),
        *list_sizes("technologies", "achievements", "challenges", "learnings"),
        Index("ix_projects_profile_id", "profile_id", "sort_order", "id"),
        Index(
            "ix_projects_listed",
            "sort_order",
            "id",
            postgresql_where=text("visibility = 'public'"),
        ),
        Index("ix_projects_technologies", text("lower_all(technologies)"), postgresql_using="gin"),
    )


LOWER_ALL = """
CREATE FUNCTION lower_all(words text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(lower(word) ORDER BY place), '{}')
    FROM unnest(words) WITH ORDINALITY AS listed (word, place)
)
"""
"""The SQL function behind the index on technologies: lower-cased words in their order."""

lower_all = func.lower_all
