"""Writes the tables of docs/ that come from the code: `python -m tests.docs.regenerate`."""

from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from portfolio.ai.matching.scoring import FORMULAS
from portfolio.cache_policy import POLICIES
from portfolio.caching.policy import Policy
from portfolio.config import Settings

DOCS = Path(__file__).parents[2] / "docs"


def policy_table() -> str:
    """One row for each cache policy."""
    rows = [_policy_row(policy) for policy in POLICIES.values()]
    heads = ("Policy", "Type", "Lifetime", "Stale", "Absent", "Arguments", "Depends on")
    return _table(heads, rows)


def settings_table() -> str:
    """One row for each setting."""
    rows = [
        (f"`{name}`", _default(field), field.description or "")
        for name, field in sorted(Settings.model_fields.items(), key=_is_inherited)
    ]
    return _table(("Setting", "Default", "Meaning"), rows)


def formula_table() -> str:
    """One row for each score of a match report."""
    return _table(("Score", "Formula"), [(f"`{n}`", text) for n, text in FORMULAS.items()])


TABLES = {
    "caching.md": ("policies", policy_table),
    "configuration.md": ("settings", settings_table),
    "job-match.md": ("formulas", formula_table),
}
"""By file: the name of the markers around the table, and what makes it."""


def with_table(text: str, name: str, table: str) -> str:
    """The text with the table between `<!-- name:start -->` and `<!-- name:end -->`."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, _, rest = text.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"no markers {start} and {end}")
    return f"{before}{start}\n\n{table}\n\n{end}{after}"


def regenerate() -> None:
    """Rewrite every table in place."""
    for file, (name, make) in TABLES.items():
        path = DOCS / file
        path.write_text(with_table(path.read_text("utf-8"), name, make()), "utf-8")


def _policy_row(policy: Policy) -> tuple[str, ...]:
    return (
        f"`{policy.name}`",
        policy.type.value,
        _duration(policy.ttl),
        _duration(policy.stale) if policy.stale else "none",
        _duration(policy.error_ttl) if policy.error_ttl else "none",
        ", ".join(
            f"`{name}` (free)" if name in policy.free else f"`{name}`" for name in policy.arguments
        )
        or "none",
        _code_list(policy.depends),
    )


def _is_inherited(item: tuple[str, FieldInfo]) -> bool:
    """What few need comes last."""
    return item[0] not in Settings.__annotations__


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    if field.default in ("", (), {}, SecretStr("")):
        return "none"
    return f"`{field.default}`"


def _duration(seconds: int) -> str:
    if seconds % 3600 == 0:
        return f"{seconds // 3600} h"
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"


def _code_list(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    regenerate()
