"""Questions about one project that its fields answer: team, role, technologies, dates, links."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..answer import Answer, Citation
from ..book.items import Item
from ..language.words import in_words, root, roots
from ..questions.reading import Question
from ..replies import describe, fact, length, months, period, refusal
from .project_comparison import compare
from .project_words import (
    FOR_WHOM,
    HOW_LONG,
    IS_IT,
    LINK,
    OPEN,
    ROLE,
    STACK,
    STATUS,
    TEAM,
    WHAT,
    WHEN,
    WORDS,
)

_STATES = {
    "planning": "being planned",
    "in_progress": "in progress",
    "completed": "completed",
    "on_hold": "on hold",
    "archived": "archived",
}


_WORKED_ON = (
    r"^(?:and |so )?(?:did|was|were|is|has) (?:she |he |they |you |\w+ )?(?:still )?"
    r"(?:work|works|working|worked|busy) (?:on|with) "
)
_IS_ROLE = (
    r"^(?:and |so )?(?:was|is|were|are) (?!the |an? |its? |there |this |that )\w+ (?:also )?"
    r"(?:the |an? |its )?((?:\w+ ){0,3}?\w+) (?:of|on|in|for|behind) "
)
Asked = Callable[[Question, Item], Answer | None]


def answer_project(question: Question) -> Answer | None:
    """An answer about one project, or several compared, from fields."""
    named = question.named("project")
    if not named or question.skills or question.matches(r"\bwhy\b|\bhow (?!many|long|big|large)"):
        return None
    known = {word for item in named for word in item.name_roots}
    others = [
        mention
        for mention in question.mentions
        if not any(item.type == "project" for item in mention.items)
    ]
    rest = [word for word in question.content if word not in WORDS and word not in known]
    if others:
        return None
    if len(named) > 1:
        return compare(question, named)
    project = named[0]
    role = re.search(_IS_ROLE, question.plain)
    if role and {*roots(role[1])}.issuperset(rest):
        return _in_role(project, roots(role[1]))
    if rest:
        return None
    if question.years and not _was_active(project, question.years):
        said = describe(project)
        return refusal(
            f"The portfolio does not say; it dates {project.name} {period(project)}.",
            said.citations,
        )
    if re.match(IS_IT, question.plain) and question.matches(STATUS):
        return _status(question, project)
    if question.years and question.matches(_WORKED_ON):
        dated = _when(question, project)
        return replace(dated, text=f"Yes. {dated.text}") if dated else None
    for pattern, answer in _ASKED:
        if question.matches(pattern):
            found = answer(question, project)
            if found is not None:
                return found
    return None


def _in_role(project: Item, wanted: Sequence[str]) -> Answer | None:
    """Whether somebody was what the question says, by the role; sentences may say it as well."""
    own = roots(project.text("/role"))
    if not own or not wanted or not ({*wanted} <= {*own} or {*wanted}.isdisjoint(project.roots)):
        return None
    said = f"{project.text('/role')}, in the project {project.name}."
    places = project.cite_all("/role", "/title")
    if {*wanted} <= {*own}:
        return fact(f"Yes. {said}", places)
    return refusal(f"The portfolio does not say that. It says: {said}", places)


def _was_active(project: Item, years: Sequence[int]) -> bool:
    first = int(project.start[:4]) if project.start else 0
    last = int(project.end[:4]) if project.end else 9999
    return any(first <= year <= last for year in years)


def _title(project: Item) -> Citation:
    return project.cite("/title")


def _team(question: Question, project: Item) -> Answer | None:
    size = project.value("team_size")
    if not size:
        return None
    who = "one person" if size == 1 else f"{in_words(size)} people ({size})"
    return fact(f"{project.name}: a team of {who}.", [_title(project), *_said(project, "team")])


def _said(project: Item, word: str) -> list[Citation]:
    wanted = root(word)
    return [text.cite(0.7) for text in project.sentences if text.prose and wanted in text.roots][:1]


def _role(question: Question, project: Item) -> Answer | None:
    if not project.text("/role"):
        return None
    return fact(
        f"{project.text('/role')}, in the project {project.name}.",
        project.cite_all("/role", "/title"),
    )


def _stack(question: Question, project: Item) -> Answer | None:
    names = list(project.value("technologies") or ())
    if not names:
        return None
    pointers = [f"/technologies/{place}" for place in range(len(names))]
    return fact(f"{project.name}: {', '.join(names)}.", project.cite_all("/title", *pointers))


def _status(question: Question, project: Item) -> Answer | None:
    told = re.compile(
        r"\b(?:still|today|nowadays|since|archived|on hold|stopped|replaced|maintain\w*|runs?)\b",
        re.IGNORECASE,
    )
    said = [text for text in project.sentences if text.prose and told.search(text.text)][:3]
    state = _STATES.get(str(project.value("status")), "")
    when = period(project)
    frame = f"{project.name}: {state} ({when})." if state and when else f"{project.name}: {state}."
    quotes = " ".join(f"“{sentence.text}”" for sentence in said)
    citations = [
        *project.cite_all("/title", "/status", *project.date_fields),
        *(sentence.cite(0.8) for sentence in said),
    ]
    lead = _yes_or_no(question, project, quotes)
    return fact(f"{lead}{frame} {quotes}".strip(), citations) if state or said else None


def _yes_or_no(question: Question, project: Item, quotes: str) -> str:
    if not re.match(r"(?:and )?(?:is|was|does|do|are|has)\b", question.plain):
        return ""
    state = project.value("status")
    if question.matches(r"\b(?:finished|completed?|done|over)\b"):
        return "Yes. " if state in ("completed", "archived") else "No. "
    if question.matches(r"\bplanned\b"):
        return "Yes. " if state == "planning" else "No. "
    if question.matches(r"\b(?:on hold|archived|abandoned|discontinued|cancell?ed|stopped)\b"):
        return "Yes. " if state in ("on_hold", "archived") else "No. "
    if state in ("on_hold", "archived", "planning"):
        return "No. "
    if state == "in_progress" or "still" in quotes:
        return "Yes. "
    return ""


def _links(question: Question, project: Item) -> Answer | None:
    kinds = {
        "/source_url": r"source|repo|code|github|gitlab|public|find|see|link|download|available",
        "/demo_url": r"demo|try|see|link|find|available",
        "/documentation_url": r"doc",
        "/url": r"website|site|url|link|find|see|available",
    }
    wanted = [field for field, words in kinds.items() if question.matches(rf"\b(?:{words})")]
    found = [field for field in wanted if project.text(field)]
    is_open = project.value("open_source")
    lead = ""
    if re.match(
        r"(?:and )?(?:is|are|was|has|does|can|could)\b", question.plain
    ) and question.matches(OPEN):
        lead = "Yes. " if is_open else "No. " if not found else ""
    shown = ", ".join(project.text(field) for field in found)
    state = "open source" if is_open else "not open source"
    about = f"{project.name} is {state}" if question.matches(OPEN) else project.name
    if not found and not question.matches(OPEN):
        return None
    return fact(
        f"{lead}{about}{': ' + shown if shown else '.'}",
        [*project.cite_all("/title", *found)],
    )


def _when(question: Question, project: Item) -> Answer | None:
    if not project.start:
        return None
    return fact(
        f"{project.name}: {period(project)}.", project.cite_all("/title", *project.date_fields)
    )


def _how_long(question: Question, project: Item) -> Answer | None:
    number = months([project], question.today)
    if not number:
        return None
    return fact(
        f"{project.name}: {length(number)} ({period(project)}).",
        project.cite_all("/title", *project.date_fields),
    )


def _for_whom(question: Question, project: Item) -> Answer | None:
    if not project.text("/entity"):
        return None
    return fact(
        f"{project.name}: {project.text('/entity')}.", project.cite_all("/title", "/entity")
    )


def _what(question: Question, project: Item) -> Answer | None:
    prose = [text for text in project.sentences if text.prose][:3]
    if not prose:
        return None
    quotes = " ".join(f"“{sentence.text}”" for sentence in prose)
    citations = [_title(project), *(sentence.cite(0.85) for sentence in prose)]
    return fact(f"{project.name}: {quotes}", citations)


_ASKED: tuple[tuple[str, Asked], ...] = (
    (HOW_LONG, _how_long),
    (TEAM, _team),
    (ROLE, _role),
    (WHEN, _when),
    (LINK, _links),
    (FOR_WHOM, _for_whom),
    (STATUS, _status),
    (STACK, _stack),
    (WHAT, _what),
)
