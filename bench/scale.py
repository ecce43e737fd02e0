"""How much is measured: the full run and a smoke run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Numbers of rounds and their lengths.

    Attributes:
        repetitions: rounds of every side-by-side comparison.
        seconds: length of one load in one round.
        connections: how many at once, one comparison for each.
        calls: calls of one in-process loop.
        crowd: requests at once for one missing value.
        writes: changes whose arrival is timed.
        tag_sizes: numbers of entries on one tag.
        hang_seconds: how long Redis hangs in one round.
        visit_seconds: how long visitors send events.
        page_views: numbers of them for which statistics are timed.
        projects: of the portfolio that questions are asked about; ten chunks each.
    """

    repetitions: int = 9
    seconds: float = 1.0
    connections: tuple[int, ...] = (8, 32)
    calls: int = 20_000
    crowd: int = 64
    writes: int = 400
    tag_sizes: tuple[int, ...] = (10, 10_000, 1_000_000)
    hang_seconds: float = 5.0
    visit_seconds: float = 60.0
    page_views: tuple[int, ...] = (10_000, 1_000_000, 10_000_000)
    projects: int = 100


FULL = Scale()
QUICK = Scale(
    repetitions=2,
    connections=(8,),
    calls=1000,
    crowd=16,
    writes=20,
    tag_sizes=(10, 1000),
    hang_seconds=3.5,
    visit_seconds=15.0,
    page_views=(10_000, 100_000),
)
