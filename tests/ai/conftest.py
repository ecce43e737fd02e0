"""What tests of the understanding of text share: the real model, once a session."""

import pytest

from portfolio.ai.exported import TOKENIZER, ExportedModel
from portfolio.ai.onnx_encoder import OnnxEncoder
from portfolio.ai.word_pieces import WordPieces, load_word_pieces
from tests.models_folder import exported_model


@pytest.fixture(scope="session")
def exported() -> ExportedModel:
    return exported_model()


@pytest.fixture(scope="session")
def encoder(exported: ExportedModel) -> OnnxEncoder:
    return OnnxEncoder(exported)


@pytest.fixture(scope="session")
def pieces(exported: ExportedModel) -> WordPieces:
    return load_word_pieces(exported.folder / TOKENIZER, exported.max_tokens)
