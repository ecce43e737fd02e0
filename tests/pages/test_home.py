"""The page at /: what it shows, what it hides, and that it follows every change."""

import re
from itertools import pairwise

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.blueprints.scripts import VISITS_SCRIPT
from portfolio.extensions import db

from .page import Page

VISITS = {"src": VISITS_SCRIPT, "data-profile": "tamsin-orrelund", "defer": ""}
SCRIPTS = [*({"src": f"/static/{name}.js", "defer": ""} for name in ("elements", "chat")), VISITS]
"""The only ones: files of our own."""


def read(client: FlaskClient, **headers: str) -> str:
    response = client.get("/", headers=headers)
    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    return response.text


def change(app: APIFlask, statement: str) -> None:
    with app.app_context():
        db.session.execute(text(statement))
        db.session.commit()


def test_an_empty_database_gives_a_page_that_helps(client: FlaskClient) -> None:
    page = read(client)
    assert "Nothing published yet" in page
    assert "flask portfolio import" in page
    assert Page(page).is_closed


def test_it_shows_who_and_the_public_projects(published: FlaskClient) -> None:
    page = read(published)
    assert "<h1>Tamsin Orrelund</h1>" in page
    assert "Principal Backend Engineer" in page
    assert "Bristol, England" in page
    listed = published.get("/api/v1/projects/?page_size=100").json["items"]
    assert len(listed) == 12
    for project in listed:
        assert f'href="/api/v1/projects/{project["slug"]}/"' in page
    assert page.count('<li class="card"') == len(listed)


def test_featured_projects_come_first(published: FlaskClient) -> None:
    first, second = read(published).split('id="others"')
    assert "plainmeter" in first
    assert "seatmap" not in first
    assert "seatmap" in second


def test_drafts_and_unlisted_projects_are_absent(published: FlaskClient) -> None:
    page = read(published)
    assert "Grid Lantern" not in page
    assert "Footpath Survey" not in page


def test_contact_details_are_not_on_it(published: FlaskClient) -> None:
    page = read(published)
    for private in ("tamsin@example.com", "+44", "Kettlewright", "BS99"):
        assert private not in page


def test_its_own_links_lead_somewhere(published: FlaskClient) -> None:
    links = {link for link in Page(read(published)).links if link.startswith("/")}
    assert {"/api/v1/docs/", "/api/v1/openapi.json", "/api/v1/projects/tidegauge/"} <= links
    resume = "/api/v1/profiles/tamsin-orrelund/resume"
    assert {f"{resume}.html", f"{resume}.md", f"{resume}.json"} <= links
    for link in links:
        with published.get(link) as response:
            assert response.status_code == 200, link


def test_a_change_is_seen_at_once(app: APIFlask, published: FlaskClient) -> None:
    read(published)
    assert "hit" in published.get("/").headers["Cache-Status"]
    change(app, "UPDATE projects SET title = 'Tidegauge the Second' WHERE slug = 'tidegauge'")
    assert "Tidegauge the Second" in read(published)
    change(app, "UPDATE profiles SET label = 'Lighthouse keeper'")
    assert "Lighthouse keeper" in read(published)


@pytest.mark.parametrize("visibility", ["draft", "unlisted"])
def test_a_profile_that_is_not_public_is_not_shown(
    app: APIFlask, published: FlaskClient, visibility: str
) -> None:
    change(app, f"UPDATE profiles SET visibility = '{visibility}'")
    page = read(published)
    assert "Nothing published yet" in page
    assert "Orrelund" not in page


def test_another_public_profile_stands_in_for_a_default_that_is_not(
    app: APIFlask, published: FlaskClient
) -> None:
    change(app, "UPDATE profiles SET visibility = 'draft'")
    change(
        app,
        "INSERT INTO profiles (slug, name, visibility) VALUES ('someone', 'Some One', 'public')",
    )
    page = read(published)
    assert "<h1>Some One</h1>" in page
    assert "No projects have been published yet." in page
    assert "Tidegauge" not in page


def test_text_from_the_database_is_escaped(app: APIFlask, published: FlaskClient) -> None:
    hostile = '<script>alert(1)</script>" onload="x'
    with app.app_context():
        for table, column in (("profiles", "name"), ("profiles", "label"), ("profiles", "summary")):
            db.session.execute(text(f"UPDATE {table} SET {column} = :text"), {"text": hostile})
        db.session.execute(
            text(
                "UPDATE projects SET title = :text, summary = :text,"
                " technologies = ARRAY[CAST(:other AS text)]"
            ),
            {"text": hostile, "other": hostile},
        )
        db.session.commit()
    page = Page(read(published))
    assert page.is_closed
    assert page.all("script") in ([], SCRIPTS)
    assert not any("onload" in attributes for _tag, attributes in page.elements)


def test_it_is_the_same_for_everyone(published: FlaskClient) -> None:
    first = read(published)
    assert read(published, **{"Accept-Language": "sv", "User-Agent": "x", "Cookie": "a=b"}) == first
    assert published.get("/?utm_source=somewhere").text == first
    assert published.head("/").status_code == 200


def test_a_known_version_is_not_sent_again(published: FlaskClient) -> None:
    etag = published.get("/").headers["ETag"]
    again = published.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.fixture(params=["empty", "published"])
def page(request: pytest.FixtureRequest) -> Page:
    client: FlaskClient = request.getfixturevalue(
        "client" if request.param == "empty" else "published"
    )
    return Page(read(client))


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(page: Page) -> None:
    assert page.all("script") in ([], SCRIPTS)
    assert not page.all("style")
    for tag, attributes in page.elements:
        assert not any(name == "style" or name.startswith("on") for name in attributes), tag
        loaded = attributes.get("src") or (attributes["href"] if tag == "link" else "")
        assert not loaded or loaded.startswith("/static/"), loaded


def test_it_can_be_found_through_without_seeing_it(page: Page) -> None:
    assert page.is_closed
    assert page.all("html")[0]["lang"] == "en"
    for landmark in ("main", "footer", "nav"):
        assert len(page.all(landmark)) == 1
    headings = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(headings))
    ids = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert page.links[0] == "#main"
    assert "main" in ids


def test_stylesheet_and_icon_are_there(client: FlaskClient, page: Page) -> None:
    for link in page.all("link"):
        with client.get(link["href"]) as response:
            assert response.status_code == 200, link
