"""The exported model that tests use: made at the first need, and kept beside the packages."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from portfolio.ai.encoder import EncoderUnavailable
from portfolio.ai.exported import ExportedModel, find_export

MODELS = Path(os.environ.get("MODELS_FOLDER") or Path(sys.prefix, "share/portfolio/models"))


@cache
def exported_model() -> ExportedModel:
    """The bundled model, exported as the set-up does it."""
    try:
        return find_export(MODELS, "")
    except EncoderUnavailable:
        # A process of its own: torch is not for those that test the web.
        command = [sys.executable, "-m", "portfolio.ai.export", str(MODELS)]
        subprocess.run(command, check=True, capture_output=True)
        return find_export(MODELS, "")
