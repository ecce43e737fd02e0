"""The documents that hold the portfolio's text, as the API gives them, and what they depend on."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select

from portfolio.ai.chunks import CUTTING
from portfolio.ai.normal import HASH_SIZE, NORMALISATION
from portfolio.ai.passages import LAYOUTS, title_of
from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Project
from portfolio.vocabulary import Visibility

SECTION_TYPES = {
    "social_profile": "social_profiles",
    "work": "work",
    "volunteer": "volunteer",
    "education": "education",
    "award": "awards",
    "certificate": "certificates",
    "publication": "publications",
    "skill": "skills",
    "language": "languages",
    "interest": "interests",
    "reference": "references",
}
"""By type of source, the section of which it is an item."""
SHOWN = {"email": Profile.show_email, "phone": Profile.show_phone}
"""Contact details, and what says of each whether everybody may see it."""


@dataclass(frozen=True)
class Source:
    """A document of the portfolio.

    Attributes:
        document: those members of it that hold text, as the API gives them.
        address: of the page or the API's document that shows it.
        slug: of a project or profile; of an item, its profile's.
        digest: of all that its chunks depend on.
    """

    type: str
    id: str
    profile_id: uuid.UUID
    profile_slug: str
    address: str
    slug: str
    document: dict[str, Any]
    digest: bytes = field(init=False)

    def __post_init__(self) -> None:
        content = msgspec.json.encode((CUTTING, NORMALISATION, self.type, self.document))
        digest = hashlib.blake2b(content, digest_size=HASH_SIZE).digest()
        object.__setattr__(self, "digest", digest)

    @property
    def title(self) -> str:
        """What it is about, in a line."""
        return title_of(self.type, self.document)

    @property
    def technologies(self) -> list[str]:
        """The technologies that it names in a list of them."""
        names = {"project": "technologies", "skill": "keywords"}.get(self.type)
        return list(self.document[names]) if names else []


def find_profiles(slug: str | None, *, private: bool) -> list[uuid.UUID]:
    """The profiles that are searched: the one of that slug, if it may be seen, or all listed ones.

    Args:
        private: drafts and unlisted ones too.
    """
    statement = select(Profile.id).order_by(Profile.is_default.desc(), Profile.slug)
    if slug is not None:
        statement = statement.where(Profile.slug == slug)
    if not private:
        # Who has its address may read an unlisted profile; no list has it.
        hidden = Profile.visibility == Visibility.DRAFT
        statement = statement.where(
            ~hidden if slug is not None else Profile.visibility == Visibility.PUBLIC
        )
    return list(db.session.scalars(statement))


def read_sources(profiles: Sequence[uuid.UUID], *, private: bool) -> list[Source]:
    """Every document of these profiles that has text, in the portfolio's own order.

    Args:
        private: projects that are drafts or unlisted too.
    """
    if not profiles:
        return []
    rows = db.session.execute(
        select(
            *_columns(Profile, "profile"), *SHOWN.values(), Profile.slug.label("profile_slug")
        ).where(Profile.id.in_(profiles))
    ).all()
    sources = [_source("profile", row.id, row) for row in rows]
    for kind, section in SECTION_TYPES.items():
        sources.extend(_section(kind, section, profiles))
    sources.extend(_projects(profiles, private))
    places = {profile: place for place, profile in enumerate(profiles)}
    return sorted(sources, key=lambda source: places[source.profile_id])


def _section(kind: str, section: str, profiles: Sequence[uuid.UUID]) -> Iterator[Source]:
    model = SECTIONS[section]
    statement = (
        select(*_columns(model, kind), model.profile_id, Profile.slug.label("profile_slug"))
        .join(Profile, Profile.id == model.profile_id)
        .where(model.profile_id.in_(profiles))
        .order_by(model.sort_order, model.id)
    )
    return (_source(kind, row.profile_id, row) for row in db.session.execute(statement))


def _projects(profiles: Sequence[uuid.UUID], private: bool) -> Iterator[Source]:
    statement = (
        select(
            *_columns(Project, "project"),
            Project.slug,
            Project.profile_id,
            Profile.slug.label("profile_slug"),
        )
        .join(Profile, Profile.id == Project.profile_id)
        .where(Project.profile_id.in_(profiles))
        .order_by(Project.sort_order, Project.id)
    )
    if not private:
        statement = statement.where(Project.visibility == Visibility.PUBLIC)
    return (_source("project", row.profile_id, row) for row in db.session.execute(statement))


def _columns(model: Any, kind: str) -> list[ColumnElement[Any]]:
    names = (name.rpartition("/")[2] for name in LAYOUTS[kind].members)
    return [model.id, *(getattr(model, name) for name in names)]


def _source(kind: str, profile_id: uuid.UUID, row: Any) -> Source:
    document: dict[str, Any] = {}
    for name in LAYOUTS[kind].members:
        group, _slash, column = name.rpartition("/")
        value = getattr(row, column)
        place = document.setdefault(group, {}) if group else document
        place[column] = value.isoformat() if isinstance(value, date) else value
    if kind == "profile":
        document |= {name: None for name, shown in SHOWN.items() if not getattr(row, shown.key)}
    if kind == "project":
        address = f"/api/v1/projects/{row.slug}/"
    else:
        address = f"/api/v1/profiles/{row.profile_slug}/"
        if kind in SECTION_TYPES:
            address += f"{SECTION_TYPES[kind].replace('_', '-')}/{row.id}/"
    slug = row.slug if kind == "project" else row.profile_slug
    return Source(kind, str(row.id), profile_id, row.profile_slug, address, slug, document)
