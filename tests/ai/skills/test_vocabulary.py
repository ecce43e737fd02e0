"""The vocabulary's files say what they mean to say."""

import tomllib
from collections import Counter
from typing import Any

from portfolio.ai.skills.vocabulary import standard_vocabulary, to_keys
from portfolio.ai.skills.vocabulary_data import FILES, FOLDER, read_entries, read_relations


def rule_tables() -> list[dict[str, Any]]:
    files = [FOLDER / "ambiguous.toml", FOLDER / "everyday.toml"]
    tables = [tomllib.loads(file.read_text(encoding="utf-8"))["rule"] for file in files]
    return [table for rules in tables for table in rules]


def test_every_file_is_read() -> None:
    others = {"ambiguous", "everyday", "cues", "denial", "combinations", "relations"}
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*FILES, *others}


def test_every_relation_is_between_known_names() -> None:
    relations = read_relations()
    names = {*relations.implies, *relations.part_of, *relations.part_of.values()}
    names |= {name for implied in relations.implies.values() for name in implied}
    names |= {name for group in relations.groups for name in group}
    unknown = {name for name in names if standard_vocabulary().concept(name) is None}
    assert unknown == set()


def test_every_ambiguous_word_is_a_spelling_and_has_one_rule() -> None:
    words = [word.lower() for table in rule_tables() for word in table["words"]]
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert [word for word in words if standard_vocabulary().name_of(word) is None] == []


def test_neighbours_and_cues_are_single_words() -> None:
    lists = ["cues", "not_before", "not_after"]
    words = [word for table in rule_tables() for name in lists for word in table.get(name, [])]
    assert [word for word in words if to_keys(word) != (word,)] == []


def test_a_name_is_found_by_itself() -> None:
    vocabulary = standard_vocabulary()
    for entry in read_entries():
        assert vocabulary.name_of(entry.name) is not None


def test_what_follows_from_a_skill_follows_from_what_it_implies() -> None:
    implied = standard_vocabulary().implied_by(["Spring Boot"])
    assert {"Spring Boot", "Spring", "Java"} <= implied
    assert "Python" not in implied


def test_alternatives_go_both_ways() -> None:
    vocabulary = standard_vocabulary()
    assert vocabulary.are_alternatives("React", "Vue.js")
    assert vocabulary.are_alternatives("Vue.js", "React")
    assert not vocabulary.are_alternatives("HTML", "CSS")
