"""Questions about studies, languages, certificates, prizes and the rest, from their fields."""

import re

from ..answer import Answer
from ..book.items import Item
from ..language.question_types import SECTIONS, Section
from ..language.wordings import KINDS
from ..language.words import family, root
from ..questions.matching import best_matches
from ..questions.naming import beside_names
from ..questions.reading import Question
from ..replies import Part, describe, fact, length, listed, months, refusal
from .degrees import ASKS_HIGHER, TITLES, higher, no_certificate, no_degree

_YES_NO = r"^(?:and |so |but )?(?:is|are|was|were|has|have|had|do|does|did|can|could|any|would)\b"
_WHEN = (
    r"\b(?:when|which year|what year|in which year|year of|year|since|dates?|how recent|expires?)\b"
)
_HOW_LONG = r"\bhow long\b|\bhow many (?:years|months)\b"
_COUNT = r"\b(?:how many|number of|count)\b"
_NATIVE = r"\b(?:native|mother tongue|first language)\b"
_LATEST = r"\b(?:latest|last|newest|most recent)\b"
_FIRST = r"\b(?:first|earliest|oldest)\b"
_TEACHING = r"\b(?<!self )(?<!self-)(?:teach(?:es|ing)?|taught|lectur\w+|tutor\w*)\b"
_DEGREE = r"\b(?:degree|qualification|diploma|certificate|stud(?:y|ied))\b"
_SUBJECT = r"\b(?:about|topic|subject|on what|deal\w* with)\b"
_GRADE = r"\b(?:grade|score|mark|gpa|result|honours|class)\b"
_CLOSED = family("thesis theses dissertation book books textbook textbooks patent patents")
_MOST = 6
_PUBLISHED = next(section for section in SECTIONS if section.types == ("publication",))


def answer_section(question: Question) -> Answer | None:
    """An answer about the first section that the question's words speak of."""
    if _asks_of_thesis(question):
        return _answer(question, _PUBLISHED)
    for section in SECTIONS:
        asks = re.search(section.asks, beside_names(question, *section.types))
        if asks or _is_named(question, section):
            answer = _answer(question, section)
            if answer is not None:
                return answer
    return None


def _asks_of_thesis(question: Question) -> bool:
    """Whether it asks what a doctorate was about, and a thesis is there that says it."""
    return question.matches(_SUBJECT) and bool(_of_kind(question, question.book.of("publication")))


def _is_named(question: Question, section: Section) -> bool:
    named = [item for mention in question.mentions for item in mention.items]
    return bool(named) and all(item.type in section.types for item in named)


def _answer(question: Question, section: Section) -> Answer | None:
    items = question.book.of(*section.types)
    if section.types == ("publication",) and _is_nowhere(question):
        return refusal("The portfolio does not name any such publication.")
    if (
        section.types == ("education",)
        and question.matches(_TEACHING)
        and not question.matches(_DEGREE)
    ):
        return None
    mentioned = [item for mention in question.mentions for item in mention.items]
    named = list(dict.fromkeys(item for item in mentioned if item in items))
    rest = [word for word in question.content if word not in section.words]
    strangers = [
        mention
        for mention in question.mentions
        if not any(item.type in section.types for item in mention.items)
    ]
    if not named and strangers:
        # About an employer's prize or a project's talk, if there is one.
        subjects = [item for mention in strangers for item in mention.items]
        groups = [member for subject in subjects for member in question.book.group_of(subject)]
        items = [item for item in items if item in groups]
        words = {
            word for mention in strangers for item in mention.items for word in item.name_roots
        }
        rest = [word for word in rest if word not in words]
        if not items:
            return None
    asked = named or items
    if named:
        said = {
            root(word) for one in question.mentions for word in question.words[one.start : one.end]
        }
        known = said.union(*(item.name_roots for item in named))
        rest = [word for word in rest if word not in known]
    elif question.focus and question.follows:
        before = [item for item in question.focus if item in items]
        if question.matches(r"\bother\b"):
            asked = [item for item in asked if item not in before] or asked
        else:
            asked = before or asked
    near = best_matches(asked, rest) if rest or named else []
    if near and section.types == ("certificate",):
        titles = [word for word in question.content if word in TITLES]
        if not best_matches(near, titles):
            return no_certificate(near)
    if rest:
        asked = near
        if not asked:
            return no_degree(question, rest) if section.types == ("education",) else None
    elif not named and _special(question, section) is not None:
        asked = _special(question, section) or []
    if not asked:
        told = any(
            set(question.content) & sentence.roots
            for sentence in question.book.sentences
            if sentence.prose
        )
        return _nothing(section) if not items and section.closed and not told else None
    return _say(question, section, asked, precise=bool(named or rest))


