"""Reading a job description: one function from its text to what it asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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
from portfolio.ai.jobs.links import merge_repeats
from portfolio.ai.jobs.masthead import read_masthead
from portfolio.ai.jobs.named import NamedPlaces
from portfolio.ai.jobs.place import find_employment, find_location, find_workplace
from portfolio.ai.jobs.sentences import Sentence, cut_sentences
from portfolio.ai.jobs.spoken import find_languages
from portfolio.ai.jobs.title import find_company, find_seniority, find_title, outside_of_name
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
MOST_IN_TITLE = 2
"""More skills than that are a list, which nobody repeats below."""


@dataclass(slots=True)
class Findings:
    """What the sentences have given so far."""

    requirements: list[Requirement] = field(default_factory=list)
    excluded: list[Skill] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    education: list[Education] = field(default_factory=list)
    languages: list[SpokenLanguage] = field(default_factory=list)


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
    found = Findings()
    asking, titles = [], []
    for sentence in cut_sentences(text, named):
        if sentence.part not in BOILERPLATE or sentence.part is Part.ASIDE:
            asking.append(text[sentence.start : sentence.end])
        if sentence.part not in BOILERPLATE:
            own = merge_repeats(text, named.between(sentence.start, sentence.end))
            if _is_title(text, sentence, title) and not _asks_beside(text, sentence, own):
                titles.append((sentence, own))
            else:
                _read_sentence(text, sentence, own, vocabulary, found)
    if not found.requirements:
        for sentence, own in titles:
            _read_sentence(text, sentence, own, vocabulary, found)
    told = "\n".join(asking)
    masthead = read_masthead(text, title, named)
    return JobDescription(
        title=title,
        company=company or masthead.company,
        seniority=find_seniority(title),
        location=find_location(text) or masthead.place,
        workplace=find_workplace(told),
        employment=find_employment(told, title or ""),
        years=general_years(found.years, skills),
        skill_years=tuple(years for years in found.years if years.skills),
        education=_least_of(found.education, Level.REQUIRED),
        preferred_education=_least_of(found.education, Level.NICE_TO_HAVE),
        languages=tuple({language.name: language for language in found.languages}.values()),
        requirements=tuple(found.requirements),
        excluded=tuple(found.excluded),
    )


def _is_title(text: str, sentence: Sentence, title: str | None) -> bool:
    """Whether it is the line of the title: what a title names is asked for below it."""
    line = text[sentence.start : sentence.end]
    return (
        title is not None
        and sentence.part in {Part.OPEN, Part.FACTS}
        and (line.startswith(title) or (len(line) < 2 * len(title) and title in line))
        and not line.endswith(".")
    )


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
    years = list(find_years(text, start, end, skills, levels))
    education = find_education(text, start, end, skills, default)
    found.years += years
    found.languages += find_languages(text, start, end, skills, levels)
    found.education += education
    studied = fields_of(text, start, end, skills) if education else []
    asked = [
        (skill, level)
        for skill, level in zip(skills, levels, strict=True)
        if skill.category is not Category.SPOKEN and skill not in studied
    ]
    if asked:
        requirements, excluded = cut_items(text, start, end, asked, vocabulary)
        found.requirements += [_with_years(item, years) for item in requirements]
        found.excluded += excluded
    elif not skills and not education and _may_stand_alone(text, sentence):
        level = level_of_sentence(text, start, end, default)
        found.requirements.append(_without_skill(text, sentence, level, years))


def _with_years(item: Requirement, years: Sequence[Years]) -> Requirement:
    names = {skill.name for skill in item.skills}
    own = next((each for each in years if names.intersection(each.skills)), None)
    return replace(item, years=own) if own else item


def _may_stand_alone(text: str, sentence: Sentence) -> bool:
    """Whether it is a requirement though it names no skill."""
    if not sentence.is_bullet or sentence.part not in _ASKING_PARTS:
        return False
    return len(text[sentence.start : sentence.end].split(maxsplit=2)) > 2


def _without_skill(
    text: str, sentence: Sentence, level: Level, years: Sequence[Years]
) -> Requirement:
    asked = next(iter(years), None)
    content = text[sentence.start : sentence.end]
    return Requirement(content, sentence.start, sentence.end, level, years=asked)


def _least_of(education: Sequence[Education], level: Level) -> Education | None:
    return next((each for each in education if each.level is level), None)
