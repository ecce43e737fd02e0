"""Questions for so many years or people, answered yes or no."""

import re
from collections.abc import Sequence

from ..answer import Answer, Citation
from ..book.items import Item
from ..language.words import in_words, number_of, root
from ..questions.reading import Question
from ..replies import Part, fact, length, listed, months
from ..skills.skill_dates import at_least, at_most, shown_by, uses_of
from ..skills.skill_use import NOT_DATED
from ..work.job_words import JOB_WORDS
from .jobs_meant import works_meant

_THRESHOLD = re.compile(
    r"\b(more than|over|above|at least|minimum(?: of)?|min|no less than|less than|under|fewer than|"
    r"up to|exactly|longer than)?\s*(?:a |an )?(\w+)\s+(?:or more |full |good )?(years?|"
    r"decades?|months?)\b"
)
_FACTORS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_TIMES = ("year", "month", "decade", "week", "day", "hour", "minute")
_COUNTED = (
    r"\b(more than|over|above|at least|less than|under|fewer than|up to|exactly) "
    r"((?:an? )?(?:[\d,]+|\w+)(?: (?:hundred|thousand|million))?) (\w{4,})\b"
)
_ASKS_FOR = (
    r"\b(?:need|require[sd]?|ask|want|looking for|qualify|have|has|does|do|enough|meets?|"
    r"satisf\w+)\b"
)

_TEAM = (
    r"\b(?:more than|over|above|at least|less than|under|fewer than|up to|exactly) (\w+) "
    r"(?:people|persons|developers|engineers|colleagues|members|folks)\b"
)
_LASTING = r"\b(?:for|has|have|had|got|is|bring|of|with|in|experience|working) "
_STAY = (
    r"^(?:and |so )?(?:did|was|is|has|were|have)\b.*\b(?:for|stay(?:ed)?|spen[dt]|at|with)\b"
    r".*?\b(?<!than )(?<!over )(?<!least )(?<!under )(\w+) (years?|months?)\b"
)


def answer_threshold(question: Question) -> Answer | None:
    """Yes or no to so many years, counted from dates."""
    counted = _compare_team(question) or _compare_count(question) or _compare_stay(question)
    if counted is not None:
        return counted
    for match in _THRESHOLD.finditer(question.plain):
        number = number_of(match[2])
        if match[3].startswith("decade"):
            number = 10 * (number or 1)
        if number is None or (match[1] is None and not question.matches(_ASKS_FOR)):
            continue
        if match[1] == "over" and not re.search(_LASTING, _around(question, match)):
            continue
        wanted = number if match[3].startswith("month") else 12 * number
        return _compare_years(question, match[1] or "at least", wanted)
    return None


def _around(question: Question, match: re.Match[str]) -> str:
    """The words beside it: over three years may say of anything in which time it was done."""
    before = " ".join(question.plain[: match.start()].split()[-3:])
    return f"{before} _ {' '.join(question.plain[match.end() :].split()[:2])}"


def _compare_stay(question: Question) -> Answer | None:
    """Yes or no to a stay of so many years at an employer, as one would round them."""
    match = re.search(_STAY, question.plain)
    number = number_of(match[1]) if match else None
    works = [item for one in question.mentions for item in one.items]
    if match is None or number is None or question.skills or not works:
        return None
    names = {word for work in works for word in work.name_roots}
    known = JOB_WORDS | names | {root(match[1])}
    if any(work.type != "work" for work in works) or any(w not in known for w in question.content):
        return None
    wanted = number * (12 if match[2].startswith("year") else 1)
    return _compare_years(question, "about", wanted)


def _compare_team(question: Question) -> Answer | None:
    """Yes or no to so many people in a project."""
    projects = question.named("project")
    match = re.search(_TEAM, question.plain)
    number = number_of(match[1]) if match else None
    size = projects[0].value("team_size") if len(projects) == 1 else None
    if match is None or number is None or not size:
        return None
    how = match[0].removesuffix(match[0].split(match[1], 1)[1]).removesuffix(match[1]).strip()
    held = _holds(how, size, number)
    said = f"{projects[0].name}: {in_words(size)} people ({size})."
    return fact(f"{'Yes' if held else 'No'}. {said}", [projects[0].cite("/title")])


def _compare_count(question: Question) -> Answer | None:
    """Yes or no to so many of something that a sentence counts."""
    match = re.search(_COUNTED, question.plain)
    wanted = _amount(match[2]) if match else None
    if match is None or wanted is None or match[3].startswith(_TIMES):
        return None
    scope = set(question.subjects)
    for sentence in question.book.sentences:
        said = re.search(rf"\b(\d[\d,]*) {re.escape(match[3][:-1])}\w*", sentence.text)
        if said is None or not sentence.prose or (scope and sentence.item not in scope):
            continue
        number = int(said[1].replace(",", ""))
        is_same = match[1] == "exactly" or f"up to {said[0]}" in sentence.text
        if number == wanted if is_same else _holds(match[1], number, wanted):
            return fact(f"Yes. “{sentence.text}”", [sentence.cite(0.9)])
        if scope:
            return fact(f"No. “{sentence.text}”", [sentence.cite(0.9)])
    return None


def _amount(words: str) -> float | None:
    number = 1.0
    for word in words.replace(" and ", " ").split():
        factor = _FACTORS.get(word) or (1 if word in ("a", "an") else number_of(word))
        if factor is None:
            return None
        number *= factor
    return number


def _compare_years(question: Question, how: str, wanted: float) -> Answer | None:
    if question.skills:
        return _compare_skills(question, how, wanted)
    works = works_meant(question)
    if not works:
        return None
    number = months(works, question.today)
    lead = "Yes" if _holds(how, number, wanted) else "No"
    return listed(
        [Part(f"work: {length(number) if number else NOT_DATED}", tuple(_work_places(works)))],
        f"{lead}. By the portfolio's dates, ",
    )


def _compare_skills(question: Question, how: str, wanted: float) -> Answer:
    """Yes or no only if both hold it: what is told of whole jobs, and what dates allow at most."""
    held: list[bool | None] = []
    parts = []
    for name in question.skills:
        uses = uses_of(question, name)
        most = at_most(uses, question.today)
        bounds = {_holds(how, number, wanted) for number in (at_least(uses, question.today), most)}
        is_sure = len(bounds) == 1 and bool(most or _is_denied(question, name))
        held.append(bounds.pop() if is_sure else None)
        said = f"up to {length(most)} of {name}" if most else f"{name}: {NOT_DATED}"
        dated = [citation for use in uses for citation in use.said]
        parts.append(Part(said, (*shown_by(question, name, uses), *dated)))
    if None in held and False not in held:
        return listed(parts, "The portfolio does not say it so exactly. Its dates allow: ")
    return listed(parts, f"{'No' if False in held else 'Yes'}. The portfolio's dates allow: ")


def _is_denied(question: Question, name: str) -> bool:
    """Whether it is only said that the skill was not used."""
    return all(place.denied for place in question.book.skills.get(name, ()))


def _holds(how: str, number: int, wanted: float) -> bool:
    if how in ("more than", "over", "above", "longer than"):
        return number > wanted
    if how in ("less than", "under", "fewer than"):
        return number < wanted
    if how == "up to":
        return number <= wanted
    if how == "about":
        return wanted in (number // 12 * 12, round(number / 12) * 12, number, number - 1)
    if how == "exactly":
        return round(number / 12) == round(wanted / 12)
    return number >= wanted


def _work_places(works: Sequence[Item]) -> list[Citation]:
    return [
        citation
        for work in works
        for citation in work.cite_all("/position", "/name", *work.date_fields)
    ]
