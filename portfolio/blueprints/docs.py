"""The API's description and its documentation page, which works without any other server."""

from importlib.resources import files
from pathlib import Path

from apiflask import APIBlueprint
from flask import Response, current_app, render_template, request, send_file

from portfolio.blueprints.http.conditions import ConditionalResponse
from portfolio.errors import NotFound
from portfolio.openapi.document import describe_api
from portfolio.security import public

ASSETS = {
    "swagger-ui.css": "templates/swagger/css/swagger-ui.css",
    "swagger-ui-bundle.js": "templates/swagger/js/swagger-ui-bundle.js",
}
"""What is served of the package flask-openapi3-swagger, and where it lies there."""

bp = APIBlueprint("docs", __name__, url_prefix="/api/v1", enable_openapi=False)


@bp.get("/openapi.json")
@public
def show_openapi() -> Response:
    """The OpenAPI 3.1 description."""
    response = ConditionalResponse(describe_api(current_app), mimetype="application/json")
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/docs/")
@public
def show_docs() -> Response:
    """The page that shows the description."""
    response = Response(render_template("docs.html"), mimetype="text/html")
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@bp.get("/docs/assets/<name>")
@public
def show_asset(name: str) -> Response:
    """A script or style sheet of the page."""
    if name not in ASSETS:
        raise NotFound("There is no such file.")
    path = Path(str(files("flask_openapi3_swagger").joinpath(ASSETS[name])))
    return send_file(path, conditional=True, max_age=86400)
