"""Questions about skills: whether, since when, how many years, how well, and which."""

from collections.abc import Sequence

from ..answer import Answer, AnswerKind, Citation
from ..book.items import Item
from ..language.lexicon import NOW
from ..language.words import root
from ..questions.matching import covers
from ..questions.reading import Question
from ..replies import Part, fact, length, listed, refusal
from .skill_dates import at_most, dates_of, shown_by, uses_of
from .skill_use import (
    NOT_DATED,
    SHOWN,
    SKILL_WORDS,
    evidence,
    present,
    quoted_where,
    told_of,
)

_YEARS = (
    r"\bhow many years\b|\bhow long\b|\byears of\b|\bhow much (?:\w+ )?experience\b|\byears with\b"
)

_SINCE = (
    r"\b(?:since when|when did .* (?:start|begin|first|learn|pick)|first use[d]?|started "
    r"using|last use[d]?|when did)\b"
)

_LEVEL = (
    r"\b(?:how (?:good|strong|well|proficient|experienced|advanced|skilled|deep|fluent|"
    r"familiar)|level|rate|proficiency|any good|expert|advanced|proficient|intermediate|novice|"
    r"beginner)\b"
)

_TELL = r"^(?:tell|describe|explain|walk|talk)\b"
"""Whoever asks so wants more than a name in a list."""
_OPEN = (
    r"^(?:and |so |but )?(?:what|which|how|why|where|when|who|tell|describe|explain|walk|talk|"
    r"show|list|give)\b"
)


def answer_skill(question: Question) -> Answer | None:
    """Whether skills are there, since when, and how well, if nothing else is asked."""
    names = [present(question, name) for name in question.skills]
    if not names or not all(names):
        return None
    words = {
        root(word) for skill in question.found_skills for word in skill.surface.lower().split()
    } | {root(word) for name in question.skills for word in name.lower().split()}
    works = [item for item in question.subjects if item.type in ("work", "project", "volunteer")]
    known = words | {word for item in works for word in item.name_roots}
    rest = [word for word in question.content if word not in SKILL_WORDS and word not in known]
    if works:
        return _at(question, names, works) if not rest else None
    if question.matches(_LEVEL) and not rest:
        level = _levels(question, names)
        if level:
            return level
    if question.matches(_SINCE) and not rest:
        return _since(question, names)
    if question.matches(_YEARS) and not rest:
        return _years(question)
    if question.matches(r"^(?:and )?(?:where|when|who|why|how)\b"):
        return None
    if any(not _is_said(question, names, word) for word in rest):
        return None
    if len(rest) > 3 and not question.matches(
        r"\b(?:has|have|does|do|is|did) (?:she|he|they|you|\w+)\b"
    ):
        return None
    if rest and not _is_yes_no(question):
        return None
    if len(rest) > 1 and len(question.words) < 14:
        return None
    return _yes(question, names)


def _is_said(question: Question, names: Sequence[str], word: str) -> bool:
    """Whether a further word of the question stands where one of the skills does."""
    near = {place.item for name in names for place in question.book.skills[name]}
    return any(covers(item.roots, word) for item in near)


def _is_yes_no(question: Question) -> bool:
    return question.matches(r"\b(?:has|have|does|do|did|is|are|can|could|any)\b")


def _lead(question: Question) -> str:
    """A yes, for whoever asks whether."""
    return "Yes. " if _is_yes_no(question) and not question.matches(_OPEN) else ""


def _at(question: Question, names: Sequence[str], works: Sequence[Item]) -> Answer | None:
    group = {member for work in works for member in question.book.group_of(work)}
    found: list[Citation] = []
    for name in names:
        places = [
            place
            for place in question.book.skills[name]
            if place.item in group and not place.denied
        ]
        if not places:
            nearest = evidence(question, name, 2)
            where = " and ".join(work.name for work in works)
            return refusal(
                f"The portfolio does not say that {name} was used at {where}."
                f" It names it elsewhere: {_quoted(nearest)}",
                nearest,
            )
        places.sort(key=lambda place: place.mark.start == 0 and place.mark.end < 40)
        found += [
            place.item.cite(place.mark.field, 0.9, (place.mark.start, place.mark.end))
            for place in places[:3]
        ]
    return fact(_lead(question) + _quoted(found), found)


def _quoted(citations: Sequence[Citation]) -> str:
    return " ".join(f"“{citation.quote}”" for citation in dict.fromkeys(citations))


def _levels(question: Question, names: Sequence[str]) -> Answer | None:
    skills = question.book.of("skill")
    parts = []
    for name in names:
        own = [skill for skill in skills if question.book.vocabulary.name_of(skill.name) == name]
        own = own or [
            place.item for place in question.book.skills[name] if place.item.type == "skill"
        ]
        if own and own[0].text("/level"):
            part = Part(
                f"{name}: {own[0].text('/level')} ({own[0].name})"
                if own[0].name != name
                else f"{name}: {own[0].text('/level')}",
                own[0].cite_all("/name", "/level"),
            )
            parts.append(part)
    if not parts:
        return None
    shown = [citation for name in names for citation in evidence(question, name)]
    answer = listed(parts)
    return fact(f"{answer.text} {_quoted(shown)}", [*answer.citations, *shown])


def _since(question: Question, names: Sequence[str]) -> Answer | None:
    parts = []
    for name in names:
        uses = uses_of(question, name)
        if not uses:
            return None
        which = "last" if question.matches(r"\blast\b") else "first"
        use = uses[0] if which == "first" else max(uses, key=lambda one: one.end or "9999")
        item = use.item
        parts.append(
            Part(
                f"{name}: {dates_of(use, which)}",
                (
                    *item.cite_all(item.name_field, *item.date_fields),
                    *use.said,
                    *evidence(question, name),
                ),
            )
        )
    return listed(parts)


def _years(question: Question) -> Answer:
    parts = []
    for name in question.skills:
        uses = uses_of(question, name)
        dated = [
            citation
            for use in uses[:1]
            for citation in (*use.item.cite_all(*use.item.date_fields), *use.said)
        ]
        number = at_most(uses, question.today)
        said = f"at most {length(number)}, {dates_of(uses[0])}" if number else NOT_DATED
        parts.append(Part(f"{name}: {said}", (*shown_by(question, name, uses), *dated)))
    return listed(parts, "By the portfolio's dates, ")


def _goes_on(question: Question, names: Sequence[str]) -> bool:
    """Whether what is asked of today is named by something that has no end."""
    skills = question.book.skills
    return not question.matches(NOW) or all(
        any(place.item.is_current and not place.denied for place in skills[name]) for name in names
    )


def _yes(question: Question, names: Sequence[str]) -> Answer | None:
    citations = [
        citation
        for name in names
        for citation in evidence(question, name, SHOWN if len(names) < 3 else 2)
    ]
    if any(all(place.denied for place in question.book.skills[name]) for name in names):
        return Answer(_quoted(citations), AnswerKind.EXTRACT, tuple(citations), 0.8)
    lead = _lead(question) if _goes_on(question, names) else ""
    told = told_of(question, citations)
    if told:
        return fact(f"{lead}{quoted_where(question, told)}", told)
    if question.matches(_TELL):
        return None
    called = ", ".join(dict.fromkeys(names))
    return fact(f"{lead}{called}: {quoted_where(question, citations)}", citations)
