"""Where a portfolio names which skills, and where it says that one was not used."""

from collections.abc import Iterable
from typing import NamedTuple

from ...shown.places import Document
from ...shown.portfolio_skills import PortfolioSkills
from ...skills.denial import find_denied
from ...skills.finder import find_skills
from ...skills.vocabulary import Vocabulary, standard_vocabulary
from .items import Item, Mark, Sentence

_LISTED = {"project": "technologies", "skill": "keywords"}


class Place(NamedTuple):
    """Where an item names a skill.

    Attributes:
        denied: whether it says that it was not used.
    """

    item: Item
    mark: Mark
    denied: bool = False


def listed(items: Iterable[Item]) -> list[str]:
    """What the owner lists as technologies and skills."""
    names = (name for item in items for name in item.value(_LISTED.get(item.type, "")) or ())
    return [name for name in names if isinstance(name, str)]


def read_shown(items: Iterable[Item]) -> PortfolioSkills:
    """Their skills as a comparison with a job reads them."""
    documents = [Document(one.type, one.document.id, one.document.fields) for one in items]
    return PortfolioSkills.read(documents, standard_vocabulary())


def find_skill_places(
    sentences: Iterable[Sentence], vocabulary: Vocabulary
) -> dict[str, list[Place]]:
    """The places of each skill, in the portfolio's order."""
    found: dict[str, list[Place]] = {}
    for sentence in sentences:
        if sentence.item.type in ("language", "social_profile"):
            continue
        if sentence.mark.field.startswith("/location"):
            continue
        for skill, is_denied in _skills_in(sentence, vocabulary).items():
            place = Place(sentence.item, sentence.mark, sentence.prose and is_denied)
            found.setdefault(skill, []).append(place)
    return found


def _skills_in(sentence: Sentence, vocabulary: Vocabulary) -> dict[str, bool]:
    """The skills that a sentence names, and of each whether it is denied."""
    names: dict[str, bool] = {}
    skills = find_skills(sentence.text, vocabulary)
    denied = find_denied(sentence.text, [(skill.start, skill.end) for skill in skills])
    for place, skill in enumerate(skills):
        names[skill.name] = names.get(skill.name, True) and place in denied
    name = None if sentence.prose else vocabulary.name_of(sentence.text)
    if name:
        names[name] = False
    return names
