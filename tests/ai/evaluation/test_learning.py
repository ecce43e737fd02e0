"""Weights fitted to examples do on others what they did on these."""

import numpy as np
import pytest

from portfolio.ai.evaluation.learning import fit_answer, fit_rank_rows


@pytest.mark.parametrize("seed", range(3))
def test_the_number_that_marks_the_right_sentence_decides(seed: int) -> None:
    random = np.random.default_rng(seed)
    groups = []
    for _ in range(30):
        rows = random.random((8, 3))
        groups.append((rows, rows[:, 1] == rows[:, 1].max()))
    weights = fit_rank_rows(("noise", "signal", "always"), groups)
    assert weights["signal"] > 5 * max(abs(weights["noise"]), abs(weights["always"]))


def test_a_number_that_is_always_the_same_gets_no_weight() -> None:
    rows = np.array([[1.0, 0.3], [1.0, 0.9]])
    weights = fit_rank_rows(("same", "signal"), [(rows, np.array([False, True]))])
    assert weights["same"] == 0.0


def test_a_sign_of_answers_makes_them_likely() -> None:
    examples = [({"sign": float(n % 2), "noise": n / 40}, n % 2 == 1) for n in range(40)]
    weights, bias = fit_answer(examples)
    assert weights["sign"] + bias > 0 > bias
