"""Yes and No stand only before what compared all that the question says."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ...lexical import fold
from ...skills.concepts import Category
from ..answer import Answer, Citation
from ..book.items import Item
from ..language.words import family, number_of, root, roots, words_of
from ..questions.matching import covers
from ..questions.reading import Question
from ..skills.skill_dates import said_of_year
from .ranks import ranks_held

_LEAD = re.compile(r"^(?:Yes|No)[.:] ")
_NEGATED = (
    r"\b(?:no|not|never|none|nothing|without|cannot|avoid\w*|hardly|barely|scarcely|rarely|lack\w*|"
    r"refus\w+|fail(?:s|ed)? to|hat(?:e|es|ed)|dislik\w+|badly|poorly|stop(?:s|ped)? using|"
    r"little|nor|neither|un(?:able|familiar)|ignor\w+)\b(?! less than\b)"
)
_FELT = (
    r"\b(?:did|does|do|would) (?:she|he|they|you|\w+) (?:really |ever |actually )?"
    r"(?:like|enjoy|love|miss|prefer|want|regret)\b"
)
_MAKES = (
    r"(?:invent|creat|found|author|design|launch|develop|maintain|own|buil|write|wrote|written|"
    r"mak|made|discover|devis|conceiv)\w*"
)
_INVENTS = r"(?:invent|creat|found|author|discover|devis|conceiv)\w*"
_GRADES = family("distinction merit honours honors first-class upper cum laude summa magna credit")
_LEAVES = r"\b(?:leave|left|quit|leaving|resign\w*|stop(?:ped)? working|finish\w*|end(?:ed)?)\b"
_JOINS = r"\b(?:join(?:ed)?|start(?:ed)?|begin|began)\b"
_FINISHES = r"\b(?:graduat\w+|finish\w*|complet\w+|degree|end(?:ed)?)\b"
_YEAR_SHIFTED = (
    r"\b(?:before|after|until|till|by|since|from|prior to|between|earlier|later) "
    r"(?:\w+ )?(?:19|20)\d\d\b"
)
_DIRECTIONS = (
    r"\bfrom (?P<old>.+?) (?:in)?to (?P<new>.+)",
    r"\b(?:replac\w*|exchang\w*|swap\w*) (?P<old>.+?) (?:by|with|for) (?P<new>.+)",
    r"(?P<new>.+?) (?:instead of|rather than|in place of|over) (?P<old>.+)",
)
_TURNS = (
    r"\b(?:replac\w*|migrat\w*|mov(?:e|ed|ing)|switch\w*|port(?:ed|ing)?|convert\w*|exchang\w*|"
    r"swap\w*|instead of|rather than|in place of|prefer\w*|chang(?:e|ed|ing)|left|leave)\b"
)
_KINDS = family(
    "book textbook paper article thesis dissertation patent novel talk keynote poster tutorial"
)
_SPEAKS = r"\b(?:speak\w*|spoke|language|fluent|know\w*|native|mother tongue|understand|learn\w*)\b"
_NATIONALITY = r"^(?:is|was|are) (?:she|he|they|you|\w+) (?:an? )?\w+$"


def honest(question: Question, answer: Answer, explained: Iterable[str] | None) -> Answer:
    """The answer, without its Yes or No where the question says more than was compared.

    Args:
        explained: roots of the words that the step understands besides those of what it cites;
            None if the step compares every word by itself.
    """
    lead = _LEAD.match(answer.text)
    if lead is None:
        return answer
    items = [
        item
        for citation in answer.citations
        if (item := question.book.item(citation.source_type, citation.source_id))
    ]
    held = not question.matches(f"{_NEGATED}|{_FELT}") and _levels_held(question, answer.citations)
    if explained is not None:
        held = held and (
            _words_told(question, answer.citations, items, frozenset(explained))
            and _years_held(question, answer.citations, items)
            and _numbers_held(question, answer.citations, items)
            and _grades_held(question, answer.citations)
            and (lead[0].startswith("No") or ranks_held(question, answer.citations, items))
            and _fits(question, items)
            and _direction_held(question, answer.citations)
        )
    return answer if held else replace(answer, text=_plainly(answer.text[lead.end() :]))


def _plainly(text: str) -> str:
    return text if text.startswith(("“", "By the")) else f"The portfolio says: {text}"


def _told(citations: Iterable[Citation]) -> frozenset[str]:
    return frozenset(word for citation in citations for word in roots(citation.quote))


def _words_told(
    question: Question, citations: Iterable[Citation], items: list[Item], explained: frozenset[str]
) -> bool:
    """Whether each word is of a name, of the step, or of what is cited of one thing."""
    surfaces = {root(w.lower()) for one in question.found_skills for w in words_of(one.surface)}
    surfaces |= {root(word) for name in question.skills for word in words_of(name.lower())}
    named = {
        root(word)
        for mention in question.mentions
        for word in question.words[mention.start : mention.end]
    }
    known = frozenset(surfaces | named | explained).union(*(item.name_roots for item in items))
    rest = [word for word in question.content if not covers(known, word)]
    by_item: dict[tuple[str, str], frozenset[str]] = {}
    for one in citations:
        place = (one.source_type, one.source_id)
        by_item[place] = by_item.get(place, frozenset()) | frozenset(roots(one.quote))
    return not rest or any(all(covers(told, word) for word in rest) for told in by_item.values())


def _years_held(question: Question, citations: Iterable[Citation], items: list[Item]) -> bool:
    """Whether what is cited happened in the year that is asked about, as the verb says it."""
    if not question.years:
        return True
    dated = [item for item in items if item.start]
    if not dated or question.matches(_YEAR_SHIFTED):
        return False
    if question.skills and {item.type for item in dated} & {"work", "project", "volunteer"}:
        quotes = {citation.quote for citation in citations}
        return all(
            any(one.quote in quotes for one in said_of_year(question, name, year))
            for name in question.skills
            for year in question.years
        )
    names = {item.name for item in dated} if question.mentions else {""}
    return all(
        any(_in_year(question, item, year) for item in dated if item.name == name or not name)
        for year in question.years
        for name in names
    )


def _in_year(question: Question, item: Item, year: int) -> bool:
    said = str(year)
    if item.type in ("work", "volunteer", "project"):
        if question.matches(_LEAVES):
            return item.end.startswith(said)
        if question.matches(_JOINS):
            return item.start.startswith(said)
    if item.type == "education" and question.matches(_FINISHES):
        return item.end.startswith(said)
    if item.end or item.is_current:
        return item.start[:4] <= said <= (item.end[:4] or str(question.today.year))
    return item.start.startswith(said)


def _numbers_held(question: Question, citations: Iterable[Citation], items: list[Item]) -> bool:
    """Whether each number is the count of what is listed, or stands before its noun in a quote."""
    quotes = " ".join(fold(citation.quote) for citation in citations)
    skilled = {fold(w) for one in question.found_skills for w in words_of(one.surface)}
    named = {
        word
        for mention in question.mentions
        for word in question.words[mention.start : mention.end]
    }
    for number, noun in _counted(question):
        if number in skilled | named or (number.isdigit() and int(number) in question.years):
            continue
        if re.search(rf"\b{re.escape(number)} (?:\w+ )?{re.escape(noun.rstrip('s'))}", quotes):
            continue
        if len(set(items)) != number_of(number):
            return False
    return True


def _counted(question: Question) -> list[tuple[str, str]]:
    words = question.words
    return [
        (word, words[place + 1] if place + 1 < len(words) else "")
        for place, word in enumerate(words)
        if (word[0].isdigit() or number_of(word) is not None) and word not in ("a", "an")
    ]


def _grades_held(question: Question, citations: Iterable[Citation]) -> bool:
    asked = {root(word) for word in question.words} & _GRADES
    if re.search(r"\bfirst[- ]class\b", question.text, re.IGNORECASE):
        asked.add(root("class"))
    return asked <= _told(citations)


def _levels_held(question: Question, citations: Iterable[Citation]) -> bool:
    """Whether a level of a spoken language stands in what is cited."""
    said = {fold(word) for citation in citations for word in words_of(citation.quote)}
    return set(re.findall(r"\b[abc][12]\b", question.plain)) <= said


def _fits(question: Question, items: list[Item]) -> bool:
    """Whether the verb can be said of what was found."""
    types = {item.type for item in items}
    if question.skills and _is_made(question):
        return False
    if types == {"language"} and question.matches(_NATIONALITY):
        return question.matches(_SPEAKS)
    if types == {"work"} and question.matches(_LEAVES):
        return all(item.end for item in items)
    if types == {"publication"}:
        kinds = set(question.content) & _KINDS
        return all(any(kind in item.roots for item in items) for kind in kinds)
    return True


def _is_made(question: Question) -> bool:
    """Whether a skill is said to be somebody's work; only languages are written in."""
    for skill in question.found_skills:
        makes = _MAKES if skill.category is not Category.LANGUAGE else _INVENTS
        name = re.escape(skill.surface)
        if re.search(rf"\b{makes} (?:the |a |an )?(?:\w+ )?{name}(?!\w)", question.text, re.I):
            return True
    return question.matches(rf"\b{_INVENTS}\b")


def _direction_held(question: Question, citations: Iterable[Citation]) -> bool:
    """Whether a quote names what was left and what was taken in the same order."""
    if not question.matches(_TURNS) or len(question.skills) < 2:
        return True
    asked = _turn(question, question.text)
    return asked is not None and any(
        _turn(question, citation.quote) == asked for citation in citations
    )


def _turn(question: Question, text: str) -> tuple[str, str] | None:
    """The skill that is left and the one that is taken, in a text."""
    for pattern in _DIRECTIONS:
        match = re.search(pattern, text, re.IGNORECASE)
        if match is None:
            continue
        old = [skill.name for skill in question.book.skills_of(match["old"])]
        new = [skill.name for skill in question.book.skills_of(match["new"])]
        if old and new:
            return old[-1], new[0]
    return None
