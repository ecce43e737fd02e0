"""The web's encoder says what the reference says, and brings no torch along."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from portfolio.ai.encoder import EncoderUnavailable
from portfolio.ai.export import SAMPLES, TOLERANCE
from portfolio.ai.exported import ExportedModel, find_export, remember_setting
from portfolio.ai.normal import normalise
from portfolio.ai.onnx_encoder import OnnxEncoder
from portfolio.ai.weights import KNOWN, WEIGHTS, checked_hash, locate_model
from tests.models_folder import MODELS

REFERENCE = """
import json, sys
from portfolio.ai.torch_encoder import TorchEncoder
encoder = TorchEncoder("")
print(json.dumps([encoder.model, encoder.encode(json.load(sys.stdin)).tolist()]))
"""
WEB = """
import sys
from pathlib import Path
from portfolio.ai.exported import find_export
from portfolio.ai.onnx_encoder import OnnxEncoder
import portfolio.app
OnnxEncoder(find_export(Path(sys.argv[1]), "")).encode(["Which databases?"])
print(sorted({"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)))
status = open("/proc/self/status").read()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
"""


def test_it_agrees_with_the_reference(encoder: OnnxEncoder) -> None:
    texts = [*SAMPLES, "Moved all 27 services in four months.", "Which databases?"]
    run = subprocess.run(
        [sys.executable, "-c", REFERENCE],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    model, reference = json.loads(run.stdout)
    assert model == encoder.model == KNOWN[""]
    assert np.abs(np.array(reference) - encoder.encode(texts)).max() < TOLERANCE


def test_the_web_process_loads_no_torch_and_stays_small(exported: ExportedModel) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WEB, str(MODELS)], capture_output=True, text=True, check=True
    )
    loaded, kilobytes = run.stdout.splitlines()
    assert loaded == "[]"
    assert int(kilobytes) < 300_000


def test_vectors_do_not_depend_on_what_is_encoded_beside(encoder: OnnxEncoder) -> None:
    together = encoder.encode(SAMPLES)
    alone = np.concatenate([encoder.encode([text]) for text in SAMPLES])
    assert np.abs(together - alone).max() < TOLERANCE
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_other_weights_under_a_known_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"others")
    with pytest.raises(EncoderUnavailable, match="is not what it should be"):
        checked_hash("", tmp_path)
    assert len(checked_hash(str(tmp_path), tmp_path)) == 64


def test_a_folder_without_weights_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="holds no"):
        locate_model(str(tmp_path))


def test_what_was_not_exported_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="flask knowledge export"):
        find_export(tmp_path, "")
    remember_setting(tmp_path, "", "0" * 64)
    with pytest.raises(EncoderUnavailable):
        find_export(tmp_path, "")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  a \n\t b ", "a b"),
        ("zero\u200bwidth \u202ebidi", "zerowidth bidi"),
        ("\ufb01le \uff21", "file A"),
        ("a\x00b", "a b"),
    ],
)
def test_the_normal_form_has_nothing_unseen(text: str, normal: str) -> None:
    assert normalise(text) == normal == normalise(normal)
