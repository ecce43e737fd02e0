"""Exports a model for the web process, once, and checks that it agrees with the reference.

As a program (`python -m portfolio.ai.export FOLDER [MODEL]`) it is a step of the set-up. Only its
`build` imports torch, through the reference encoder.
"""

import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from .encoder import EncoderUnavailable, Vectors
from .exported import (
    TOKENIZER,
    ExportedModel,
    read_export,
    remember_setting,
    write_manifest,
)
from .onnx_encoder import OnnxEncoder
from .weights import checked_hash, locate_model

TOLERANCE = 1e-5
SAMPLES = (
    "",
    "Go",
    "Which databases did you use at your last job?",
    "Project: Plainmeter, 2024-02 to present; challenge: Statement triggers write the touched "
    "meters into an outbox, and workers recompute only the bills that depend on them.",
    "Zürich, Kraków, 東京: C++ and C#, 41.8 million rows a day (96 %).",
    "word " * 400,
)
"""Short, long, beyond the limit and of several scripts; encoded together and one by one."""

Say = Callable[[str], None]


def ensure_export(models: Path, setting: str, say: Say) -> ExportedModel:
    """The exported model that a setting means, made if there is none of its weights yet.

    Raises:
        EncoderUnavailable: there is no such model, or what was made differs from the reference.
    """
    weights = checked_hash(setting, locate_model(setting))
    try:
        exported = read_export(models, weights)
    except (OSError, ValueError, KeyError, TypeError):
        say("Exporting the language model for the web server: half a minute, once only.")
        exported = _make(models, setting, weights, say)
    remember_setting(models, setting, weights)
    return exported


def _make(models: Path, setting: str, weights: str, say: Say) -> ExportedModel:
    models.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f"{weights}.", dir=models))
    try:
        # By name: whoever finds the export made must not pay for torch.
        builder = importlib.import_module("portfolio.ai.export_graph")
        say("  loading the reference")
        reference = importlib.import_module("portfolio.ai.torch_encoder").TorchEncoder(setting)
        say("  writing the graph")
        max_tokens = builder.write_graph(reference, beside)
        shutil.copy(locate_model(setting) / TOKENIZER, beside / TOKENIZER)
        made = ExportedModel(beside, weights, reference.dimension, max_tokens, 0.0)
        difference = greatest_difference(reference.encode, OnnxEncoder(made).encode)
        say(f"  agrees with the reference to {difference:.1e}")
        if difference > TOLERANCE:
            raise EncoderUnavailable(f"The exported model differs by {difference:.1e}.")
        write_manifest(ExportedModel(beside, weights, reference.dimension, max_tokens, difference))
        for path, mode in [(beside, 0o755), *((file, 0o644) for file in beside.iterdir())]:
            path.chmod(mode)
        _put_in_place(beside, models / weights)
        return read_export(models, weights)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def greatest_difference(
    reference: Callable[[list[str]], Vectors], other: Callable[[list[str]], Vectors]
) -> float:
    """Between the numbers of two encoders, over samples encoded together and one by one."""
    batches = [list(SAMPLES), *([text] for text in SAMPLES)]
    return max(float(np.abs(reference(batch) - other(batch)).max()) for batch in batches)


def _put_in_place(made: Path, place: Path) -> None:
    if place.exists():  # of another form, or torn
        old = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent))
        place.rename(old / "old")
        shutil.rmtree(old, ignore_errors=True)
    try:
        made.rename(place)
    except OSError:
        # Somebody else was faster, and made the same.
        if not place.is_dir():
            raise


def main(arguments: list[str]) -> int:
    """The exit status."""
    models, setting = Path(arguments[0]), (arguments[1:] or [os.environ.get("EMBEDDING_MODEL", "")])
    try:
        ensure_export(models, setting[0], lambda line: print(line, flush=True))
    except (EncoderUnavailable, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
