"""Models as the web process runs them: exported once, and found by their setting.

A folder holds one folder for each model, named by the SHA-256 of its weights, and for each setting
a file that says which model it means, so that nobody has to read the weights to learn it.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from .encoder import EncoderUnavailable

GRAPH, TOKENIZER, MANIFEST = "encoder.onnx", "tokenizer.json", "manifest.json"
FORM = 2
"""Raised when models have to be exported anew."""


@dataclass(frozen=True)
class ExportedModel:
    """A model that was exported.

    Attributes:
        weights: SHA-256 of the weights that it was made from.
        max_tokens: of a text, with the marks around it; what goes beyond is not read.
        difference: greatest between its numbers and the reference's, when it was made.
    """

    folder: Path
    weights: str
    dimension: int
    max_tokens: int
    difference: float


def find_export(models: Path, setting: str) -> ExportedModel:
    """The exported model that a setting means.

    Raises:
        EncoderUnavailable: there is none.
    """
    try:
        weights = _link(models, setting).read_text("ascii").strip()
        return read_export(models, weights)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderUnavailable(
            "The model has not been exported: run `flask knowledge export`."
        ) from error


def read_export(models: Path, weights: str) -> ExportedModel:
    """The export of these weights; OSError, ValueError, KeyError or TypeError if there is none."""
    folder = models / weights
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    if manifest.pop("form") != FORM:
        raise ValueError("another form")
    return ExportedModel(folder=folder, **manifest)


def write_manifest(model: ExportedModel) -> None:
    """Put beside the graph what is known of it."""
    manifest = {**asdict(model), "form": FORM}
    del manifest["folder"]
    (model.folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")


def remember_setting(models: Path, setting: str, weights: str) -> None:
    """From now on the setting means these weights."""
    link = _link(models, setting)
    beside = link.with_suffix(f".{os.getpid()}")
    beside.write_text(weights, "ascii")
    beside.replace(link)


def _link(models: Path, setting: str) -> Path:
    name = hashlib.blake2b(setting.encode(), digest_size=8).hexdigest()
    return models / f"setting-{name}.txt"
