"""How well each sentence answers a question, and how likely it is that any does."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...retrieval import Hit
from ..book.items import Sentence
from ..language.question_types import SYNONYMS
from ..questions.matching import covers
from ..questions.reading import Question
from .asking import ASKS_HOW_MANY, ASKS_WHY, Asking
from .features import Matrix, candidates, describe
from .weights import Weights, fitted_weights

RARE = 3
"""Items that have a word which says much."""

SHORT = 8

_YES_OR_NO = r"^(?:and )?(?:has|have|did|does|do|is|was|can|were|are|could|would)\b"
_NAMES = r"\b(?:name|names|which|who|whose|whom)\b"
_LATER = 10


@dataclass(frozen=True)
class Rated:
    """A sentence and how well it answers, in logits that are comparable within one question."""

    sentence: Sentence
    score: float
    covered: float
    fits: bool


@dataclass(frozen=True)
class Rating:
    """What the sentences of a portfolio are worth as answers.

    Attributes:
        ranked: the best first.
        signs: what speaks for and against there being an answer.
        likely: how likely it is that the best of them answers, 0 to 1.
    """

    ranked: Sequence[Rated]
    signs: Mapping[str, float]
    likely: float


def rate(question: Question, hits: Sequence[Hit], weights: Weights | None = None) -> Rating:
    """Rate the sentences of what was found.

    Args:
        weights: the fitted ones, unless others are tried.
    """
    weights = weights or fitted_weights()
    asking = Asking(question)
    sentences = candidates(asking, hits)
    names, rows = describe(asking, sentences, hits)
    if not sentences:
        return Rating((), {}, 0.0)
    scores = rows @ weights.rank_row(names)
    order = [int(row) for row in np.argsort(-scores, kind="stable")]
    signs = find_signs(asking, names, rows[order], scores[order])
    fit = names.index("fits")
    ranked = [
        Rated(
            sentences[row],
            float(scores[row]),
            asking.said(sentences[row]).covered,
            bool(rows[row, fit]),
        )
        for row in order
    ]
    if not signs["most meaning"]:
        return _by_words(ranked, signs)
    return Rating(ranked, signs, weights.likelihood(signs))


def _by_words(ranked: Sequence[Rated], signs: Mapping[str, float]) -> Rating:
    """Without embeddings the weights mean nothing: what says most of the question's words."""
    ranked = sorted(ranked, key=lambda one: (-one.fits, -one.covered))
    return Rating(ranked, signs, ranked[0].covered if ranked[0].fits else 0.0)


def find_signs(
    asking: Asking, names: Sequence[str], rows: Matrix, scores: Matrix
) -> dict[str, float]:
    """What speaks for and against the best row's being an answer.

    Args:
        rows: of the sentences, the best first.
        scores: theirs.
    """
    question = asking.question
    columns = {name: rows[:, place] for place, name in enumerate(names)}
    covered = columns["said exactly"] + columns["said nearly"]
    meaning = columns["meaning"]
    shares = np.exp(scores - scores[0])
    asks_name = question.matches(_NAMES)
    return {
        "score": float(scores[0]),
        "before the next": float(scores[0] - scores[min(1, len(scores) - 1)]),
        "before the others": float(scores[0] - scores[:_LATER].mean()),
        "share": float(1 / shares.sum()),
        "meaning": float(meaning[0]),
        "most meaning": float(meaning.max()),
        "meaning of three": float(meaning[:3].mean()),
        "said exactly": float(columns["said exactly"][0]),
        "said": float(covered[0]),
        "said at most": float(covered.max()),
        "said in three": float(covered[:3].max()),
        "rarest": float(columns["rarest"][0]),
        "fits": float(columns["fits"][0]),
        "prose": float(columns["prose"][0]),
        "known": asking.known_share,
        "unknown words": float(min(len(asking.unknown), 3)),
        "words of the topic": len(asking.topic) / 5,
        "words": len(question.words) / 10,
        "object unknown": _stranger(question),
        "beside": float(_is_beside(asking)),
        "scoped": float(asking.is_scoped),
        "best in scope": float(columns["in scope"][0]),
        "follows": float(question.follows),
        "yes or no": float(question.matches(_YES_OR_NO)),
        "asks for a name": float(asks_name),
        "meaning of a name": float(asks_name) * float(meaning[0]),
        "why": float(question.matches(ASKS_WHY)),
        "how many": float(question.matches(ASKS_HOW_MANY)),
    }


def _stranger(question: Question) -> float:
    """Whether the object of a short question of yes or no is a word that nothing here has."""
    if not re.match(r"(?:has|have|did|does|do|is|was|can|which)\b", question.plain):
        return 0.0
    if not question.topic_words or len(question.words) > SHORT:
        return 0.0
    word = question.topic_words[-1]
    book = question.book
    if book.has(word) or any(book.has(other) for other in SYNONYMS.get(word, ())):
        return 0.0
    return 1.0 if len(question.words) < SHORT - 2 else 0.3


def _is_beside(asking: Asking) -> bool:
    """Whether a rare word of what is asked about a thing is said of something else only."""
    question = asking.question
    if not any(item.type != "skill" for item in question.subjects):
        return False
    near = [sentence.roots for sentence in asking.naming]
    there = frozenset[str]().union(*(item.roots for item in asking.scope), *near)
    return any(_is_elsewhere(question, word, there) for word in question.topic_words)


def _is_elsewhere(question: Question, word: str, there: frozenset[str]) -> bool:
    if not 0 < question.book.frequency(word) <= RARE or covers(there, word):
        return False
    return not any(other in there for other in SYNONYMS.get(word, ()))
