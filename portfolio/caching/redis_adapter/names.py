"""Names of Redis keys, by pattern and by the batch."""

from collections.abc import Iterable, Iterator

BATCH = 500
"""Most names in one command."""


def literal(text: str) -> str:
    """A glob pattern that matches the text and nothing else."""
    return "".join(f"\\{character}" if character in "*?[]\\" else character for character in text)


def batches(names: Iterable[str]) -> Iterator[list[str]]:
    """The names in lists that one command may take."""
    batch: list[str] = []
    for name in names:
        batch.append(name)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
