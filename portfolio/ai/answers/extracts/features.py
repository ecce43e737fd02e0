"""What speaks for a sentence as the answer to a question, in numbers."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...retrieval import Hit
from ..book.book import Book
from ..book.items import Item, Sentence
from ..questions.fitting import MONEY, NUMBER, cannot_answer, fits
from .asking import Asking

Matrix = NDArray[np.float64]
_REASON = re.compile(
    r"\b(?:because|since|so that|so|reason|in order|therefore|which is why|to)\b", re.I
)
_HAS_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEARLY_ALL = 0.99
_FIELDS = ("/description", "/summary", "/highlights", "/challenges", "/learnings", "/achievements")
_TYPES = ("project", "work", "profile", "reference")


def describe(
    asking: Asking, sentences: Sequence[Sentence], hits: Sequence[Hit]
) -> tuple[tuple[str, ...], Matrix]:
    """The names of the numbers, and a row of them for each sentence."""
    meaning, words = _found(asking.book, hits)
    most = max((hit.meaning for hit in hits), default=0.0)
    rows = [
        _row(asking, sentence, meaning.get(sentence, 0.0), most, words.get(sentence, 0.0))
        for sentence in sentences
    ]
    if not rows:
        return (), np.zeros((0, 0))
    of_items: dict[Item, float] = {}
    for sentence in sentences:
        known = of_items.get(sentence.item, 0.0)
        of_items[sentence.item] = max(known, meaning.get(sentence, 0.0))
    for sentence, row in zip(sentences, rows, strict=True):
        row["most of the item"] = of_items[sentence.item]
    names = tuple(rows[0])
    return names, np.array([[row[name] for name in names] for row in rows], np.float64)


def candidates(asking: Asking, hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences of what was found that may answer, in the portfolio's order.

    A question about something in certain years has no answer in what was then not.
    """
    found = set(_found(asking.book, hits)[0])
    return [
        sentence
        for sentence in asking.book.sentences
        if sentence in found
        and (sentence.item in asking.scope or sentence in asking.naming)
        and not cannot_answer(asking.question, sentence)
    ]


def _found(
    book: Book, hits: Sequence[Hit]
) -> tuple[Mapping[Sentence, float], Mapping[Sentence, float]]:
    """Cosine, and share of the best BM25, of the chunk in which a sentence stands."""
    meaning: dict[Sentence, float] = {}
    words: dict[Sentence, float] = {}
    best = max((hit.words for hit in hits), default=0.0) or 1.0
    for hit in hits:
        chunk = hit.chunk
        for span in chunk.spans:
            for sentence in book.sentences_at(chunk.source_type, chunk.source_id, span.field):
                if span.start < sentence.mark.end and sentence.mark.start < span.end:
                    meaning[sentence] = max(meaning.get(sentence, -1.0), hit.meaning)
                    words[sentence] = max(words.get(sentence, 0.0), hit.words / best)
    return meaning, words


def _row(
    asking: Asking, sentence: Sentence, meaning: float, most: float, words: float
) -> dict[str, float]:
    said, text, field = asking.said(sentence), sentence.text, sentence.mark.field
    before, after = asking.book.neighbours(sentence)
    has_number = _HAS_NUMBER.search(text) is not None
    item = sentence.item
    is_asked, is_name = item.type in asking.sections, field == item.name_field
    row: dict[str, float] = {
        "meaning": meaning,
        "meaning less the most": meaning - most,
        "words": words,
        "said exactly": said.exact,
        "said nearly": said.near,
        "said by name": said.name,
        "said by item": said.item,
        "rarest": said.rarest,
        "said before": asking.said(before).covered if before else 0.0,
        "said after": asking.said(after).covered if after else 0.0,
        "said and meant": said.exact * meaning,
        "all said": said.covered > _NEARLY_ALL,
        "in scope": asking.is_scoped and item in asking.scope,
        "names it": asking.is_scoped and sentence in asking.naming,
        "in what is named": item in asking.named,
        "of the years": any(year in text for year in asking.years),
        "has the skill": (item, sentence.mark) in asking.skilled,
        "under the heading": bool(asking.heading) and field.startswith(asking.heading),
        "why and a reason": asking.why and _REASON.search(text) is not None,
        "why and a lesson": asking.why and field.startswith("/learnings"),
        "how and a challenge": asking.how and field.startswith("/challenges"),
        "how many and a number": asking.many and has_number,
        "how many and none": asking.many and not has_number,
        "money": asking.money and MONEY.search(text) is not None,
        "when and a year": asking.when and _HAS_YEAR.search(text) is not None,
        "fits": fits(asking.question, sentence),
        "of the section": is_asked,
        "prose of the section": is_asked and sentence.prose,
        "name in the section": is_asked and is_name,
        "name": is_name,
        "prose": sentence.prose,
        "first": before is None,
        "length": float(np.log1p(len(text))) / 5,
        "an employer's description": item.type == "work" and field == "/description",
    }
    row |= {f"type {kind}": item.type == kind for kind in _TYPES}
    row |= {f"field {name[1:]}": field.startswith(name) for name in _FIELDS}
    return row
