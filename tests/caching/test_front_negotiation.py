"""The front keeps to what a client knows, prefers and refuses."""

import gzip

import brotli
import zstandard

from portfolio.caching.web.negotiation import _codings
from tests.waiting import until

from .front import TEXT
from .front import entered as entered
from .front import mini as mini
from .mini import Mini


def test_codings_are_made_as_they_are_asked_for(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    plain = client.get("/big/")
    tags = {plain.headers["ETag"]}
    expand = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    }
    for coding, decompress in expand.items():
        headers = {"Accept-Encoding": f"{coding}, gzip;q=0.5"}
        until(
            lambda coding=coding, headers=headers: (
                client.get("/big/", headers=headers).headers.get("Content-Encoding") == coding
            )
        )
        answer = client.get("/big/", headers=headers)
        assert decompress(answer.data).decode() == TEXT
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert "Accept-Encoding" in answer.headers["Vary"]
        tags.add(answer.headers["ETag"])
        known = {**headers, "If-None-Match": answer.headers["ETag"]}
        assert client.get("/big/", headers=known).status_code == 304
    assert len(tags) == 4, "a strong tag for the bytes of each coding"
    assert not entered


def test_who_refuses_identity_is_not_sent_it(mini: Mini) -> None:
    client = mini.app.test_client()
    answer = client.get("/items/1/", headers={"Accept-Encoding": "identity;q=0, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == client.get("/items/1/").data
    assert client.get("/big/", headers={"Accept-Encoding": "*;q=0"}).status_code == 406


def test_preconditions(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    tag = client.get("/items/1/").headers["ETag"]

    def status(**headers: str) -> int:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get("/items/1/", headers=names).status_code

    for known in (tag, f"W/{tag}", f'"a", {tag}', f'W/"b" , W/{tag}', "*"):
        assert status(If_None_Match=known) == 304
    for unknown in ('"a"', "W/", tag.strip('"')[:-1], '"' + tag.strip('"') + '-gzip"', ""):
        assert status(If_None_Match=unknown) == 200
    assert not entered
    # Without a date of modification, conditions on it are passed over.
    assert status(If_Modified_Since="Sat, 01 Jan 2050 00:00:00 GMT") == 200
    assert status(If_None_Match='"a"', If_Modified_Since="Sat, 01 Jan 2050 00:00:00 GMT") == 200
    assert status(If_Match=tag) == status(If_Match="*") == 200
    assert status(If_Match='"a"') == status(If_Match=f"W/{tag}") == 412
    assert status(If_Match=tag, If_None_Match=tag) == 304


def test_only_who_opts_in_may_be_late(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    assert client.get("/items/1/").headers["Cache-Control"] == "public, no-cache"
    assert client.get("/timed/").headers["Cache-Control"] == "public, max-age=60"
    late = client.get("/late/").headers
    assert "stale-while-revalidate=30, stale-if-error=30" in late["Cache-Control"]
    assert late["CDN-Cache-Control"] == late["Cache-Control"]


def test_long_headers_are_neither_remembered_nor_weighed(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    before = _codings.cache_info().currsize
    for number in range(20):
        answer = client.get("/big/", headers={"Accept-Encoding": f"gzip, x{number}" * 1000})
        assert "Content-Encoding" not in answer.headers
    assert _codings.cache_info().currsize == before
    tag = client.get("/items/1/").headers["ETag"]
    many = ", ".join(['"a"'] * 10_000 + [tag])
    assert client.get("/items/1/", headers={"If-None-Match": many}).status_code == 200
