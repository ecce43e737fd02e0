"""Fits the weights of answers to examples: two logistic regressions, in numpy.

The first ranks the sentences of one question (a conditional logit: Luce 1959, McFadden 1974); the
second says whether there is an answer. Both are held back by the square of their weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from portfolio.ai.answers.features import Matrix
from portfolio.ai.answers.weights import Weights

RANK_PENALTY = 0.01
ANSWER_PENALTY = 5.0
STEPS = 400
RATE = 0.05
"""Of Adam (Kingma and Ba 2015)."""
ROUNDS = 30
TINY = 1e-9


@dataclass(frozen=True)
class Ranked:
    """A question whose evidence stands in sentences.

    Attributes:
        rows: a row of numbers for each sentence.
        right: which rows have the evidence.
    """

    resume: str
    names: tuple[str, ...]
    rows: Matrix
    right: Matrix


@dataclass(frozen=True)
class Decided:
    """A question that is left to sentences.

    Attributes:
        answerable: whether the résumé says it.
    """

    resume: str
    signs: dict[str, float]
    answerable: bool


@dataclass
class Examples:
    """What is learned from."""

    ranked: list[Ranked] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)


def fit_rank(examples: Sequence[Ranked]) -> dict[str, float]:
    """Weights that put the right sentences of each question first."""
    names = examples[0].names
    rows = np.concatenate([example.rows for example in examples])
    scale = rows.std(0) + TINY
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    scaled = [(example.rows / scale, example.right) for example in examples]
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


def _error(scores: Matrix, right: Matrix) -> Matrix:
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    wanted = shares * right
    error: Matrix = shares - wanted / (wanted.sum() + TINY)
    return error


def fit_answer(examples: Sequence[Decided]) -> tuple[dict[str, float], float]:
    """Weights of the signs, and the bias (Newton's method)."""
    names = tuple(examples[0].signs)
    rows = np.array([[example.signs[name] for name in names] for example in examples])
    known = np.array([example.answerable for example in examples], np.float64)
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
    bias = float(weights[0] - mean @ kept)
    return {name: round(float(one), 5) for name, one in zip(names, kept, strict=True)}, bias


def choose_least(likely: Matrix, known: Matrix, refused: float) -> float:
    """The likelihood below which so much of what has no answer lies."""
    without = np.sort(likely[known == 0])
    return float(np.quantile(without, refused)) if len(without) else 0.5


def fitted(
    rank: dict[str, float], answer: tuple[dict[str, float], float], least: float, version: int
) -> Weights:
    """The weights, as they are kept."""
    return Weights(version, rank, answer[0], round(answer[1], 5), round(least, 4))
