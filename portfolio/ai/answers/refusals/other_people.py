"""People beside the owner: of them nothing is known but the sentences that name them."""

import re
from collections.abc import Iterator, Sequence

from ...lexical import fold
from ..answer import Answer
from ..book.book import Book
from ..book.capitals import Name
from ..book.items import Sentence
from ..language.lexicon import ABOUT_WORK, ASKING, COMMON_NAMES, NOW, OWNER
from ..language.words import root, words_of
from ..questions.matching import covers
from ..questions.reading import Question
from ..replies import refusal

_SAYS_SO = (
    r"\b(?:say|said|says|think|thinks|thought|recommend\w*|quote|opinion|reference|describe[sd]?)\b"
)
_PERSON = (
    r"\b(?:reach|contact|study|studied|live|lives|work|works|run|runs|job|employed|age|old|"
    r"now|salary|email|phone|born)\b"
)
_TELLS_NOW = re.compile(NOW, re.IGNORECASE)
_SUBJECT = (
    r"\b(?:is|was|are|were|does|do|did|has|have|had|can|could|will|would) (?:\w+ ){{0,2}}{name}\b"
)
_LEAST = 0.5


def refuse_other_person(question: Question) -> Answer | None:
    """A refusal if it asks of somebody else what no sentence with the name says."""
    return _referee(question) or _named_in_prose(question)


def _referee(question: Question) -> Answer | None:
    named = [
        mention.items[0]
        for mention in question.mentions
        if all(item.type == "reference" for item in mention.items)
    ]
    if not named or question.matches(_SAYS_SO) or not question.matches(_PERSON):
        return None
    person = named[0]
    who = person.name.split(",")[0]
    return refusal(
        f"The portfolio does not say that about {who}. It says: “{person.name}”.",
        [person.cite("/name")],
    )


def _named_in_prose(question: Question) -> Answer | None:
    named = {w for one in question.mentions for w in question.words[one.start : one.end]}
    for name, sentences in _people(question):
        if name[0] in named or not question.matches(_SUBJECT.format(name=re.escape(name[0]))):
            continue
        asks_now = question.matches(NOW)
        told_now = any(_TELLS_NOW.search(sentence.text) for sentence in sentences)
        if (asks_now and not told_now) or not _is_told(question, name, sentences):
            nearest = sentences[0].cite(0.5)
            return refusal(
                f"The portfolio does not say that. What it says of that name: “{nearest.quote}”",
                [nearest],
            )
    return None


def _people(question: Question) -> Iterator[tuple[Name, list[Sentence]]]:
    """Names of people in the portfolio's sentences that the question names, with these."""
    for name, sentences in question.book.capitals.items():
        if name[0] in question.words and _is_person(question.book, name):
            yield name, sentences


def _is_person(book: Book, words: Sequence[str]) -> bool:
    """Whether the words of a name are of nothing else: no thing, no skill, no place, no month."""
    skilled = {fold(word) for name in book.skills for word in words_of(name)}
    things = (item.called_words for item in book.items if item.type not in ("profile", "reference"))
    return words[0] not in frozenset[str]().union(*things) and not any(
        word in book.lower_words | book.own_names | book.places | COMMON_NAMES | skilled
        or book.vocabulary.name_of(word)
        for word in words
    )


def _is_told(question: Question, name: Sequence[str], sentences: Sequence[Sentence]) -> bool:
    """Whether the sentences with the name have most of what else is asked."""
    skip = ASKING | OWNER | ABOUT_WORK | frozenset(name)
    wanted = [root(word) for word in question.words if word not in skip]
    near = [place for one in sentences for place in (one, *question.book.neighbours(one)) if place]
    told = frozenset[str]().union(*(one.roots for one in near))
    weight = question.book.weight
    total = sum(map(weight, wanted))
    return total == 0 or sum(weight(w) for w in wanted if covers(told, w)) >= _LEAST * total
