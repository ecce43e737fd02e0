"""The door to match reports: a description in, the report on one profile out."""

import threading
from collections import OrderedDict
from datetime import UTC, date, datetime
from functools import partial

from flask import current_app
from sqlalchemy import select

from portfolio.ai.jobs.cleaning import clean_description
from portfolio.ai.matching.matching import build_report
from portfolio.ai.matching.report import SCORING, Report, Versions
from portfolio.ai.shown.places import Document
from portfolio.ai.shown.portfolio_skills import PortfolioSkills
from portfolio.ai.skills.vocabulary import standard_vocabulary
from portfolio.ai.skills.vocabulary_data import vocabulary_version
from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import Profile
from portfolio.services.content.profiles import find_profile
from portfolio.services.knowledge.shelf import Knowledge, current_knowledge
from portfolio.services.matching.neighbours import find_neighbours
from portfolio.vocabulary import Visibility

KEPT = 8
"""Portfolios whose skills are kept in memory, as they were read last."""
_EXTENSION = "portfolio_matching"


class ReadPortfolios:
    """What was read of portfolios, by the version of their text, in one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, PortfolioSkills] = OrderedDict()

    def read(self, knowledge: Knowledge) -> PortfolioSkills:
        """The skills of this text, read anew if it is not kept."""
        version = knowledge.state["version"]
        with self._lock:
            kept = self._kept.get(version)
            if kept is not None:
                self._kept.move_to_end(version)
                return kept
        documents = [Document(s.type, s.id, s.document) for s in knowledge.sources.values()]
        read = PortfolioSkills.read(documents, standard_vocabulary())
        with self._lock:
            self._kept[version] = read
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return read


def match_job(
    text: str, *, profile: str | None, private: bool = False, today: date | None = None
) -> Report:
    """The report on one profile; nothing is stored.

    Args:
        profile: its slug; None for the default one.
        private: drafts too, as the owner sees them.
        today: years of use are counted up to its month.

    Raises:
        NotFound: there is no such profile, or it is a draft and `private` is not set.
    """
    slug = _slug_of(profile, private=private)
    knowledge = current_knowledge(slug, private=private)
    today = today or datetime.now(UTC).date()
    versions = Versions(
        profile=slug,
        knowledge=knowledge.state["version"],
        scoring=SCORING,
        vocabulary=vocabulary_version(),
        month=f"{today:%Y-%m}",
        indexing=knowledge.indexing,
    )
    kept: ReadPortfolios = current_app.extensions.setdefault(_EXTENSION, ReadPortfolios())
    portfolio = kept.read(knowledge)

    neighbours = partial(find_neighbours, knowledge)
    return build_report(clean_description(text), portfolio, versions, today, neighbours)


def _slug_of(profile: str | None, *, private: bool) -> str:
    if profile is not None:
        return find_profile(profile, private=private).slug
    statement = select(Profile.slug).order_by(Profile.is_default.desc(), Profile.slug).limit(1)
    if not private:
        statement = statement.where(Profile.visibility == Visibility.PUBLIC)
    slug = db.session.scalar(statement)
    if slug is None:
        raise NotFound("There is no profile yet.")
    return slug
