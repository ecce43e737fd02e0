"""Questions about a whole career: what somebody was, and what was between two jobs."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ...skills.duration import months_of
from ..answer import Answer, Citation
from ..book.items import Item
from ..language.words import roots
from ..questions.matching import covers
from ..questions.naming import is_its_name
from ..questions.reading import Question
from ..replies import day, describe, fact, listed, refusal
from .job_words import BESIDE, JOB_WORDS

_IS_A = (
    r"^(?:so )?(is|was|has|are|were) (?:she|he|they|you|\w+)"
    r"(?: ever| still| currently| now| really)?(?: been)?(?: also)? (?:an?|the) ([\w ]+)$"
)

_GAP = (
    r"\b(?:gaps?|hole|career break|break in|sabbatical|time off|out of work|unemployed|not working|"
    r"between jobs|pause)\b"
)

_AWAY = (
    r"\b(?:did not work|not working|break|sabbatical|leave|looked after|cared for|caring|travel\w*|"
    r"time off|unemployed|pause|parental|maternity|paternity|illness|study|studied|retrain\w*)\b"
)


def answer_title(question: Question) -> Answer | None:
    """Whether somebody is or was what a position or role says."""
    match = re.search(_IS_A, question.plain)
    named = [(one, item) for one in question.mentions for item in one.items]
    things = [i for one, i in named if i.type != "work" or is_its_name(question, one, i)]
    if (
        match is None
        or things
        or question.matches(r"\bmember of\b")
        or re.search(BESIDE, question.plain)
    ):
        return None
    wanted = [word for word in roots(match[2]) if word not in JOB_WORDS]
    if not wanted or len(wanted) > 3:
        return None
    found = [
        item.cite(pointer)
        for item in question.book.of("profile", "work", "volunteer", "project")
        for pointer in ("/label", "/position", "/role")
        if any(covers(frozenset(roots(item.text(pointer))), word) for word in wanted)
    ]
    found = [citation for word in wanted for citation in _closest(found, word)[:3]]
    found = list({citation.quote: citation for citation in reversed(found)}.values())[::-1]
    said = {word for citation in found for word in roots(citation.quote)}
    told = [word for word in wanted if word in said or any(map(word.startswith, said))]
    unheard = [word for word in wanted if word not in told and not question.book.has(word)]
    is_another = bool(unheard) and wanted[-1] in told
    if found and (not told or is_another) and not question.skills:
        quotes = " ".join(f"“{citation.quote}”" for citation in found)
        return refusal(f"The portfolio does not say that. It says: {quotes}", found)
    if not found:
        if question.book.has(wanted[-1]) or question.skills:
            return None
        return refusal("The portfolio does not say that.")
    is_so = told == wanted and (match[1] not in ("is", "are") or _is_now(question, found))
    quotes = " ".join(f"“{citation.quote}”{_until(question, citation)}" for citation in found)
    return fact(f"{'Yes: ' if is_so else 'It says: '}{quotes}", found)


def _is_now(question: Question, citations: Sequence[Citation]) -> bool:
    """Whether one of these is of the profile, or of something that goes on."""
    return any(not _until(question, citation) for citation in citations)


def _until(question: Question, citation: Citation) -> str:
    """Until when, if it has an end."""
    item = question.book.item(citation.source_type, citation.source_id)
    return f" (until {day(item.end)})" if item and item.end else ""


def _closest(citations: Sequence[Citation], word: str) -> list[Citation]:
    """Those that have a word itself, or else another word for it."""
    own = [one for one in citations if word in roots(one.quote)]
    return own or [one for one in citations if covers(frozenset(roots(one.quote)), word)]


def answer_gap(question: Question) -> Answer | None:
    """What was between two jobs."""
    if not question.matches(_GAP):
        return None
    works = sorted((work for work in question.book.of("work") if work.start), key=lambda w: w.start)
    gaps = _gaps(works, question)
    named = question.named("work")
    if named:
        gaps = [gap for gap in gaps if gap[0] in named or gap[1] in named]
    told = [
        sentence.cite(0.8)
        for before, after in gaps
        for sentence in question.book.sentences
        if sentence.prose and _tells(sentence.text, before, after)
    ]
    if told:
        quotes = " ".join(f"“{citation.quote}”" for citation in told[:3])
        return fact(quotes, told[:3])
    parts = [part for gap in gaps for part in map(describe, gap)]
    if not parts:
        return refusal("By its dates, the portfolio has no gap between jobs.")
    said = listed(parts)
    return refusal(
        f"The portfolio does not say what was between these: {said.text}", said.citations
    )


def _gaps(works: Sequence[Item], question: Question) -> list[tuple[Item, Item]]:
    found = []
    for before, after in pairwise(works):
        end = max(work.end or "9999" for work in works if work.start <= before.start)
        first = months_of(end[:7], None, question.today)
        if end[:7] < after.start[:7] and first is not None:
            between = months_of(end[:7], after.start[:7], question.today)
            if between and between[1] - between[0] > 1:
                found.append((before, after))
    return found


def _tells(text: str, before: Item, after: Item) -> bool:
    years = {str(year) for year in range(int(before.end[:4] or 0), int(after.start[:4]) + 1)}
    return any(year in text for year in years) and re.search(_AWAY, text, re.IGNORECASE) is not None
