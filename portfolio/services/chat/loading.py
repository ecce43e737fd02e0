"""Loading what answers need before anybody asks, so that no visitor waits for it."""

import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portfolio.ai.answers.engine import Asked, answer_from
from portfolio.ai.encoder import EncoderUnavailable
from portfolio.ai.retrieval import Hit, retrieve
from portfolio.errors import Problem
from portfolio.extensions import db
from portfolio.services.chat.asking import find_profile_slug
from portfolio.services.knowledge.encoding import current_encoding
from portfolio.services.knowledge.shelf import current_knowledge

_QUESTION = "What has she built with databases?"

logger = logging.getLogger(__name__)


def load_in_background(app: Flask) -> threading.Thread:
    """Begin to load the encoder, the vocabulary and the default profile into this process."""
    thread = threading.Thread(target=_load, args=(app,), name="load-answers", daemon=True)
    thread.start()
    return thread


def _load(app: Flask) -> None:
    with app.app_context():
        try:
            _answer_once()
        except (SQLAlchemyError, Problem, EncoderUnavailable) as error:
            # Whoever asks first loads it then, or is told.
            logger.warning("answers are not loaded ahead: %s", type(error).__name__)


def _answer_once() -> None:
    slug = find_profile_slug(None, private=False)
    db.session.commit()
    knowledge = current_knowledge(slug, private=False)
    (vector,) = current_encoding().encoder().encode([_QUESTION])

    def search(text: str, limit: int) -> Sequence[Hit]:
        return retrieve(knowledge.index, text, vector, limit)

    answer_from(Asked(_QUESTION, datetime.now(UTC).date()), knowledge.book, search)
