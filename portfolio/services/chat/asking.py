"""Asking the portfolio: the answer of quotes and facts, from the cache where it is there.

What a language model makes of it stands in `phrasing`.
"""

import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from portfolio.ai.answers.answer import Context, Turn
from portfolio.cache_policy import RAG_ANSWER
from portfolio.caching.fill import current_fill
from portfolio.caching.flask_adapter import cache_extension
from portfolio.errors import Invalid, NotFound
from portfolio.extensions import db
from portfolio.schemas.lists import PageQuery
from portfolio.services.chat.questions import normal_question
from portfolio.services.chat.replies import Reply, find_places
from portfolio.services.content.profiles import find_profile, list_profiles
from portfolio.services.content.projects import get_project
from portfolio.services.knowledge.answering import answer_question


@dataclass(frozen=True)
class Question:
    """A question and all that its answer may depend on.

    Attributes:
        profile: the slug of the profile that is asked about; by default the default one.
        project: slug or id of the project on whose page it is asked.
        earlier: the conversation so far, oldest first.
        thread: stands for `earlier`, and belongs to one conversation; None when it is empty.
        private: drafts too, as the owner sees them. Such answers are not kept.
        seconds: longest wait for a language model.
    """

    text: str
    profile: str | None = None
    project: str | None = None
    context: Context = Context.GENERAL
    earlier: tuple[Turn, ...] = ()
    thread: str | None = None
    private: bool = False
    seconds: float = 0.0

    @property
    def is_shared(self) -> bool:
        """Whether the answer may be kept: for everybody, or for its conversation."""
        return not self.private and (self.thread is not None or not self.earlier)


def ask(question: Question) -> Reply:
    """The answer, made of the portfolio's own sentences.

    Raises:
        Invalid: the profile or the project is unknown.
    """
    begun = time.perf_counter()
    today = datetime.now(UTC).date()
    # This session keeps no connection while the answer is computed by another.
    db.session.commit()
    if not question.is_shared:
        reply = _answer(question, today)
    else:
        arguments = {
            "question": normal_question(question.text),
            "profile": question.profile,
            "project": question.project,
            "context": question.context.value,
            "thread": question.thread,
            "day": today.isoformat(),
        }
        outcome = cache_extension().engine.fetch(
            RAG_ANSWER, arguments, lambda: _answer(question, today).to_plain()
        )
        reply = Reply.from_plain(outcome.value, outcome.status, outcome.tier)
    total = _milliseconds(time.perf_counter() - begun)
    return replace(reply, timings={**reply.timings, "total": total})


def _answer(question: Question, today: date) -> Reply:
    profile, project = _subject(question)
    found = answer_question(
        question.text,
        profile=profile,
        project=project,
        context=question.context,
        earlier=question.earlier,
        private=question.private,
        today=today,
    )
    fill = current_fill()
    if found.indexing and fill is not None:
        fill.spoil()
    places = find_places(found.answer, profile, private=question.private)
    timings = {step: _milliseconds(seconds) for step, seconds in found.timings.items()}
    return Reply(found.answer, places, found.version, found.indexing, timings)


def _subject(question: Question) -> tuple[str | None, str | None]:
    """The slugs of the profile and the project that are asked about.

    Without a name it is the default profile, or None when nothing is published.

    Raises:
        Invalid: one is unknown, or the project is another profile's.
    """
    slug = find_profile_slug(question.profile, private=question.private)
    if question.project is None:
        return slug, None
    try:
        project = get_project(question.project, private=question.private)
    except NotFound:
        raise _unknown("project") from None
    if question.profile not in (None, project.profile.slug):
        raise _unknown("project")
    return project.profile.slug, project.slug


def find_profile_slug(slug: str | None, *, private: bool) -> str | None:
    """The slug of the profile that is meant: by default the default one's, if there is any.

    Raises:
        Invalid: there is no such profile, or the caller may not see it.
    """
    if slug is None:
        profiles, _total = list_profiles(PageQuery(page_size=1), private=private)
        return profiles[0].slug if profiles else None
    try:
        return find_profile(slug, private=private).slug
    except NotFound:
        raise _unknown("profile") from None


def _unknown(name: str) -> Invalid:
    return Invalid([{"pointer": f"#/{name}", "detail": "is unknown"}])


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3)
