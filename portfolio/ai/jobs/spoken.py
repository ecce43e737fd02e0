"""Which languages are to be spoken, how well, and which of them are an either/or."""

import re
from collections.abc import Iterator, Sequence

from portfolio.ai.jobs.description import Level, SpokenLanguage
from portfolio.ai.jobs.leads import number_asked
from portfolio.ai.skills.concepts import Category, Skill

_PROFICIENCY = re.compile(
    r"\b(?:[ABC][12](?!\w)|native(?:-level)?|fluent(?:ly)?|fluency|business[- ]fluent"
    r"|conversational|proficient|"
    r"bilingual|mother tongue|verhandlungssicher\w*|flie\u00dfend\w*|elementary|limited|beginner\w*"
    r"|grundkenntnisse|near-native|upper[- ]intermediate|muttersprache"
    r"|professional proficiency|"
    r"excellent|very good|good|basic|advanced|intermediate)",
    re.IGNORECASE,
)
# What may stand between two languages of a list besides its sign: how well they are to be spoken.
_GRADE = re.compile(
    rf"{_PROFICIENCY.pattern}|\([^()]*\)|\b(?:at|on|auf|in|level|niveau|skills|language|speaker|"
    r"languages|kenntnisse|proficiency|command|of|a|an|or higher|or better|oder besser|spoken"
    r"|written|either|else|alternatively|also|both)\b|\+|[\s\u00a0]+",
    re.IGNORECASE,
)
_OR = re.compile(r",?(?:or|oder|and/or|und/oder|bzw\.?)", re.IGNORECASE)
_BEFORE = 40
_AFTER = 30
_FURTHEST = 60


def find_languages(
    text: str, start: int, end: int, skills: Sequence[Skill], levels: Sequence[Level | None]
) -> Iterator[SpokenLanguage]:
    """The spoken languages of a sentence that are wanted."""
    wanted = [
        (skill, level)
        for skill, level in zip(skills, levels, strict=True)
        if skill.category is Category.SPOKEN and level is not None
    ]
    if not wanted:
        return
    for group in _choices(text, start, wanted):
        grades = [_proficiency(text, start, end, wanted[i][0]) for i in group]
        # `German or French (B2)` and `fluent German or French` grade both.
        shared = next((grade for grade in [grades[-1], *grades] if grade), None)
        for i, grade in zip(group, grades, strict=True):
            skill, level = wanted[i]
            others = tuple(dict.fromkeys(wanted[k][0].name for k in group))
            yield SpokenLanguage(
                skill.name,
                grade or shared,
                level,
                skill.start,
                skill.end,
                tuple(name for name in others if name != skill.name),
            )


def _choices(
    text: str, start: int, wanted: Sequence[tuple[Skill, Level]]
) -> Iterator[Sequence[int]]:
    """Each language alone, or with those that an `or` joins it to."""
    first = 0
    for i in range(len(wanted)):
        if i + 1 < len(wanted) and _sign(text, wanted, i) not in {None, "and"}:
            continue
        yield from _either_or(text, start, wanted, range(first, i + 1))
        first = i + 1


def _either_or(
    text: str, start: int, wanted: Sequence[tuple[Skill, Level]], run: range
) -> Iterator[Sequence[int]]:
    """A list between two `and`: a choice up to its last `or`, the rest one by one."""
    lead = text[max(start, wanted[run.start][0].start - _FURTHEST) : wanted[run.start][0].start]
    ors = [i for i in run[:-1] if _sign(text, wanted, i) == "or"]
    past = run.stop if number_asked(lead) else (ors[-1] + 2 if ors else run.start)
    if past > run.start:
        yield range(run.start, past)
    yield from ([i] for i in range(past, run.stop))


def _sign(text: str, wanted: Sequence[tuple[Skill, Level]], i: int) -> str | None:
    """How a language is listed with the next one: `or`, a comma, `and`, or not at all."""
    (one, level), (other, next_level) = wanted[i : i + 2]
    gap = text[one.end : other.start]
    if level is not next_level or len(gap) > _FURTHEST:
        return None
    sign = _GRADE.sub("", gap).strip().lower()
    if _OR.fullmatch(sign):
        return "or"
    return "," if sign == "," else "and"


def _proficiency(text: str, start: int, end: int, skill: Skill) -> str | None:
    """A grade right behind the language, or the last word of quality before it."""
    behind = re.match(r"[^,;.]*", text[skill.end : min(end, skill.end + _AFTER)])
    if behind and (match := _PROFICIENCY.search(behind.group())):
        return match.group()
    before = re.split(r"[,;)]", text[max(start, skill.start - _BEFORE) : skill.start])[-1]
    grades = _PROFICIENCY.findall(before)
    return grades[-1] if grades else None
