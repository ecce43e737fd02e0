"""Slugs: made from titles, never reserved, unique also when two writers want the same one."""

import re
import unicodedata
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portfolio.errors import Conflict
from portfolio.extensions import db
from portfolio.models import Profile, Project
from portfolio.vocabulary import RESERVED_SLUGS, SLUG_LENGTH, UUID_PATTERN

_ATTEMPTS = 20
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", **dict(zip("øđðłıħŧŋ", "oddlihtn", strict=True))}
)
"""Letters that Unicode does not take apart."""


def slugify(title: str, *, kind: str) -> str:
    """A slug for a title; `kind` (`project`, `profile`) stands in where the title gives none."""
    decomposed = unicodedata.normalize("NFKD", title.lower().translate(_LATIN))
    ascii_text = decomposed.encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower()))
    slug = _cut(slug, SLUG_LENGTH - len("-9999"))
    if not slug:
        return f"my-{kind}"
    if slug in RESERVED_SLUGS or re.fullmatch(UUID_PATTERN, slug):
        return f"{kind}-{slug}"
    return slug


def add_with_slug(row: Profile | Project, slug: str | None, wanted: str) -> None:
    """Insert a row under its explicit slug, or else under `wanted`, `wanted-2`, `wanted-3`, …

    Raises:
        Conflict: the explicit slug is taken.
    """
    if slug is not None:
        if not _try_insert(row, slug):
            raise slug_taken(slug)
        return
    for candidate in _candidates(type(row), wanted):
        if _try_insert(row, candidate):
            return
    raise Conflict(f"No free slug like {wanted!r} was found; give one.")


def flush_slug_change(row: Profile | Project) -> None:
    """Write pending changes, one of which may be the slug.

    Raises:
        Conflict: the slug is taken.
    """
    slug = row.slug
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as error:
        if _violates_slug(error):
            raise slug_taken(slug) from None
        raise


def slug_taken(slug: str) -> Conflict:
    """The error for a slug that belongs to another row."""
    return Conflict(f"The slug {slug!r} is taken.")


def _cut(slug: str, length: int) -> str:
    return slug[:length].rstrip("-")


def _candidates(model: type[Profile] | type[Project], wanted: str) -> Iterator[str]:
    similar = select(model.slug).where(model.slug.startswith(wanted, autoescape=True))
    taken = set(db.session.scalars(similar))
    tried = 0
    number = 1
    while tried < _ATTEMPTS:
        candidate = wanted if number == 1 else f"{wanted}-{number}"
        number += 1
        if candidate not in taken:
            tried += 1
            yield candidate


def _try_insert(row: Profile | Project, slug: str) -> bool:
    # A savepoint, so that a slug taken in this moment by somebody else costs only this attempt.
    row.slug = slug
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as error:
        if _violates_slug(error):
            return False
        raise
    return True


def _violates_slug(error: IntegrityError) -> bool:
    diagnostics = getattr(error.orig, "diag", None)
    return getattr(diagnostics, "constraint_name", None) in ("uq_projects_slug", "uq_profiles_slug")
