"""Leaving a failing server alone; when a server says that it may be asked again."""

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.services.pausing import FAILURES, LONGEST_PAUSE, PAUSE, Pause
from portfolio.services.wording.retry_after import read_retry_after


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_failures_in_a_row_begin_a_pause_and_one_more_begins_the_next() -> None:
    clock = Clock()
    pause = Pause(clock)
    assert [pause.note_failure() for _number in range(FAILURES)] == [False, True]
    assert pause.remaining == PAUSE
    clock.now += PAUSE
    assert pause.remaining == 0
    assert pause.note_failure()
    assert pause.remaining == PAUSE


def test_a_success_forgets_the_failures_before_it() -> None:
    pause = Pause(Clock())
    pause.note_failure()
    pause.note_success()
    assert not pause.note_failure()
    assert pause.remaining == 0


@pytest.mark.parametrize(("wait", "pauses"), [(7.0, 7), (-3.0, 1), (10.0**9, LONGEST_PAUSE)])
def test_who_asks_for_rest_gets_it_within_limits(wait: float, pauses: float) -> None:
    pause = Pause(Clock())
    assert pause.note_failure(wait=wait)
    assert pause.remaining == pauses
    # A shorter one does not end it.
    assert not pause.note_failure(wait=1)
    assert pause.remaining == pauses


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:59:00 -0000", -60),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("٣", None),
    ],
)
def test_a_wait_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert read_retry_after(value, datetime(2026, 11, 22, 12, tzinfo=UTC)) == seconds


@given(st.text())
def test_no_wait_is_too_odd_to_be_read(value: str) -> None:
    seconds = read_retry_after(value)
    assert seconds is None or math.isfinite(seconds)
