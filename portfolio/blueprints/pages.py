"""The page at /, for people."""

from apiflask import APIBlueprint
from flask import render_template

from portfolio.cache_policy import HOME_PAGE
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.security import public
from portfolio.services import home

bp = APIBlueprint("pages", __name__, enable_openapi=False)


@bp.get("/")
@public
@cache_api_response(HOME_PAGE)
def show_home() -> str:
    """The default profile and its projects, or how to publish one."""
    content = home.describe_home()
    if content["profile"] is None:
        return render_template("empty.html")
    return render_template("home.html", **content)
