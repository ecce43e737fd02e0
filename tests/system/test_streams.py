"""Answers are streamed by a real server: in order, in bounded number, and until the client goes."""

import httpx

from tests.waiting import until

from .conftest import System
from .second import second_system

CHAT = "/api/v1/chat/"
HELLO = {"question": "Hello", "remember": False}
EVENTS = {"Accept": "text/event-stream"}


def status_of(system: System) -> int:
    with httpx.stream("POST", system.address + CHAT, json=HELLO, headers=EVENTS) as answer:
        answer.read()
        return answer.status_code


def test_events_arrive_in_order_and_the_connection_is_used_again(sample: System) -> None:
    with httpx.Client(base_url=sample.address, trust_env=False) as client:
        for _ in range(3):
            answer = client.post(CHAT, json=HELLO, headers=EVENTS)
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            assert "Content-Length" not in answer.headers
            blocks = answer.text.strip().split("\n\n")
            names = [block.split("\n")[0].removeprefix("event: ") for block in blocks]
            assert (names[0], names[-2:]) == ("meta", ["citations", "done"])
            assert client.post(CHAT, json=HELLO).status_code == 200


def test_who_goes_away_makes_room(sample: System) -> None:
    with second_system(sample, CHAT_STREAMS="1", CHAT_RATE_LIMIT="1000000 per hour") as small:
        for _ in range(20):
            with httpx.stream("POST", small.address + CHAT, json=HELLO, headers=EVENTS) as answer:
                next(answer.iter_raw())
        until(lambda: status_of(small) == 200, 10)
        assert {status_of(small) for _ in range(10)} == {200}
