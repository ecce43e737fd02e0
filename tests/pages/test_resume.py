"""The page of a résumé: what stands on it, in which order, and that nothing of it is code."""

from itertools import pairwise
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.services.exports.resume_page import write_lone_page, write_page

from .page import Page

ADDRESS = "/api/v1/profiles/tamsin-orrelund/resume.html"
HOSTILE = '<script>alert(1)</script>" onload="x \'{{ 7 * 7 }}'


@pytest.fixture
def hostile() -> dict[str, Any]:
    link = 'https://a.example.org/"onmouseover="x'
    item = {"name": HOSTILE, "position": HOSTILE, "summary": HOSTILE, "url": link}
    told = {"status": HOSTILE, "sourceUrl": "javascript:alert(1)", "featured": True}
    return {
        "basics": {
            "name": HOSTILE,
            "label": HOSTILE,
            "url": "javascript:alert(1)",
            "email": HOSTILE,
        },
        "work": [{**item, "highlights": [HOSTILE]}],
        "skills": [{"name": HOSTILE, "keywords": [HOSTILE]}],
        "projects": [{"name": HOSTILE, "x-portfolio": told}],
    }


def test_headings_go_down_one_by_one(published: FlaskClient) -> None:
    page = Page(published.get(ADDRESS).text)
    assert page.is_closed
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level - before <= 1 for before, level in pairwise(levels))
    assert len(page.all("article")) == 1


def test_its_own_links_lead_somewhere(published: FlaskClient) -> None:
    folder = ADDRESS.rpartition("/")[0]
    own = {link for link in Page(published.get(ADDRESS).text).links if "://" not in link}
    assert own == {"/", "resume.md", "resume.json"}
    for link in own:
        address = link if link.startswith("/") else f"{folder}/{link}"
        assert published.get(address).status_code == 200


def test_links_are_shown_as_what_they_are(published: FlaskClient) -> None:
    text = published.get(ADDRESS).text
    for link in Page(text).links:
        if "://" in link:
            assert f">{link.split('://')[1].rstrip('/')}</a>" in text


@pytest.mark.parametrize("write", [write_page, write_lone_page])
def test_whatever_stands_in_a_resume_is_text(
    app: APIFlask, hostile: dict[str, Any], write: Any
) -> None:
    with app.app_context():
        text = write(hostile)
    page = Page(text)
    assert page.is_closed
    assert not page.all("script")
    names = {name for _, attributes in page.elements for name in attributes}
    assert not any(name.startswith("on") for name in names)
    assert not any("javascript:" in link for link in page.links)
    assert "{{ 7 * 7 }}" in text


def test_a_lone_page_needs_no_other_file(app: APIFlask, hostile: dict[str, Any]) -> None:
    with app.app_context():
        page = Page(write_lone_page(hostile))
    assert len(page.all("style")) == 1
    assert page.all("link") == []
    assert not any(link.startswith(("/", "resume")) for link in page.links)
