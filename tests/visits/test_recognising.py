"""What is known of a visitor: by the user agent, and of the country where it may be."""

from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import pytest
from apiflask import APIFlask
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.services.visits.agents import read_agent
from portfolio.services.visits.countries import find_country
from portfolio.services.visits.recruiters import host_pattern
from tests.visits.conftest import PAGE_VIEW, Rows, Write, send

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
ANDROID = f"(Linux; Android 10; K) {WEBKIT} Chrome/142.0.0.0 Mobile Safari/537"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("(X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "desktop Firefox Linux"),
        (
            f"(Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537",
            "desktop Chrome Windows",
        ),
        (
            f"(Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537 Edg/142",
            "desktop Edge Windows",
        ),
        (f"(Macintosh; Intel Mac OS X 10_15_7) {APPLE} Safari/605", "desktop Safari macOS"),
        (
            f"(iPhone; CPU iPhone OS 18_1 like Mac OS X) {APPLE} Mobile/15E148 Safari/604.1",
            "phone Safari iOS",
        ),
        (
            f"(iPad; CPU OS 17_5 like Mac OS X) {APPLE} Mobile/15E148 Safari/604.1",
            "tablet Safari iOS",
        ),
        (
            f"(Linux; Android 10; K) {WEBKIT} Chrome/142.0.0.0 Mobile Safari/537",
            "phone Chrome Android",
        ),
        (
            f"(Linux; Android 13; SM-X700) {WEBKIT} Chrome/116.0.0.0 Safari/537",
            "tablet Chrome Android",
        ),
        ("(compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot other other"),
        (f"{WEBKIT}; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "bot other other"),
        (
            f"(Linux; Android 11; CUBOT X50) {WEBKIT} Chrome/126.0 Mobile Safari/537",
            "phone Chrome Android",
        ),
        (
            f"(Linux; Android 11; moto g) {WEBKIT} Chrome/126.0 Mobile Safari/537"
            " Chrome-Lighthouse",
            "bot other other",
        ),
        (f"(X11; Linux x86_64) {WEBKIT} HeadlessChrome/120 Safari/537.36", "bot other other"),
        (f"{ANDROID} (compatible; GoogleOther)", "bot other other"),
        (f"{ANDROID} (compatible; Some-Read-Aloud; +https://example.org/about)", "bot other other"),
        (f"{ANDROID} Prerender (+https://example.org/prerender)", "bot other other"),
        (f"(X11; Linux x86_64) {WEBKIT} Chrome/142.0 Safari/537 GTmetrix", "bot other other"),
        ("(compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)", "desktop other Windows"),
        ("(compatible; Konqueror/4.5; Linux) KHTML/4.5.4 (like Gecko)", "desktop other Linux"),
    ],
)
def test_a_user_agent_is_read(agent: str, expected: str) -> None:
    found = read_agent(f"Mozilla/5.0 {agent}")
    assert " ".join(found[:3]) == expected
    assert found.is_bot == expected.startswith("bot")


@pytest.mark.parametrize("agent", ["", "curl/8.5.0", "python-requests/2.32", "Go-http-client/1.1"])
def test_programs_are_bots(agent: str) -> None:
    assert read_agent(agent).is_bot


@settings(max_examples=30)
@given(st.text(max_size=80))
def test_whatever_an_agent_says_makes_no_new_names(text: str) -> None:
    found = read_agent(f"Mozilla/5.0 (X11; Linux x86_64) {text}/1.0")
    assert found.system in ("Linux", "other", "Windows", "macOS", "iOS", "Android", "ChromeOS")
    assert len(found.browser) < 20


def test_bots_are_kept_apart(app: APIFlask, rows: Rows, write: Write) -> None:
    send(app.test_client(), PAGE_VIEW, **{"User-Agent": "curl/8.5.0"})
    write()
    (session,) = rows("SELECT is_bot, device FROM visitor_sessions")
    assert session == {"is_bot": True, "device": "bot"}


def test_recruiters_come_from_known_hosts_and_those_below(rows: Rows) -> None:
    known = ["linkedin.com", "de.linkedin.com", "jobs.acme.example"]
    others = ["notlinkedin.com", "linkedin.com.evil.example", "acmexexample"]
    pattern = host_pattern(["Acme.example."])
    for host in known + others:
        (found,) = rows(f"SELECT '{host}' ~ '{pattern}' AS fits")
        assert found["fits"] is (host in known), host


def test_only_a_trusted_proxy_tells_the_country(
    make_app: Callable[..., APIFlask], rows: Rows, write: Write
) -> None:
    client = make_app(COUNTRY_HEADER="CF-IPCountry", TRUSTED_PROXIES="127.0.0.1").test_client()
    send(client, PAGE_VIEW, **{"CF-IPCountry": "pt"})
    deceived = make_app(COUNTRY_HEADER="CF-IPCountry", TRUSTED_PROXIES="192.0.2.1").test_client()
    send(deceived, {"kind": "download"}, **{"CF-IPCountry": "SE"})
    write()
    assert [event["country"] for event in rows()] in (["PT", None], [None, "PT"])
    assert [find_country("::1", told, "") for told in ("XX", "T1", "ZZ", "P", "PTT", "")] == [
        None
    ] * 6


def test_a_file_tells_the_country(tmp_path: Path) -> None:
    file = tmp_path / "countries.mmdb"
    file.write_bytes(country_file("203.0.113.0/24", "PT"))
    assert find_country("203.0.113.77", None, str(file)) == "PT"
    assert find_country("198.51.100.1", None, str(file)) is None
    assert find_country("unknown", None, str(file)) is None
    assert find_country("203.0.113.77", None, str(tmp_path / "none.mmdb")) is None
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(b"nonsense")
    assert find_country("203.0.113.77", None, str(broken)) is None


def country_file(network: str, code: str) -> bytes:
    """A file in MaxMind's format (version 2.0) that knows one network of IPv4."""
    known = ip_network(network)
    bits = f"{int(known.network_address):032b}"[: known.prefixlen]
    nodes = len(bits)
    tree = b""
    for index, bit in enumerate(bits):
        # Onwards to the next node, or to the data, which begins 16 after the tree; else nowhere.
        onwards = index + 1 if index + 1 < nodes else nodes + 16
        pair = [nodes, nodes]
        pair[int(bit)] = onwards
        tree += b"".join(record.to_bytes(3, "big") for record in pair)
    data = _map(country=_map(iso_code=_text(code)))
    about = _map(
        node_count=_number(nodes, 6, 4),
        record_size=_number(24, 5, 2),
        ip_version=_number(4, 5, 2),
        database_type=_text("Test"),
        binary_format_major_version=_number(2, 5, 2),
        binary_format_minor_version=_number(0, 5, 2),
        build_epoch=bytes([1, 2, 1]),
        languages=bytes([0, 4]),
        description=_map(),
    )
    return tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + about


def _text(value: str) -> bytes:
    return bytes([0x40 | len(value)]) + value.encode()


def _number(value: int, kind: int, size: int) -> bytes:
    return bytes([kind << 5 | size]) + value.to_bytes(size, "big")


def _map(**members: bytes) -> bytes:
    listed = b"".join(_text(name) + value for name, value in members.items())
    return bytes([0xE0 | len(members)]) + listed