def _special(question: Question, section: Section) -> list[Item] | None:
    """Degrees by their rank, and native languages; None if nothing of the kind is asked."""
    items = question.book.of(*section.types)
    if section.types == ("language",) and question.matches(_NATIVE):
        return [item for item in items if _is_native(item)]
    if section.types == ("publication",):
        return _of_kind(question, items)
    dated = sorted((item for item in items if item.start), key=lambda item: item.start)
    if dated and question.matches(_LATEST):
        return [dated[-1]]
    if dated and question.matches(_FIRST) and section.types != ("language",):
        return [dated[0]]
    if question.matches(r"\bcourses?\b") and section.types == ("education",):
        return [item for item in items if item.value("courses")] or None
    return None


def _of_kind(question: Question, items: list[Item]) -> list[Item] | None:
    """The publications of the kind that is asked for: theses, talks, books."""
    for kind in KINDS:
        if kind & set(question.content):
            return [item for item in items if item.roots & kind] or None
    return None


def _is_nowhere(question: Question) -> bool:
    """Whether a kind is asked for of which no sentence has a word: what is a talk or a paper,
    others call otherwise."""
    asked = [kind & _CLOSED for kind in KINDS if kind & _CLOSED & set(question.content)]
    told = (one.roots for one in question.book.sentences)
    return bool(asked) and not any(kind & roots for roots in told for kind in asked)


def _is_native(item: Item) -> bool:
    return bool(re.search(r"native|mother|first", item.text("/fluency"), re.IGNORECASE))


def _nothing(section: Section) -> Answer:
    return refusal(f"The portfolio does not name any {section.called}.")


def _say(question: Question, section: Section, items: list[Item], *, precise: bool) -> Answer:
    plain = question.plain
    lead = "Yes: " if re.search(_YES_NO, plain) else ""
    if lead and question.matches(ASKS_HIGHER) and not precise:
        lead = "Yes: " if higher(items) else ""
        items = higher(items) or items
    if section.types == ("language",) and lead and question.matches(_NATIVE) and precise:
        lead = "Yes: " if _is_native(items[0]) else "No: "
    if section.types == ("publication",) and re.search(_HOW_LONG, plain):
        return _extent(items)
    if re.search(_HOW_LONG, plain) and any(item.end and item.start for item in items):
        parts = [_with_length(question, item) for item in items[:_MOST]]
        return listed(parts, lead)
    if re.search(_WHEN, plain) and any(item.start for item in items):
        return listed([_with_dates(item) for item in items[:_MOST]], lead)
    if re.search(_COUNT, plain) and not precise:
        lead = f"{len(items)}: "
    if section.types == ("education",) and question.matches(r"\bcourses?\b"):
        courses = [_courses(item) for item in items if item.value("courses")]
        if courses:
            return listed(courses, lead)
    if re.search(_GRADE, beside_names(question)):
        graded = [item for item in items if item.text("/score")]
        if not graded:
            said = listed([describe(items[0])])
            return refusal(
                f"The portfolio does not say with which grade. It says: {said.text}",
                said.citations,
            )
        items = graded
    parts = [_in_full(item) for item in items[:12]]
    return listed(parts, lead)


_EXTENT = re.compile(r"\b\d[\d,.]*[ -](?:pages?|words|minutes?|hours?|lines)\b", re.IGNORECASE)


def _extent(items: list[Item]) -> Answer:
    """How many pages or minutes something has, where it is said."""
    found = [
        sentence.cite(0.9)
        for item in items
        for sentence in item.sentences
        if _EXTENT.search(sentence.text)
    ]
    if not found:
        return refusal("The portfolio does not say how long it is.")
    return fact(" ".join(f"“{citation.quote}”" for citation in found[:2]), found[:2])


def _in_full(item: Item) -> Part:
    """With the sentence that tells more of it, where there is one."""
    part = describe(item)
    told = [sentence for sentence in item.sentences if sentence.prose][:2]
    if item.type in ("interest",) or not told:
        words = list(item.value("keywords") or ())
        pointers = [f"/keywords/{place}" for place in range(len(words))]
        more = f" ({', '.join(words)})" if words else ""
        return Part(part.text + more, (*part.citations, *item.cite_all(*pointers)))
    quotes = " ".join(f"“{sentence.text}”" for sentence in told)
    citations = tuple(sentence.cite(0.9) for sentence in told)
    return Part(f"{part.text}: {quotes}", (*part.citations, *citations))


def _with_dates(item: Item) -> Part:
    part = describe(item)
    if not item.start:
        return Part(f"{part.text}, without a date", part.citations)
    return part


def _with_length(question: Question, item: Item) -> Part:
    part = describe(item)
    number = months([item], question.today)
    return Part(f"{part.text}: {length(number)}" if number else part.text, part.citations)


def _courses(item: Item) -> Part:
    courses = list(item.value("courses") or ())
    pointers = [f"/courses/{place}" for place in range(len(courses))]
    part = describe(item)
    return Part(f"{part.text}: {', '.join(courses)}", (*part.citations, *item.cite_all(*pointers)))
