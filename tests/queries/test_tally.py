"""Percentiles from a fixed number of buckets are true within an eighth, and never too small."""

import math

from hypothesis import given
from hypothesis import strategies as st

from portfolio.queries.tally import Tally, bucket, largest_of, percentile

times = st.integers(0, 2**32 - 1)


@given(times)
def test_a_bucket_holds_what_is_put_into_it(microseconds: int) -> None:
    step = bucket(microseconds)
    assert microseconds <= largest_of(step) <= microseconds * 1.125
    assert bucket(largest_of(step)) == step
    assert bucket(largest_of(step) + 1) >= step


def test_there_are_few_buckets_however_long_it_takes() -> None:
    assert bucket(10**15) == bucket(2**32 - 1) < 256


@given(st.lists(times, min_size=1, max_size=60), st.sampled_from([0.5, 0.95, 1.0]))
def test_a_percentile_is_that_of_the_sorted_times(runs: list[int], share: float) -> None:
    tally = Tally({})
    longest = [tally.note(run, slow=run > 1000, failed=False) for run in runs]
    record = tally.record()
    true = sorted(runs)[math.ceil(share * len(runs)) - 1]
    told = percentile(record["sums"], share, record["worst"])
    assert true <= told <= true * 1.125
    assert record["worst"] == max(runs)
    assert longest[runs.index(max(runs))]
    sums = record["sums"]
    assert (sums["runs"], sums["total"]) == (len(runs), sum(runs))
    assert sums["slow"] == sum(run > 1000 for run in runs)
