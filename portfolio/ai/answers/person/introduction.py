"""Who somebody is, for whoever asks no more than that: told as the profile begins."""

import re

from ..answer import Answer
from ..book.items import Item
from ..language.lexicon import OWNER
from ..questions.reading import Question
from ..replies import Part, fact

_ASKS = re.compile(
    r"(?:(?:and|so|ok|okay|well|please|just|can|could|would|will|you|me|us|give) )*"
    r"(?:who (?:exactly )?(?:is|are)|introduce|describe|summari[sz]e|"
    r"tell (?:me |us )?(?:something |more |all |everything |briefly |a bit |a little )*about|"
    r"(?:an? |the )?(?:short |brief |quick )*(?:introduction|summary|overview) (?:of|to))\b"
)
_LEFT_OUT = re.compile(
    r"\b(?:an?|the|that|of|in|please|briefly|shortly|short|quickly|exactly|really|one|two|few|"
    r"sentences?|words|nutshell|career|background)\b"
)
_SENTENCES = 2


def answer_who(question: Question) -> Answer | None:
    """Name, label and how the summary begins, if nothing else is asked of the owner."""
    if len(question.book.people) != 1 or question.mentions or question.focus:
        return None
    asks = _ASKS.match(question.plain)
    meant = _LEFT_OUT.sub("", question.plain[asks.end() :]).split() if asks else []
    if not meant or any(word not in OWNER | question.book.own_names for word in meant):
        return None
    person = question.book.people[0]
    called = name_of(person)
    told = [one for one in person.sentences if one.prose and one.mark.field == "/summary"]
    told = told[:_SENTENCES]
    quotes = [f"“{one.text}”" for one in told]
    citations = [*called.citations, *(one.cite(0.9) for one in told)]
    return fact(" ".join([f"{called.text}.", *quotes]), citations)


def name_of(person: Item) -> Part:
    """With what the person is, if that is said."""
    fields = [name for name in ("/name", "/label") if person.text(name)]
    return Part(", ".join(map(person.text, fields)), tuple(person.cite_all(*fields)))
