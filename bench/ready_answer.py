"""The answer that all contenders give: the product's own, as it came over HTTP."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from bench.wire import Answer

VARIABLE = "BENCH_ANSWER"
"""In the environment: the file in which a contender finds its answer."""

_ADDED_BY_SERVER = ("date", "server", "connection", "transfer-encoding")


@dataclass(frozen=True)
class ReadyAnswer:
    """Status line, headers and body as constants."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @classmethod
    def of(cls, answer: Answer) -> "ReadyAnswer":
        """What the application sent, without what the server adds."""
        headers = [(n, v) for n, v in answer.headers if n.lower() not in _ADDED_BY_SERVER]
        reason = {200: "OK", 304: "Not Modified"}[answer.status]
        return cls(f"{answer.status} {reason}", headers, answer.body)

    def save(self, file: Path) -> None:
        """Write it for a contender."""
        body = base64.b64encode(self.body).decode()
        file.write_text(json.dumps([self.status, self.headers, body]))

    @classmethod
    def load(cls, file: str) -> "ReadyAnswer":
        """What `save` wrote."""
        status, headers, body = json.loads(Path(file).read_text())
        return cls(status, [(name, value) for name, value in headers], base64.b64decode(body))
