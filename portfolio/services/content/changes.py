"""How many rows a use case created, updated, left and removed."""

from dataclasses import dataclass


@dataclass
class Changes:
    """Counts of rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def __str__(self) -> str:
        counts = {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "removed": self.removed,
        }
        return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"
