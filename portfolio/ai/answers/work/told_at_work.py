"""What is told of one employer: how many people somebody led there, and since when."""

import re
from collections.abc import Sequence

from ..answer import Answer, AnswerKind
from ..book.items import Item, Sentence
from ..language.words import family
from ..questions.described import described
from ..questions.fitting import NUMBER
from ..questions.reading import Question
from .job_words import JOB_WORDS, WHEN

_TEAM = (
    r"\b(?:how (?:many|big|large|small)\b.*\b(?:team|group|people|folks|engineers|employees|"
    r"staff|reports?|developers|technical direction|led|lead|leads|head|manage[sd]?|supervis\w+|"
    r"responsible)|"
    r"(?:size|number) of .*\b(?:team|group|people|reports))\b"
)
_LEADING = (
    r"\b(?:in charge|lead|leads|led|leading|heads?|headed|heading|manag\w+|run|running|promot\w+|"
    r"boss|supervis\w+)\b"
)
_LED = re.compile(
    r"\b(?:lead|led|leads|head(?:ed)?|manage[sd]?|supervise[sd]?|responsible for|team of|group of|"
    r"reports?|in charge|hired|troop of|crew of)\b",
    re.IGNORECASE,
)
_ROSE = re.compile(r"\b(?:became|become|promoted|made|took over|head|lead|since)\b", re.IGNORECASE)
_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)
_SIZE = re.compile(
    rf"\b{NUMBER} (?:people|persons|employees|staff|colleagues|engineers|developers)\b|"
    rf"\b(?:workshop|company|firm|business|office|agency|studio|kitchen|ward|school|shop|practice|"
    rf"department|start-?up) of {NUMBER}\b",
    re.IGNORECASE,
)
_WHOLE = r"\b(?:people|employees|staff|folks) (?:work|are|were|worked)\b|\bemploy(?:s|ed)?\b"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORDS = JOB_WORDS | family(
    """
    team group people engineer engineers developer developers report reports big large small size
    lead leads led leading head heads headed manage manages managed manager supervise charge
    responsible direct directly technical direction look today under run running promoted folks
    staff whole colleague colleagues member members area department
    """
)


def answer_told_at_work(question: Question) -> Answer | None:
    """The sentence of a job that says how many somebody leads, or since when."""
    is_since = question.matches(WHEN) and question.matches(_LEADING)
    if not (is_since or question.matches(_TEAM)) or question.skills:
        return None
    if question.named("project"):
        return None
    works = _meant(question, once=is_since)
    if is_since:
        found = _sentences(works, _ROSE, _YEAR)
        found = [one for one in found if re.search(_LEADING, one.text, re.IGNORECASE)]
    else:
        led, whole = _sentences(works, _LED, _NUMBER), _sentences(works, _SIZE)
        found = (whole or led) if question.matches(_WHOLE) else (led or whole)
    return _quoted(found[:2])


def _meant(question: Question, *, once: bool) -> Sequence[Item]:
    named = question.named("work")
    names = {word for work in named for word in work.name_roots}
    rest = [word for word in question.content if word not in _WORDS and word not in names]
    if named or question.mentions:
        return [] if rest else named
    if rest:
        return described(question, rest)
    works = question.book.of("work")
    return works if once else [work for work in works if work.is_current] or works[:1]


def _sentences(works: Sequence[Item], *patterns: re.Pattern[str]) -> list[Sentence]:
    return [
        sentence
        for work in works
        for sentence in work.sentences
        if sentence.prose and all(pattern.search(sentence.text) for pattern in patterns)
    ]


def _quoted(found: Sequence[Sentence]) -> Answer | None:
    if not found:
        return None
    citations = tuple(sentence.cite(0.85) for sentence in found)
    text = " ".join(f"“{citation.quote}”" for citation in citations)
    return Answer(text, AnswerKind.EXTRACT, citations, 0.85)
