"""Figures of rankings, against values worked out by hand and against what must always hold."""

import math
import uuid

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.chunks import cut_source
from portfolio.ai.evaluation.retrieval_quality import judge, measure_quality, ndcg, recall
from portfolio.ai.evaluation.schema import Evidence, Kind, Question
from portfolio.ai.index import KnowledgeIndex
from portfolio.ai.word_pieces import WordPieces
from portfolio.vocabulary import SourceType

ROWS = st.integers(0, 30)


def test_ndcg_is_the_gain_discounted_by_rank_over_the_best_possible() -> None:
    # Hits at ranks 1 and 3 of three relevant ones.
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg([7, 1, 8], frozenset({7, 8, 9})) == pytest.approx((1 + 1 / math.log2(4)) / best)
    assert ndcg([1, 2], frozenset({7})) == 0


def test_only_ten_are_looked_at() -> None:
    ranked = list(range(20))
    assert ndcg(ranked, frozenset({10})) == recall(ranked, frozenset({10})) == 0
    assert ndcg(ranked, frozenset(range(15))) == 1
    assert recall(ranked, frozenset({9, 10})) == 0.5


@given(st.lists(ROWS, unique=True, max_size=20), st.frozensets(ROWS, min_size=1))
def test_ndcg_lies_between_0_and_1_and_is_1_only_with_the_relevant_first(
    ranked: list[int], relevant: frozenset[int]
) -> None:
    value = ndcg(ranked, relevant)
    assert 0 <= value <= 1 + 1e-9
    first = min(len(relevant), 10)
    ideal = len(ranked) >= first and all(row in relevant for row in ranked[:first])
    assert (value > 1 - 1e-9) is ideal


DOCUMENTS = {
    ("work", str(uuid.uuid4())): {
        "name": name,
        "position": "Engineer",
        "location": "",
        "description": "",
        "summary": summary,
        "highlights": [],
        "start_date": "2020",
        "end_date": None,
    }
    for name, summary in (
        ("Larkmoor", "She rewrote the scheduler in Go."),
        ("Pennyford", "She kept bees on the roof."),
        ("Cawdle", "She rewrote the scheduler in Go."),
    )
}


def asked(question: str, item: str | None, quote: str | None, *after: str) -> Question:
    evidence = Evidence(
        source_type=SourceType.WORK,
        item=item,
        quote=quote,
        answer_contains=() if quote else ("Larkmoor",),
    )
    return Question(
        id="one",
        resume="one",
        question=question,
        kind=Kind.ANSWERABLE,
        topic="skills",
        evidence=(evidence,),
        after=after,
    )


@pytest.fixture
def index(pieces: WordPieces) -> KnowledgeIndex:
    chunks = [
        chunk
        for (kind, number), document in DOCUMENTS.items()
        for chunk in cut_source(kind, number, document, pieces)
    ]
    # By meaning, everything is the same but for the bees.
    vectors = {
        chunk.text: np.array([0.6, 0.8] if "bees" in chunk.text else [1, 0], np.float32)
        for chunk in chunks
    }
    return KnowledgeIndex(chunks, vectors, 2)


def test_relevant_is_what_holds_the_quote_in_the_item_that_is_named(index: KnowledgeIndex) -> None:
    vector = np.array([0, 1], np.float32)
    one = judge(asked("scheduler in Go", "Larkmoor", "in Go"), vector, index, DOCUMENTS)
    both = judge(asked("scheduler in Go", None, "in Go"), vector, index, DOCUMENTS)
    assert one is not None
    assert both is not None
    assert len(one.relevant) == 1
    assert len(both.relevant) == 2
    assert all("Go" in index.chunks[row].text for row in both.relevant)
    # The words find it, the meaning leads astray.
    quality = measure_quality([both])
    assert quality["words"].ndcg == 1
    assert quality["meaning"].ndcg == 0
    assert 0 < quality["fused"].ndcg <= 1


def test_what_follows_others_or_is_answered_from_fields_is_not_judged(
    index: KnowledgeIndex,
) -> None:
    vector = np.array([0, 1], np.float32)
    for question in (
        asked("and Go?", "Larkmoor", "in Go", "Who kept bees?"),
        asked("Where does she work?", "Larkmoor", None),
        asked("Go?", "Larkmoor", "nowhere to be found"),
    ):
        assert judge(question, vector, index, DOCUMENTS) is None
