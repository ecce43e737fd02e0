"""The questions and résumés that come with the program, and those of others."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from .schema import QuestionFile

_FOLDER = Path(__file__).parent
SAMPLE = _FOLDER.parent.parent / "local/sample.json"


class QuestionsRefused(Exception):
    """A file of questions cannot be used; the message says why."""


def own_questions() -> list[Path]:
    """The files of questions that come with the program, held-out ones too."""
    return [*open_questions(), *sorted(_FOLDER.glob("held_out/*.json"))]


def open_questions() -> list[Path]:
    """Those of them that may be looked at while answers are improved."""
    return sorted(_FOLDER.glob("questions/*.json"))


def questions_to_learn_from() -> list[Path]:
    """What weights are fitted to: open questions, those about further people, and later ones."""
    folders = ("further/questions", "later/questions")
    return [*open_questions(), *(p for f in folders for p in sorted(_FOLDER.glob(f"{f}/*.json")))]


def find_resumes(given: Iterable[Path]) -> dict[str, Path]:
    """Résumés by the names that questions have for them; given ones go before our own."""
    ours = [*_FOLDER.glob("resumes/*.json"), *_FOLDER.glob("further/resumes/*.json")]
    own = {"sample": SAMPLE, **{path.stem: path for path in ours}}
    return {**own, **{path.stem: path for path in given}}


def read_questions(path: Path) -> QuestionFile:
    """A file of questions.

    Raises:
        QuestionsRefused: it is no such file.
    """
    try:
        return QuestionFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        # The input stays out of the message: questions may be held out.
        reasons = (
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors(include_input=False, include_url=False)
        )
        raise QuestionsRefused(f"{path}: {'; '.join(reasons)}") from error
