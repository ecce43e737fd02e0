"""What a sentence denies: every name of a list, and none that only stands near a denial."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from portfolio.ai.skills.denial import find_denied
from portfolio.ai.skills.finder import find_skills

SENTENCES = tomllib.loads(Path(__file__).with_name("denials.toml").read_text())["sentence"]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["text"])
def test_a_sentence_denies_what_it_says_and_nothing_else(sentence: dict[str, Any]) -> None:
    text = sentence["text"]
    skills = find_skills(text)
    denied = find_denied(text, [(skill.start, skill.end) for skill in skills])
    told = {skill.name: place in denied for place, skill in enumerate(skills)}
    asked = dict.fromkeys(sentence.get("denied", []), True)
    asked |= dict.fromkeys(sentence.get("shown", []), False)
    assert {name: told.get(name) for name in asked} == asked
