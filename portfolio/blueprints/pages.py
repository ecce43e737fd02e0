"""The pages at / and /match/, for people."""

from apiflask import APIBlueprint
from flask import render_template

from portfolio.cache_policy import HOME_PAGE, MATCH_PAGE
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.security import public
from portfolio.services import home
from portfolio.services.exports.report_outline import WORDS

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


@bp.get("/match/")
@public
@cache_api_response(MATCH_PAGE)
def show_match_form() -> str:
    """A form for job descriptions, which are compared with the profile that the page at / shows."""
    profile = home.find_shown_profile()
    if profile is None:
        return render_template("empty.html")
    return render_template("match.html", profile=profile, words=WORDS)
