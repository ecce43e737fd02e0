"""A period in stretches of one offset counts each quarter of an hour on the day of its zone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portfolio.services.periods import Period

ZONES = (
    *("UTC", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Berlin", "America/New_York"),
    *("Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo"),
)
QUARTER = timedelta(minutes=15)
LENGTH = st.integers(0, 120)


@given(st.sampled_from(ZONES), st.dates(date(2005, 1, 1), date(2035, 1, 1)), LENGTH)
def test_each_quarter_is_on_the_day_and_in_the_hour_of_its_zone(
    zone: str, first: date, length: int
) -> None:
    period = Period(first, first + timedelta(days=length), zone)
    stretches = period.stretches()
    assert (stretches[0].begin, stretches[-1].end) == (period.begin, period.end)
    for one, next_one in pairwise(stretches):
        assert one.end == next_one.begin
        assert one.ahead != next_one.ahead
    for stretch in stretches:
        moment = stretch.begin
        while moment < stretch.end:
            there = moment.astimezone(ZoneInfo(zone))
            assert (moment + stretch.ahead).replace(tzinfo=None) == there.replace(tzinfo=None)
            assert first <= there.date() <= period.last
            moment += QUARTER * 13


def test_a_day_with_a_lost_hour_has_two_stretches() -> None:
    period = Period(date(2026, 3, 29), date(2026, 3, 29), "Europe/Berlin")
    before, after = period.stretches()
    assert before.end == after.begin == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert (before.ahead, after.ahead) == (timedelta(hours=1), timedelta(hours=2))
