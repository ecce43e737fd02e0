"""Reading a job description: one function from its text to what it asks for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from portfolio.ai.jobs.choices import find_choices
from portfolio.ai.jobs.description import (
    Education,
    JobDescription,
    Level,
    Requirement,
    SpokenLanguage,
    Years,
)
from portfolio.ai.jobs.education import fields_of, find_education
from portfolio.ai.jobs.experience import find_years, general_years
from portfolio.ai.jobs.headings import BOILERPLATE, Part
from portfolio.ai.jobs.items import cut_items
from portfolio.ai.jobs.links import merge_repeats, will_do_too
from portfolio.ai.jobs.masthead import read_masthead
from portfolio.ai.jobs.mentions import names_a_trade, without_mentions
from portfolio.ai.jobs.named import NamedPlaces
from portfolio.ai.jobs.place import find_employment, find_location, find_workplace
from portfolio.ai.jobs.sentences import Sentence, cut_sentences
from portfolio.ai.jobs.settled import forgiven_names, lower_forgiven, really_excluded
from portfolio.ai.jobs.spoken import find_languages
from portfolio.ai.jobs.tables import years_in_row
from portfolio.ai.jobs.title import (
    find_company,
    find_seniority,
    find_title,
    outside_of_name,
    without_brackets,
)
from portfolio.ai.jobs.told import without_what_others_have
from portfolio.ai.jobs.wanted import judge_skills, level_of_sentence
from portfolio.ai.skills.concepts import Category, Skill
from portfolio.ai.skills.finder import find_skills
from portfolio.ai.skills.tokens import Token
from portfolio.ai.skills.vocabulary import Vocabulary, standard_vocabulary

_ASKING_PARTS = frozenset({Part.REQUIRED, Part.NICE_TO_HAVE})


_ASKING = re.compile(
    r"\b(?:with|who|needed|wanted|required|must|gesucht|mit|knows?|experienced? in|looking for)\b",
    re.IGNORECASE,
)
_TITLE_BELOW = re.compile(r"(?:^|\n)\W*(?:job |your )?(?:role|position|title):\s*\Z", re.IGNORECASE)
_LABEL = 20
_LONGEST_TITLE = 60
_WORD = re.compile(r"[^\W\d_]{2,}")
MOST_IN_TITLE = 2
"""More skills than that are a list, which nobody repeats below."""


# A sentence with the skills that it asks for.
_Asking = tuple[Sentence, list[Skill]]


@dataclass(slots=True)
class Findings:
    """What the sentences have given so far."""

    requirements: list[Requirement] = field(default_factory=list)
    excluded: list[Skill] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    education: list[Education] = field(default_factory=list)
    languages: list[SpokenLanguage] = field(default_factory=list)
    forgiven: set[str] = field(default_factory=set)


def read_description(
    text: str, vocabulary: Vocabulary | None = None, tokens: Sequence[Token] | None = None
) -> JobDescription:
    """All that the text says of the job; the same for the same text, in time linear in it.

    Args:
        tokens: of the text, if they are known.
    """
    vocabulary = vocabulary or standard_vocabulary()
    title, company = find_title(text), find_company(text)
    skills = outside_of_name(text, find_skills(text, vocabulary, tokens), company)
    named = NamedPlaces(skills)
    sentences = cut_sentences(text, named)
    found = _read_sentences(text, sentences, title, named, vocabulary)
    asking = [
        text[sentence.start : sentence.end]
        for sentence in sentences
        if sentence.part not in BOILERPLATE or sentence.part is Part.ASIDE
    ]
    told = "\n".join(asking)
    requirements = lower_forgiven(found.requirements, found.forgiven)
    masthead = read_masthead(text, title, named)
    return JobDescription(
        title=title,
        company=company or masthead.company,
        seniority=find_seniority(title, text),
        location=find_location(text) or masthead.place,
        workplace=find_workplace(told),
        employment=find_employment(told, title or ""),
        years=general_years(found.years, skills),
        skill_years=tuple(years for years in found.years if years.skills),
        education=_first_of(found.education, Level.REQUIRED),
        preferred_education=_first_of(found.education, Level.NICE_TO_HAVE),
        languages=tuple({language.name: language for language in found.languages}.values()),
        requirements=tuple(requirements),
        excluded=tuple(really_excluded(found.excluded, requirements)),
    )


def _read_sentences(
    text: str,
    sentences: Sequence[Sentence],
    title: str | None,
    named: NamedPlaces,
    vocabulary: Vocabulary,
) -> Findings:
    """What they ask for; a title comes last, for it is asked for again below it."""
    titles: list[_Asking] = []
    asked: list[_Asking] = []
    asks_apart = named.are_technical and any(s.part in _ASKING_PARTS for s in sentences)
    for sentence in sentences:
        if sentence.part not in BOILERPLATE:
            own = without_what_others_have(
                text, sentence.start, sentence.end, named.between(sentence.start, sentence.end)
            )
            own = merge_repeats(text, own)
            if _is_title(text, sentence, title):
                titles.append((sentence, own))
            else:
                kept = without_mentions(text, sentence, own, asks_apart=asks_apart)
                asked.append((sentence, kept))
    found = Findings()
    for sentence, kept in _without_trades(text, asked):
        _read_sentence(text, sentence, kept, vocabulary, found)
    _read_titles(text, titles, vocabulary, found)
    return found


def _is_title(text: str, sentence: Sentence, title: str | None) -> bool:
    """Whether it is the line of the title: what a title names is asked for below it."""
    line = without_brackets(text[sentence.start : sentence.end])
    if _TITLE_BELOW.search(text, max(0, sentence.start - _LABEL), sentence.start):
        return len(line) < _LONGEST_TITLE and line[-1:] not in ".!?:"
    return (
        title is not None
        and sentence.part in {Part.OPEN, Part.FACTS}
        and (line.startswith(title) or (len(line) < 2 * len(title) and title in line))
        and not line.endswith(".")
    )


def _without_trades(text: str, asked: Sequence[_Asking]) -> Iterator[_Asking]:
    """The sentences without what names a trade, such as `a Java developer`, if it is asked for."""
    names = {skill.name for _, own in asked for skill in own if not names_a_trade(text, skill)}
    for sentence, own in asked:
        left = [s for s in own if s.name not in names or not names_a_trade(text, s)]
        yield sentence, left


def _read_titles(
    text: str,
    titles: Sequence[_Asking],
    vocabulary: Vocabulary,
    found: Findings,
) -> None:
    """What a title asks for counts where nothing below says it again."""
    below = {skill.name for item in found.requirements for skill in item.skills}
    for sentence, own in titles:
        if not below or _asks_beside(text, sentence, own):
            left = [skill for skill in own if skill.name not in below]
            _read_sentence(text, sentence, left, vocabulary, found)
    found.requirements.sort(key=lambda item: item.start)


def _asks_beside(text: str, sentence: Sentence, skills: Sequence[Skill]) -> bool:
    """Whether the line of a title is a list of skills, or says what to bring, as well."""
    if len(skills) > MOST_IN_TITLE:
        return True
    return bool(skills) and _ASKING.search(text, sentence.start, sentence.end) is not None


def _read_sentence(
    text: str, sentence: Sentence, skills: Sequence[Skill], vocabulary: Vocabulary, found: Findings
) -> None:
    start, end = sentence.start, sentence.end
    default = Level.NICE_TO_HAVE if sentence.part is Part.NICE_TO_HAVE else Level.REQUIRED
    levels = judge_skills(text, start, end, skills, default)
    if sentence.part is Part.EXCLUDED:
        found.excluded += [skill for skill in skills if skill.category is not Category.SPOKEN]
        return
    found.forgiven |= forgiven_names(text[start:end], skills)
    education = find_education(text, start, end, skills, default)
    found.languages += find_languages(text, start, end, skills, levels)
    found.education += education
    studied = fields_of(text, start, end, skills) if education else []
    asked = [
        (skill, level)
        for skill, level in zip(skills, levels, strict=True)
        if skill.category is not Category.SPOKEN and skill not in studied
    ]
    own, own_levels = [skill for skill, _ in asked], [level for _, level in asked]
    choices = find_choices(text, start, own, vocabulary) if own else []
    members = [choice.members for choice in choices]
    for each in members:
        # `PostgreSQL (MySQL is fine too)`: what will do instead is wanted as much.
        if will_do_too(text, own[each.stop - 1].end):
            own_levels[each.start : each.stop] = [own_levels[each.start]] * len(each)
    asked = list(zip(own, own_levels, strict=True))
    years = list(find_years(text, start, end, own, own_levels, members, vocabulary, default))
    if own:
        years += years_in_row(text, start, end, own, own_levels)
    found.years += years
    if asked:
        requirements, excluded = cut_items(text, start, end, asked, choices)
        found.requirements += [_with_years(item, years) for item in requirements]
        found.excluded += excluded
    elif not skills and not education and _may_stand_alone(text, sentence):
        level = level_of_sentence(text, start, end, default)
        found.requirements.append(_without_skill(text, sentence, level, years))


def _with_years(item: Requirement, years: Sequence[Years]) -> Requirement:
    names = {skill.name for skill in (*item.skills, *item.soft_skills)}
    own = [each for each in years if names.intersection(each.skills)]
    return replace(item, years=own[0], other_years=tuple(own[1:])) if own else item


def _may_stand_alone(text: str, sentence: Sentence) -> bool:
    """Whether it is a requirement though it names no skill."""
    if not sentence.is_bullet or sentence.part not in _ASKING_PARTS:
        return False
    return _WORD.search(text, sentence.start, sentence.end) is not None


def _without_skill(
    text: str, sentence: Sentence, level: Level, years: Sequence[Years]
) -> Requirement:
    asked = next(iter(years), None)
    content = text[sentence.start : sentence.end]
    return Requirement(content, sentence.start, sentence.end, level, years=asked)


def _first_of(education: Sequence[Education], level: Level) -> Education | None:
    """The first that is asked for, before one that only stands for years of work."""
    own = (each for each in education if each.level is level)
    return min(own, key=lambda each: each.is_alternative, default=None)
