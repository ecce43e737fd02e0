"""What a balancer asks: does the process live, and can it answer?"""

from apiflask import APIBlueprint

from portfolio.schemas.health import Liveness, Readiness
from portfolio.security import public
from portfolio.services.health import check_readiness

TAG = {"name": "Health", "description": "For balancers."}

bp = APIBlueprint("health", __name__, tag=TAG)


@bp.get("/live/")
@public
@bp.output(Liveness)
@bp.doc(summary="Does the process live?")
def show_liveness() -> tuple[Liveness, int, dict[str, str]]:
    """Answers 200 as long as the process answers at all."""
    return Liveness(status="live"), 200, {"Cache-Control": "no-store"}


@bp.get("/ready/")
@public
@bp.output(Readiness)
@bp.doc(
    summary="Can it answer?",
    responses={503: "The database is away or not migrated."},
)
def show_readiness() -> tuple[Readiness, int, dict[str, str]]:
    """200 when the database is reachable and migrated; without the cache it is slower only."""
    return check_readiness(), 200, {"Cache-Control": "no-store"}
