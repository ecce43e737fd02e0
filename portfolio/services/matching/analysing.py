"""A report as plain data, from the cache where it is there."""

import hashlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from portfolio.ai.matching.report import SCORING
from portfolio.ai.skills.vocabulary_data import vocabulary_version
from portfolio.cache_policy import JOB_REPORT
from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.fill import current_fill
from portfolio.caching.flask_adapter import cache_extension
from portfolio.caching.source import SourceUnavailable
from portfolio.extensions import db
from portfolio.services.knowledge.shelf import current_knowledge
from portfolio.services.matching.report import match_job
from portfolio.services.matching.summary import summarise

Plain = dict[str, Any]
_VERSIONS = ("profile", "scoring", "vocabulary", "month")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """A report without its description, and how the cache came by it.

    Attributes:
        summary: of a language model; never from the cache.
    """

    report: Plain
    status: str = "bypass"
    tier: str | None = None
    summary: str | None = None


def make_report(text: str, profile: str, *, private: bool) -> Made:
    """The report on a profile as it is now. With drafts it is the caller's alone.

    Args:
        text: the cleaned description.
        profile: the slug.
        private: drafts too.

    Raises:
        NotFound: the profile is gone, or a draft and `private` is not set.
    """
    # This session keeps no connection while the report is computed, nor while a model writes.
    db.session.commit()
    made = _find_report(text, profile, private=private)
    db.session.commit()
    return replace(made, summary=summarise(made.report))


def _find_report(text: str, profile: str, *, private: bool) -> Made:
    today = datetime.now(UTC).date()
    if private:
        return Made(_compute(text, profile, today, private=True))
    versions = {
        "profile": profile,
        "scoring": SCORING,
        "vocabulary": vocabulary_version(),
        "month": f"{today:%Y-%m}",
    }
    outcome = cache_extension().engine.fetch(
        JOB_REPORT, _key(text, versions), lambda: _compute(text, profile, today, private=False)
    )
    return Made(outcome.value, outcome.status, outcome.tier)


def forget_report(text: str, report: Plain | None) -> None:
    """Remove what the cache holds of a description whose analysis is deleted, if anything."""
    if report is None:
        return
    try:
        cache_extension().engine.forget(JOB_REPORT, _key(text, report["versions"]))
    except (StoreUnavailable, SourceUnavailable):
        logger.warning("a deleted match report stays cached for its hour: the cache is away")


def _key(text: str, versions: Plain) -> Plain:
    """What a report is cached by: the exact text, and all that it was made from but content."""
    digest = hashlib.blake2b(text.encode(), digest_size=24).hexdigest()
    return {"text": digest, **{name: versions[name] for name in _VERSIONS}}


def _compute(text: str, profile: str, today: date, *, private: bool) -> Plain:
    report = match_job(text, profile=profile, private=private, today=today)
    fill = current_fill()
    if report.versions.indexing and fill is not None:
        # What is related may be found better once everything is embedded.
        fill.spoil()
    plain: Plain = msgspec.to_builtins(report)
    del plain["text"]
    known = current_knowledge(profile, private=private).sources
    named = dict.fromkeys((c["source_type"], c["source_id"]) for c in find_citations(plain))
    plain["sources"] = [
        {"source_type": kind, "source_id": number, "title": source.title, "url": source.address}
        for kind, number in named
        if (source := known.get((kind, number)))
    ]
    return plain


def find_citations(value: Any) -> Iterator[Plain]:
    """Every citation in a part of a report."""
    if isinstance(value, Mapping):
        if value.get("citation"):
            yield value["citation"]
        value = list(value.values())
    if isinstance(value, list | tuple):
        for member in value:
            yield from find_citations(member)
