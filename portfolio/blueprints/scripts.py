"""The script by which pages tell of visits, under a name that is made of its content."""

import hashlib
from pathlib import Path

from apiflask import APIBlueprint
from flask import Response

from portfolio.security import public

_SCRIPT = Path(__file__).parent.parent.joinpath("static/visits.js").read_bytes()
_NAME = hashlib.sha256(_SCRIPT).hexdigest()[:16]
VISITS_SCRIPT = f"/static/visits-{_NAME}.js"

bp = APIBlueprint("scripts", __name__, enable_openapi=False)


@bp.get("/static/visits-<name>.js")
@public
def show_visits_script(name: str) -> Response:
    """Kept by browsers for good. A page from before an update gets the new one, for this time."""
    kept = "public, max-age=31536000, immutable" if name == _NAME else "no-store"
    headers = {"Cache-Control": kept}
    return Response(_SCRIPT, content_type="text/javascript; charset=utf-8", headers=headers)


@bp.app_context_processor
def name_script() -> dict[str, str]:
    """What templates call it."""
    return {"visits_script": VISITS_SCRIPT}
