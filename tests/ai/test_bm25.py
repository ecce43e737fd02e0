"""Words' weights are those of the formula, term by term."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.bm25 import Bm25

TEXTS = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=12), max_size=8)
QUERY = st.lists(st.sampled_from("abcdefgh"), max_size=5)


def by_the_formula(texts: list[list[str]], query: list[str], row: int) -> float:
    """BM25 with k1 = 1.5 and b = 0.75 as it is written down, idf of Lucene."""
    mean = sum(map(len, texts)) / len(texts)
    score = 0.0
    for word in query:
        count = texts[row].count(word)
        if count:
            held_by = sum(word in text for text in texts)
            idf = math.log(1 + (len(texts) - held_by + 0.5) / (held_by + 0.5))
            score += idf * count / (count + 1.5 * (0.25 + 0.75 * len(texts[row]) / mean))
    return score


@given(TEXTS, QUERY)
def test_scores_are_those_of_the_formula(texts: list[list[str]], query: list[str]) -> None:
    expected = [by_the_formula(texts, query, row) for row in range(len(texts))]
    scores = Bm25(texts).score(query)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, expected, rtol=1e-5)
