"""What a question takes for granted and the portfolio does not say: then nothing is claimed."""

import re

from ..skills.concepts import Category, Skill
from .answer import Answer, Citation
from .items import Item
from .lexicon import OPINION, PRIVATE, WORLD
from .reading import PROPER, Question
from .replies import describe, refusal
from .skills_asked import present
from .words import root, roots

_CONTACT = (
    (r"e-? ?mail|mail address", "/email", "e-mail address"),
    (r"phone|telephone|mobile number|cell(?:phone)?|call (?:her|him|them|you)|whatsapp|number to call",
     "/phone", "telephone number"),
    (r"(?:home|street|postal|postcode|post code|zip)(?: ?code| address)?\b(?! office)|"
     r"(?:her|his|their|your|exact|full) address|where exactly .* live", "/address", "street address"),
)  # fmt: skip
_CALLED = {"/email": "e-mail", "/phone": "phone"}
_SAYS_SO = (
    r"\b(?:say|said|says|think|thinks|thought|recommend\w*|quote|opinion|reference|describe[sd]?)\b"
)
_PERSON = r"\b(?:reach|contact|study|studied|live|lives|work|works|run|runs|job|employed|age|old|now|salary|email|phone|born)\b"


def refuse_unsupported(question: Question) -> Answer | None:
    """A refusal if the question is about what no portfolio says, or names what this one has not."""
    return (
        _contact(question)
        or _private(question)
        or _opinion_or_world(question)
        or _other_person(question)
        or _skills(question)
        or _conflict(question)
    )


def _contact(question: Question) -> Answer | None:
    for pattern, pointer, called in _CONTACT:
        if not re.search(rf"\b(?:{pattern})", question.plain) or question.skills:
            continue
        if question.matches(r"\b(?:built|build|app|project|mobile app|develop\w*|used|on a)\b"):
            continue
        if not (question.is_about_owner or len(question.words) <= 5):
            continue
        people = question.book.people
        shown = [person.cite(pointer) for person in people if person.text(pointer)]
        if shown:
            return None
        nearest = [person.cite("/url") for person in people if person.text("/url")]
        more = f" There is a website: {nearest[0].quote}" if nearest else ""
        return refusal(f"The portfolio does not show {_article(called)} {called}.{more}", nearest)
    return None


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _private(question: Question) -> Answer | None:
    for topic, pattern in PRIVATE.items():
        name = question.book.first_name.lower() or "she"
        match = re.search(pattern.replace("{name}", re.escape(name)), question.plain)
        if match is None:
            continue
        if question.skills or _told(question, match[0]):
            return None
        return refusal(f"The portfolio does not say anything about {topic}.")
    return None


def _told(question: Question, words: str) -> bool:
    """Whether one sentence has the words that made it private, and whatever else is asked."""
    wanted = {root(word) for word in re.findall(r"[a-z]+", words)}
    wanted &= set(question.topic_words)
    if not wanted:
        return False
    return any(wanted <= sentence.roots for sentence in question.book.sentences)


def _opinion_or_world(question: Question) -> Answer | None:
    name = question.book.first_name.lower() or "she"
    if re.search(OPINION.replace("{name}", re.escape(name)), question.plain):
        return refusal("The portfolio does not say that; it gives facts to judge by.")
    if re.search(WORLD, question.plain) and not question.is_about_owner and not question.mentions:
        return refusal("The portfolio does not say anything about that.")
    return None


def _other_person(question: Question) -> Answer | None:
    named = [
        item for mention in question.mentions for item in mention.items if item.type == "reference"
    ]
    if not named or question.matches(_SAYS_SO) or not question.matches(_PERSON):
        return None
    person = named[0]
    who = person.name.split(",")[0]
    return refusal(
        f"The portfolio does not say that about {who}. It says: “{person.name}”.",
        [person.cite("/name")],
    )


def _skills(question: Question) -> Answer | None:
    missing = [skill for skill in question.found_skills if _is_missing(question, skill)]
    names = [skill.surface for skill in missing]
    for name in question.skills:
        if not present(question, name) and name not in {skill.name for skill in missing}:
            if all(name != skill.name for skill in question.found_skills):
                names.append(name)
    languages = _spoken(question)
    names = list(dict.fromkeys([*names, *languages, *question.strange_names]))
    if not names:
        return None
    nearest = _nearest(question, [skill.name for skill in missing])
    text = f"The portfolio does not mention {_joined(names)}."
    if nearest:
        quotes = ", ".join(f"“{citation.quote}”" for citation in nearest)
        text = f"{text} The nearest that it names: {quotes}."
    return refusal(text, nearest)


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _is_missing(question: Question, skill: Skill) -> bool:
    book = question.book
    if skill.category is Category.SPOKEN or present(question, skill.name):
        return False
    if any(skill.surface.lower() in item.name.lower() for item in question.subjects):
        return False
    words = [root(word.lower()) for word in re.findall(r"[\w+#]+", skill.surface)]
    if skill.category in PROPER or not _is_phrase(question, skill):
        if len(words) == 1 and skill.category not in PROPER and book.has(words[0]):
            return False
        return True
    in_one = any(set(words) <= sentence.roots for sentence in book.sentences)
    return not in_one and question.is_about_owner and len(question.topic_words) <= len(words) + 1


def _is_phrase(question: Question, skill: Skill) -> bool:
    """Whether it is made of common words, such as machine learning."""
    return all(
        question.book.is_common(word) for word in re.findall(r"[a-z]+", skill.surface.lower())
    )


def _spoken(question: Question) -> list[str]:
    """Spoken languages that are asked for and not there."""
    book = question.book
    own = {root(word) for item in book.of("language") for word in roots(item.name)}
    asked = [skill for skill in question.found_skills if skill.category is Category.SPOKEN]
    names = [
        skill.surface
        for skill in asked
        if not set(roots(skill.surface)) <= own and skill.surface.lower() not in book.words
    ]
    return names if not any(set(roots(skill.surface)) <= own for skill in asked) else []


def _nearest(question: Question, names: list[str]) -> list[Citation]:
    """Skills of the portfolio that may stand for the missing ones."""
    vocabulary = question.book.vocabulary
    found = [
        places[0]
        for own, places in question.book.skills.items()
        if any(vocabulary.are_alternatives(name, own) for name in names)
    ]
    return [
        place.item.cite(place.mark.field, 0.5, (place.mark.start, place.mark.end))
        for place in found
        if place.mark.end - place.mark.start < 60
    ][:3]


def _conflict(question: Question) -> Answer | None:
    """A skill or project that is asked about at an employer that has nothing of it."""
    works = [
        item
        for mention in question.mentions
        for item in mention.items
        if item.type in ("work", "volunteer", "education")
    ]
    projects = [
        item for mention in question.mentions for item in mention.items if item.type == "project"
    ]
    if not works:
        return None
    group = {member for work in works for member in question.book.group_of(work)}
    strangers: list[Item] = [project for project in projects if project not in group]
    if projects and strangers and not question.matches(r"\b(?:before|after|or|and)\b"):
        said = describe(strangers[0])
        return refusal(
            f"The portfolio does not connect {strangers[0].name} with {works[0].name}. "
            f"It says: {said.text}.",
            said.citations,
        )
    for name in question.skills:
        own = present(question, name)
        places = question.book.skills.get(own, ())
        if places and not any(place.item in group for place in places):
            return refusal(f"The portfolio does not say that {own} was used at {works[0].name}.")
    return None
