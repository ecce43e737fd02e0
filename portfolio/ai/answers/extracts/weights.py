"""What each sign counts when sentences are rated: numbers fitted to questions with known answers.

`flask knowledge fit` makes them; nobody writes them by hand.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FITTED = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Weights:
    """Two logistic regressions.

    Attributes:
        version: changes with every fit that is kept.
        rank: of the numbers that speak for a sentence, by name.
        answer: of the signs that there is an answer, by name.
        bias: of the second.
        least: below this likelihood nothing is answered.
    """

    version: int
    rank: dict[str, float]
    answer: dict[str, float]
    bias: float
    least: float

    def rank_row(self, names: Sequence[str]) -> NDArray[np.float64]:
        """The weights of these numbers, in their order."""
        return np.array([self.rank.get(name, 0.0) for name in names], np.float64)

    def likelihood(self, signs: Mapping[str, float]) -> float:
        """How likely it is that a question with these signs has an answer, 0 to 1."""
        logit = self.bias + sum(self.answer.get(name, 0.0) * sign for name, sign in signs.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

    def write(self, path: Path) -> None:
        """Keep them as a file."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")


def read_weights(path: Path) -> Weights:
    """The weights of a file."""
    return Weights(**json.loads(path.read_text()))


@cache
def fitted_weights() -> Weights:
    """Those that answers are made with."""
    return read_weights(FITTED)
