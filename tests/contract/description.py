"""Reading the API's description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    path: str
    method: str
    told: dict[str, Any]
    spec: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """Its parameters by name."""
        return {each["name"]: each for each in self.told.get("parameters", [])}

    @property
    def needed(self) -> dict[str, Any]:
        """What its query cannot do without, as the examples say."""
        return {
            name: each["schema"]["examples"][0]
            for name, each in self.parameters.items()
            if each["in"] == "query" and each["required"]
        }

    @property
    def success(self) -> int:
        """The status of its success."""
        return min(int(status) for status in self.told["responses"] if status.startswith("2"))

    @property
    def scopes(self) -> list[str]:
        """The scopes that it needs; none for what is open to everybody."""
        if {} in self.told["security"]:
            return []
        return [scope for each in self.told["security"] for scope in each["bearer"]]

    @property
    def takes_away(self) -> bool:
        """Whether what it names may be gone afterwards: it deletes, or is told nothing."""
        return self.method == "delete" or (self.method == "post" and "requestBody" not in self.told)

    @property
    def is_order(self) -> bool:
        """Whether it puts the things of the list above it in order."""
        return self.path.endswith("/reorder/")

    def answers(self, status: int | str) -> dict[str, dict[str, Any]]:
        """What it answers with this status, by media type."""
        return dict(self.told["responses"][str(status)].get("content", {}))

    def check(self, value: Any, schema: dict[str, Any]) -> None:
        """Fail unless the value fits the schema, whose references lead into the description."""
        whole = {**schema, "components": self.spec["components"]}
        jsonschema.Draft202012Validator(whole).validate(value)


def operations(spec: dict[str, Any]) -> Iterator[Operation]:
    """All operations, those that read first and those that take something away last."""
    found = [
        Operation(path, method, item[method], spec)
        for method in METHODS
        for path, item in spec["paths"].items()
        if method in item
    ]
    return iter(sorted(found, key=lambda operation: operation.takes_away))


def examples(media: dict[str, Any]) -> Iterator[Any]:
    """The values of a body's examples."""
    if "example" in media:
        yield media["example"]
    for example in media.get("examples", {}).values():
        yield example["value"]
