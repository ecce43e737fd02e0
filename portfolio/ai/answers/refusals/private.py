"""What no portfolio answers: private matters, opinions, the world."""

import re

from ..answer import Answer
from ..language.lexicon import AGE, ASKING, MONEY, OPINION, OWNER, PRIVATE, WORKED_WITH, WORLD
from ..language.words import root, roots
from ..questions.reading import Question
from ..replies import refusal

_CONTACT = (
    (r"e-? ?mail|mail address", "/email", "e-mail address"),
    (
        r"(?:tele)?phone (?:numbers?|no)\b|(?:tele)?phone(?=$| (?:is|for|of|please|or|and|to)\b)|"
        r"mobile number|cell ?phone|whatsapp|"
        r"(?:can|could|may|to) (?:(?:i|we|one) )?(?:call|ring) (?:her|him|them|you)\b",
        "/phone",
        "telephone number",
    ),
    (
        r"(?:home|street|postal|mailing|her|his|their|your|exact|full) address|"
        r"post ?code|postal code|zip(?: code)?\b(?! files?)|where exactly .* live",
        "/address",
        "street address",
    ),
)
_NEAR = 2
"""Words before a private one among which somebody is named."""
_NUMBER_OF = r"\b(?:phone|telephone|mobile) number\b"


def refuse_private(question: Question) -> Answer | None:
    """A refusal if the question is about what a portfolio does not say of anybody."""
    return _contact(question) or _private(question) or _opinion_or_world(question)


def _contact(question: Question) -> Answer | None:
    for pattern, pointer, called in _CONTACT:
        if not re.search(rf"\b(?:{pattern})", question.plain) or question.skills:
            continue
        if question.matches(r"\b(?:built|build|app|project|mobile app|develop\w*|used|on a)\b"):
            continue
        is_owner = question.is_about_owner or question.matches(_NUMBER_OF)
        if not (is_owner or len(question.words) <= 5):
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
        if question.skills or _told(question, topic, match[0]) or _of_work(question, topic, match):
            return None
        return refusal(f"The portfolio does not say anything about {topic}.")
    return None


def _of_work(question: Question, topic: str, match: re.Match[str]) -> bool:
    """Whether the words that made it private are of what the portfolio tells of, and not of its
    owner: dogs of a vet, churches of an organ builder."""
    if topic not in WORKED_WITH or not all(map(question.book.has, roots(match[0]))):
        return False
    before = question.words[: len(question.plain[: match.start()].split())][-_NEAR:]
    return not any(word in OWNER or word in question.book.own_names for word in before)


def _told(question: Question, topic: str, words: str) -> bool:
    """Whether one sentence has the words that made it private, and whatever else is asked."""
    skip = ASKING | OWNER
    wanted = {root(word) for word in re.findall(r"[a-z]+", words) if word not in skip}
    wanted |= {word for word in question.topic_words if question.book.weight(word) > 0}
    if not wanted or topic in (MONEY, AGE):
        return False
    return any(wanted <= sentence.roots for sentence in question.book.sentences)


def _opinion_or_world(question: Question) -> Answer | None:
    name = question.book.first_name.lower() or "she"
    if re.search(OPINION.replace("{name}", re.escape(name)), question.plain):
        return refusal("The portfolio does not say that; it gives facts to judge by.")
    if re.search(WORLD, question.plain) and not question.is_about_owner and not question.mentions:
        return refusal("The portfolio does not say anything about that.")
    return None
