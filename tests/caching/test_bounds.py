"""The process's own memory: bounded in bytes, whatever is asked for and however it is addressed."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.caching.memory import Address, Copy, Memory


def copy(identity: str, size: int) -> Copy:
    return Copy(identity, lambda: 0, None, b"", (), (), 0, 0.0, float("inf"), size)


def test_memory_is_bounded_and_keeps_what_is_read() -> None:
    memory = Memory(100_000)
    memory.put(copy("huge", 20_000))
    assert memory.get("huge") is None
    memory.put(copy("read", 1000))
    for number in range(1000):
        memory.put(copy(str(number), 1000))
        assert memory.size <= 100_000
        assert memory.get("read") is not None
    assert memory.get("0") is None
    assert len(memory) > 60
    for key in ["read", *map(str, range(1000))]:
        kept = memory.get(key)
        if kept is not None:
            memory.drop(kept)
    assert (memory.size, len(memory)) == (0, 0)


def test_addresses_of_one_copy_are_few_and_go_with_it() -> None:
    addresses: dict[Address, Copy] = {}
    memory = Memory(100_000, addresses)
    kept = copy("one", 1000)
    memory.put(kept)
    for number in range(1000):
        memory.lead(("/", f"utm={number}"), kept)
    assert list(addresses) == [("/", f"utm={number}") for number in range(992, 1000)]
    memory.put(copy("one", 1000))
    assert not addresses


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "get", "lead", "reply", "drop"]),
            st.integers(0, 9),
            st.integers(0, 2000),
        )
    )
)
def test_what_is_counted_is_what_is_kept(steps: list[tuple[str, int, int]]) -> None:
    addresses: dict[Address, Copy] = {}
    memory = Memory(8000, addresses)
    made: dict[int, Copy] = {}
    for action, number, size in steps:
        if action == "put":
            made[number] = copy(str(number), size)
            memory.put(made[number])
        elif number in made:
            if action == "get":
                memory.get(str(number))
            elif action == "lead":
                memory.lead((f"/{number}", str(size)), made[number])
            elif action == "reply":
                memory.add_reply(made[number], f"coding{size}", object(), size)
            else:
                memory.drop(made[number])
        kept = [one for one in made.values() if memory.get(one.identity) is one]
        assert memory.size == sum(one.size for one in kept) <= 8000
        assert set(addresses.values()) <= set(kept)
