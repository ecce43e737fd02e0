"""What the types of problem documents lead to: what each kind of problem means."""

from apiflask import APIBlueprint
from flask import Response

from portfolio.errors import PROBLEMS, NotFound
from portfolio.security import public

bp = APIBlueprint("problems", __name__, url_prefix="/problems", enable_openapi=False)


@bp.get("/<kind>/")
@public
def explain_problem(kind: str) -> Response:
    """A few lines about one kind of problem."""
    for problem in PROBLEMS.values():
        if problem.type == kind:
            text = f"{problem.status} {problem.title}\n\n{problem.meaning}\n"
            return Response(text, mimetype="text/plain")
    raise NotFound("There is no such kind of problem.")
