"""Sentences are rated by fitted weights; what surely lacks what is asked for is never quoted."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.answers.answer import AnswerKind
from portfolio.ai.answers.extracts.weights import Weights, fitted_weights, read_weights
from tests.ai.answers.conftest import Ask

SIGNS = st.dictionaries(
    st.sampled_from([*fitted_weights().answer, "a sign of tomorrow"]),
    st.floats(-1e6, 1e6, allow_nan=False),
)


@given(SIGNS)
def test_a_likelihood_lies_between_nothing_and_certainty(signs: dict[str, float]) -> None:
    assert 0 <= fitted_weights().likelihood(signs) <= 1


def test_numbers_that_no_weight_is_fitted_to_count_nothing() -> None:
    weights = Weights(1, {"meaning": 2.0}, {}, 0.0, 0.5)
    assert list(weights.rank_row(["meaning", "a sign of tomorrow"])) == [2.0, 0.0]


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    other = replace(fitted_weights(), version=7)
    other.write(path)
    assert read_weights(path) == other


@pytest.mark.parametrize(
    "question",
    [
        "how expensive was Kestrel?",
        "what was the budget of Kestrel?",
        "what is the name of her boss at Tolle Maps?",
        "what did she build at Tolle Maps in 2023?",
        "what drove her away from Tolle Maps?",
        "how long has she worked with k8s",
        "is she comfortable writing Cypress tests?",
    ],
)
def test_what_has_no_amount_no_name_or_no_such_year_is_no_answer(ask: Ask, question: str) -> None:
    assert ask(question).kind is AnswerKind.REFUSAL
