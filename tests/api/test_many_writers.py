"""Many writers at once: no internal errors, and the rules hold whatever the order was."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from apiflask import APIFlask

from tests.api.conftest import Headers

PROFILES = "/api/v1/profiles/"
PROJECTS = "/api/v1/projects/"
ALLOWED = {200, 201, 204, 404, 409, 412, 422, 503}


def write_at_random(app: APIFlask, headers: Headers, seed: int) -> list[int]:
    """Thirty random writes among a few rows that everybody wants."""
    dice = random.Random(seed)
    client = app.test_client()
    statuses = []
    for _ in range(30):
        profile, project = f"{PROFILES}p{dice.randrange(3)}/", f"{PROJECTS}q{dice.randrange(3)}/"
        owner = f"p{dice.randrange(3)}"
        ids = [item["id"] for item in client.get(PROJECTS).json["items"]]
        method, path, body = dice.choice(
            [
                ("POST", PROFILES, {"name": owner, "slug": owner, "is_default": True}),
                ("PATCH", profile, {"is_default": True}),
                ("PATCH", profile, {"visibility": dice.choice(["public", "draft"])}),
                ("DELETE", profile, None),
                ("POST", PROJECTS, {"title": "Q", "slug": project.split("/")[-2]}),
                ("POST", PROJECTS, {"title": "Q", "profile": owner}),
                ("PATCH", project, {"profile": owner, "summary": str(dice.random())}),
                ("PUT", project, {"title": "Q2"}),
                ("DELETE", project, None),
                ("POST", f"{PROJECTS}reorder/", {"order": dice.sample(ids, len(ids))[:3]}),
            ]
        )
        given = {**headers, "If-Match": "*"} if dice.random() < 0.2 else headers
        statuses.append(client.open(path, method=method, json=body, headers=given).status_code)
    return statuses


def test_no_internal_error_and_no_broken_rule(
    app: APIFlask, admin: Headers, reader: Headers
) -> None:
    with ThreadPoolExecutor(8) as pool:
        runs = pool.map(lambda seed: write_at_random(app, admin, seed), range(8))
        seen = Counter(status for run in runs for status in run)
    assert seen.keys() <= ALLOWED, seen
    assert seen[200] + seen[201] + seen[204] > 30
    client = app.test_client()
    profiles = client.get(PROFILES, headers=reader).json["items"]
    assert sum(item["is_default"] for item in profiles) == min(len(profiles), 1)
    drafts = {item["slug"] for item in profiles if item["visibility"] != "public"}
    for item in client.get(PROJECTS).json["items"]:
        assert item["profile"]["slug"] not in drafts
    everything = client.get(f"{PROJECTS}?page_size=100", headers=reader).json
    public = [item for item in everything["items"] if item["profile"]["slug"] not in drafts]
    assert client.get(PROJECTS).json["total"] == len(public)
    assert client.get(f"{PROJECTS}stats/").json["total"] == len(public)
