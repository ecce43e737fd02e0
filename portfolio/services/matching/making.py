"""Making analyses: short texts at once, all else by a task that finds it in the database."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from portfolio.ai.jobs.cleaning import clean_description
from portfolio.ai.skills.vocabulary import standard_vocabulary
from portfolio.errors import Invalid, NotFound
from portfolio.extensions import db
from portfolio.models import JobAnalysis, Profile
from portfolio.schemas.chat import CacheUse
from portfolio.services.chat.asking import find_profile_slug
from portfolio.services.content.profiles import find_profile
from portfolio.services.locks import held_alone
from portfolio.services.matching.analyses import open_analysis, slug_of
from portfolio.services.matching.analysing import Made, forget_report, make_report
from portfolio.services.matching.analysis_document import describe_analysis
from portfolio.services.visitors import new_secret
from portfolio.vocabulary import (
    DESCRIPTION_LENGTH,
    JOB_TEXT_AT_ONCE,
    JOB_TEXT_LEAST,
    DocumentKind,
    JobState,
)

ATTEMPTS = 3
FAILED = "The server failed repeatedly."
LOST_AFTER = 60
"""Seconds after which an analysis that is still open may have been lost by the queue."""
_OPEN = JobAnalysis.status.in_((JobState.PENDING, JobState.RUNNING))


@dataclass(frozen=True)
class Description:
    """What is to be matched.

    Attributes:
        profile: the slug; None for the default one.
        private: with drafts, for the owner.
        place: pointer to the text in what was sent, for errors.
        by_task: however short it is.
    """

    text: str
    profile: str | None
    private: bool
    source: DocumentKind = DocumentKind.TEXT
    place: str = "#/text"
    by_task: bool = False
    rerun_of: uuid.UUID | None = None


def begin_analysis(description: Description) -> dict[str, Any]:
    """A new analysis with its secret: done, or pending, for the caller to hand to a task.

    Raises:
        Invalid: the profile is unknown, or the text too short or too long.
    """
    text = _checked(description)
    slug = find_profile_slug(description.profile, private=description.private)
    if slug is None:
        detail = "is required, as there is no default profile"
        raise Invalid([{"pointer": "#/profile", "detail": detail}])
    made = None
    if not description.by_task and len(text) <= JOB_TEXT_AT_ONCE:
        made = make_report(text, slug, private=description.private)
    return _keep(description, text, slug, made)


def repeat_analysis(
    number: uuid.UUID, secret: str | None, *, owner: bool, private: bool
) -> dict[str, Any]:
    """A new analysis of the same description; the one before stays as it is.

    Raises:
        NotFound: there is no such analysis, the secret is another's, or the profile is a draft
            now.
    """
    row = open_analysis(number, secret, owner=owner)
    slug, source = slug_of(row), DocumentKind(row.source)
    find_profile(slug, private=private)
    return begin_analysis(Description(row.text, slug, private, source, rerun_of=number))


def run_analysis(number: uuid.UUID) -> bool:
    """Make the report of an open analysis, unless somebody else does; whether it was tried here.

    Raises:
        Exception: why it could not be made, if it may be tried again.
    """
    with held_alone(number.int % 2**63) as alone:
        if not alone or not _claim(number):
            return False
        row = db.session.get_one(JobAnalysis, number)
        if row.attempts > ATTEMPTS:
            _fail(number, FAILED)
            return True
        text, slug, private = row.text, slug_of(row), row.private
        try:
            made = make_report(text, slug, private=private)
        except NotFound as problem:
            _fail(number, problem.detail)
        except Exception:  # whatever it was, another try must be possible
            db.session.rollback()
            _give_back(number)
            raise
        else:
            if not _note(number, **_outcome(made)) and not private:
                # Deleted meanwhile: what was made of it goes, too.
                forget_report(text, made.report)
    return True


def find_open_analyses() -> list[uuid.UUID]:
    """Analyses that should have been made by now."""
    lost = JobAnalysis.created_at < func.now() - func.make_interval(0, 0, 0, 0, 0, 0, LOST_AFTER)
    return list(db.session.scalars(select(JobAnalysis.id).where(_OPEN, lost).limit(1000)))


def _checked(description: Description) -> str:
    text = clean_description(description.text)
    detail = ""
    if len(text) < JOB_TEXT_LEAST:
        detail = f"holds less than {JOB_TEXT_LEAST} characters of text"
    elif len(text) > DESCRIPTION_LENGTH:
        detail = f"holds more than {DESCRIPTION_LENGTH} characters of text"
    if detail:
        raise Invalid([{"pointer": description.place, "detail": detail}])
    return text


def _keep(description: Description, text: str, slug: str, made: Made | None) -> dict[str, Any]:
    secret = new_secret()
    row = JobAnalysis(
        secret_hash=JobAnalysis.hash(secret),
        profile_id=select(Profile.id).where(Profile.slug == slug).scalar_subquery(),
        rerun_of=description.rerun_of,
        private=description.private,
        source=description.source,
        text=text,
        **(_outcome(made) if made else {}),
    )
    db.session.add(row)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if made:
            forget_report(text, made.report)
        raise NotFound("The profile or the analysis was deleted meanwhile.") from None
    cache = CacheUse(status=made.status, tier=made.tier) if made else None
    return describe_analysis(row, slug, secret=secret, cache=cache)


def _outcome(made: Made) -> dict[str, Any]:
    report = made.report
    met = [*report["matched"], *report["partial"]]
    shown = {use["skill"] for match in met for use in match["uses"]}
    return {
        "status": JobState.DONE,
        "report": report,
        "summary": made.summary,
        "overall": report["scores"]["overall"],
        "title": report["job"]["title"],
        "company": report["job"]["company"],
        "asked": _skills(report["requirements"], shown),
        "missing": _skills([match["requirement"] for match in report["missing"]], shown),
        "finished_at": func.now(),
    }


def _skills(requirements: Any, shown: set[str]) -> list[str]:
    """Their names for public statistics: those of the vocabulary and of the portfolio alone."""
    names = dict.fromkeys(skill["name"] for one in requirements for skill in one["skills"])
    known = standard_vocabulary()
    return [name for name in names if name in shown or known.concept(name)]


def _claim(number: uuid.UUID) -> bool:
    attempts = JobAnalysis.attempts + 1
    return _note(number, status=JobState.RUNNING, attempts=attempts)


def _give_back(number: uuid.UUID) -> None:
    attempts = db.session.scalar(select(JobAnalysis.attempts).where(JobAnalysis.id == number))
    if (attempts or 0) < ATTEMPTS:
        _note(number, status=JobState.PENDING)
    else:
        _fail(number, FAILED)


def _fail(number: uuid.UUID, reason: str) -> None:
    _note(number, status=JobState.FAILED, reason=reason, finished_at=func.now())


def _note(number: uuid.UUID, **values: Any) -> bool:
    """Change an open analysis and commit; whether there is one."""
    changed = db.session.scalar(
        update(JobAnalysis)
        .where(JobAnalysis.id == number, _OPEN)
        .values(**values)
        .returning(JobAnalysis.id)
    )
    db.session.commit()
    return changed is not None
