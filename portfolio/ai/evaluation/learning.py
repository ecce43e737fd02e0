"""Fits the weights of answers to examples: two logistic regressions, in numpy.

The first ranks the sentences of one question (a conditional logit: Luce 1959, McFadden 1974); the
second says whether there is an answer. Both are held back by the square of their weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portfolio.ai.answers.extracts.asking import Asking
from portfolio.ai.answers.extracts.features import Matrix
from portfolio.ai.answers.extracts.rating import find_signs
from portfolio.ai.answers.extracts.weights import Weights

RANK_PENALTY = 0.01
ANSWER_PENALTY = 5.0
REFUSED = 0.75
"""Of the unanswerable questions that reach the sentences so many are to be refused."""
LEFT = 4
"""A question that no rule answers counts as much as so many that one does."""
QUOTED = 3
STEPS = 400
RATE = 0.05
"""Of Adam (Kingma and Ba 2015)."""
ROUNDS = 30
TINY = 1e-9

Decided = tuple[dict[str, float], bool]
"""The signs of a question, and whether it has an answer."""


@dataclass(frozen=True)
class Example:
    """A question with what is known of its answer.

    Attributes:
        rows: a row of numbers for each sentence, by these names.
        right: which rows have the evidence.
        is_left: whether no rule answers it, so that sentences have to.
    """

    resume: str
    asking: Asking
    names: tuple[str, ...]
    rows: Matrix
    right: NDArray[np.bool_]
    answerable: bool
    is_left: bool


@dataclass(frozen=True)
class Validated:
    """What weights do on a résumé that they were not fitted to.

    Attributes:
        found: questions whose evidence is among the sentences that are quoted, and of how many.
        refused: unanswerable questions that are refused, and of how many.
        answered: answerable ones that are not, and of how many.
    """

    resume: str
    found: tuple[int, int]
    refused: tuple[int, int]
    answered: tuple[int, int]


def learn(examples: Sequence[Example], version: int) -> Weights:
    """The weights that fit these questions best."""
    rank = fit_rank([one for one in examples if one.answerable and one.right.any()])
    decided = {one.resume: [] for one in examples}  # type: dict[str, list[Decided]]
    left = {one.resume: [] for one in examples}  # type: dict[str, list[Decided]]
    for one in examples:
        known = (_signs(one, rank), one.answerable)
        # Of somebody else rules will understand fewer questions: it learns from these as well.
        decided[one.resume] += [known] * (LEFT if one.is_left else 1)
        left[one.resume] += [known] * one.is_left
    answer, bias = fit_answer([one for some in decided.values() for one in some])
    # The bar is set by what others' weights think of each résumé.
    unlikely = sorted(
        weights.likelihood(signs)
        for resume, some in left.items()
        if (others := _others(decided, resume))
        for weights in [Weights(version, rank, *fit_answer(others), 0.0)]
        for signs, answerable in some
        if not answerable
    )
    least = float(np.quantile(unlikely, REFUSED)) if unlikely else 0.5
    return Weights(version, rank, answer, round(bias, 5), round(least, 4))


def cross_validate(examples: Sequence[Example]) -> Iterator[Validated]:
    """Leave one résumé out, each in its turn."""
    for resume in dict.fromkeys(one.resume for one in examples):
        weights = learn([one for one in examples if one.resume != resume], 0)
        own = [one for one in examples if one.resume == resume]
        yield Validated(
            resume,
            _count(_is_found(one, weights) for one in own if one.answerable and one.right.any()),
            _count(
                not _is_answered(one, weights) for one in own if one.is_left and not one.answerable
            ),
            _count(_is_answered(one, weights) for one in own if one.is_left and one.answerable),
        )


def _count(right: Iterator[bool]) -> tuple[int, int]:
    known = list(right)
    return sum(known), len(known)


def _is_found(example: Example, weights: Weights) -> bool:
    scores = example.rows @ weights.rank_row(example.names)
    return bool(example.right[np.argsort(-scores, kind="stable")[:QUOTED]].any())


def _is_answered(example: Example, weights: Weights) -> bool:
    return weights.likelihood(_signs(example, weights.rank)) >= weights.least


def _signs(example: Example, rank: dict[str, float]) -> dict[str, float]:
    scores = example.rows @ np.array([rank[name] for name in example.names])
    order = np.argsort(-scores, kind="stable")
    return find_signs(example.asking, example.names, example.rows[order], scores[order])


def _others(decided: dict[str, list[Decided]], resume: str) -> list[Decided]:
    return [one for other, some in decided.items() if other != resume for one in some]


def fit_rank(examples: Sequence[Example]) -> dict[str, float]:
    """Weights that put the right sentences of each question first."""
    return fit_rank_rows(examples[0].names, [(one.rows, one.right) for one in examples])


def fit_rank_rows(
    names: tuple[str, ...], groups: Sequence[tuple[Matrix, NDArray[np.bool_]]]
) -> dict[str, float]:
    """The same of the rows of each question, and which of them are right."""
    scale = np.concatenate([rows for rows, _right in groups]).std(0) + TINY
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    scaled = [(rows / scale, right) for rows, right in groups]
    for step in range(1, STEPS + 1):
        gradient = RANK_PENALTY * weights
        for given, right in scaled:
            gradient += given.T @ _error(given @ weights, right) / len(scaled)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rise = RATE * mean / (1 - 0.9**step)
        weights = weights - rise / (np.sqrt(square / (1 - 0.99**step)) + TINY)
    # A number that is always the same says nothing.
    kept = np.where(scale > 10 * TINY, weights / scale, 0.0)
    return {name: round(float(one), 5) for name, one in zip(names, kept, strict=True)}


def _error(scores: Matrix, right: NDArray[np.bool_]) -> Matrix:
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    wanted = shares * right
    error: Matrix = shares - wanted / (wanted.sum() + TINY)
    return error


def fit_answer(examples: Sequence[Decided]) -> tuple[dict[str, float], float]:
    """Weights of the signs, and the bias (Newton's method)."""
    names = tuple(examples[0][0])
    rows = np.array([[signs[name] for name in names] for signs, _answerable in examples])
    known = np.array([answerable for _signs, answerable in examples], np.float64)
    mean, scale = rows.mean(0), rows.std(0) + TINY
    given = np.column_stack([np.ones(len(rows)), (rows - mean) / scale])
    held = np.diag([TINY, *[ANSWER_PENALTY] * len(names)])
    weights = np.zeros(len(names) + 1)
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-given @ weights))
        gradient = given.T @ (likely - known) + held @ weights
        curve = (given * (likely * (1 - likely))[:, None]).T @ given + held
        weights = weights - np.linalg.solve(curve, gradient)
    kept = np.where(scale > 10 * TINY, weights[1:] / scale, 0.0)
    bias = round(float(weights[0] - mean @ kept), 5)
    return {name: round(float(one), 5) for name, one in zip(names, kept, strict=True)}, bias
