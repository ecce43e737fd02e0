"""How a session's score of 100 is made up; the sums of its parts are kept by day."""

from typing import NamedTuple

from portfolio.services.visits.sums import MS_SCORED, PAGES_SCORED, PROJECTS_SCORED

_MINUTES = MS_SCORED // 60_000


class Part(NamedTuple):
    """One kind of interest.

    Attributes:
        column: of `visitor_days`, the sum over the day's sessions.
        weight: points for each that is summed.
        most: points that a session can have.
    """

    name: str
    column: str
    weight: float
    most: int
    formula: str


PARTS = (
    Part("pages", "scored_pages", 4, 20, f"4 for each page view, up to {PAGES_SCORED}"),
    Part("minutes", "scored_ms", 2 / 60_000, 20, f"2 for each minute, up to {_MINUTES}"),
    Part("projects", "scored_projects", 5, 15, f"5 for each project view, up to {PROJECTS_SCORED}"),
    Part("download", "downloaders", 10, 10, "10 for a download"),
    Part("chat", "chatters", 10, 10, "10 for a chat"),
    Part("job_match", "matchers", 15, 15, "15 for a job match"),
    Part("contact", "contacters", 10, 10, "10 for a message to the owner"),
)
