"""Projects compared: which is larger, longer, earlier."""

from collections.abc import Sequence

from ..answer import Answer
from ..book.items import Item
from ..language.words import in_words
from ..questions.reading import Question
from ..replies import Part, day, length, listed, months

_MEASURES: tuple[tuple[str, str, bool], ...] = (
    (r"\b(?:larger|bigger|largest|biggest|more people)\b", "team_size", True),
    (r"\b(?:smaller|smallest|fewer people)\b", "team_size", False),
    (r"\b(?:first|earlier|older|before|oldest)\b", "start", False),
    (r"\b(?:last|later|newer|newest|latest|after|second)\b", "start", True),
    (r"\b(?:longer|longest|more time)\b", "months", True),
    (r"\b(?:shorter|shortest|less time)\b", "months", False),
)


def compare(question: Question, projects: Sequence[Item]) -> Answer | None:
    for pattern, measure, most in _MEASURES:
        if question.matches(pattern):
            return _ranked(question, projects, measure, most=most)
    return None


def _ranked(
    question: Question, projects: Sequence[Item], measure: str, *, most: bool
) -> Answer | None:
    rated = [(project, _measured(question, project, measure)) for project in projects]
    known = [(project, value) for project, value in rated if value]
    if len(known) < len(projects):
        return None
    known.sort(key=lambda pair: pair[1], reverse=most)
    parts = [
        Part(
            _measure_text(project, measure, value), project.cite_all("/title", *project.date_fields)
        )
        for project, value in known
    ]
    return listed(parts, f"{known[0][0].name}. ")


def _measured(question: Question, project: Item, measure: str) -> str:
    if measure == "start":
        return project.start
    number = (
        months([project], question.today) if measure == "months" else project.value("team_size")
    )
    return f"{number:06d}" if number else ""


def _measure_text(project: Item, measure: str, value: str) -> str:
    if measure == "start":
        return f"{project.name}: {day(value)}"
    if measure == "months":
        return f"{project.name}: {length(int(value))}"
    return f"{project.name}: {in_words(int(value))} people ({int(value)})"
