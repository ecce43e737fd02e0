"""The vocabulary, ready for use: names, their spellings, and how they hang together."""

from collections.abc import Iterable
from functools import cache

from portfolio.ai.skills.concepts import Category, Concept, Rule
from portfolio.ai.skills.tokens import cut_tokens
from portfolio.ai.skills.variants import spellings_of
from portfolio.ai.skills.vocabulary_data import (
    Relations,
    read_entries,
    read_relations,
    read_rules,
)

Key = tuple[str, ...]
COMMON_NOUNS = frozenset(
    {
        *[Category.METHOD, Category.BUSINESS, Category.FIELD, Category.DATA, Category.ML],
        *[Category.DESIGN, Category.TESTING, Category.SECURITY, Category.PROTOCOL],
        *[Category.CLOUD, Category.DEVOPS, Category.DATABASE, Category.SOFT],
    }
)


class Node(dict[str, "Node"]):
    """What may come next in a name, and the name that ends here."""

    __slots__ = ("name", "rule")

    def __init__(self) -> None:
        super().__init__()
        self.name: str | None = None
        self.rule: Rule | None = None


class Vocabulary:
    """Names by their spellings, as a tree of keys. Not to be changed once made."""

    def __init__(self) -> None:
        self.root = Node()
        self._concepts: dict[str, Concept] = {}

    def concept(self, name: str) -> Concept | None:
        """The concept of that very name."""
        return self._concepts.get(name)

    def names(self) -> list[str]:
        return list(self._concepts)

    def name_of(self, spelling: str) -> str | None:
        """The name that the whole of this spelling stands for, whatever its context."""
        node = self._walk(to_keys(spelling))
        return node.name if node is not None else None

    def are_alternatives(self, one: str, other: str) -> bool:
        """Whether one may stand where the other is asked for."""
        concept = self._concepts.get(one)
        return concept is not None and other in concept.alternatives

    def implied_by(self, names: Iterable[str]) -> frozenset[str]:
        """The names, and all that follow from them."""
        known: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in known:
                known.add(name)
                concept = self._concepts.get(name)
                waiting.extend(concept.implies if concept else ())
        return frozenset(known)

    def extended_with(self, names: Iterable[str]) -> "Vocabulary":
        """One that also knows these names, of a profile; what it knew keeps its name."""
        unknown = [name for name in dict.fromkeys(names) if is_learnable(name)]
        unknown = [name for name in unknown if self.name_of(name) is None]
        if not unknown:
            return self
        extended = Vocabulary()
        extended.root = _copy(self.root)
        extended._concepts = dict(self._concepts)
        for name in unknown:
            extended.add(Concept(name, Category.LEARNED), [])
        return extended

    def add(self, concept: Concept, aliases: Iterable[str]) -> None:
        """While it is made: a concept, unless its name is taken, and its free spellings."""
        if self.name_of(concept.name) is not None and concept.name not in self._concepts:
            return
        self._concepts.setdefault(concept.name, concept)
        for alias in [concept.name, *aliases]:
            # Of capitals the finder makes the plural itself: `VPNs`, but not `Leeds` of `LEED`.
            common = concept.category in COMMON_NOUNS and not alias.isupper()
            for key in spellings_of(to_keys(alias), common_noun=common):
                node = self._grow(key)
                node.name = node.name or concept.name

    def restrict(self, rule: Rule) -> None:
        """While it is made: a rule for a spelling, and for its plural; the first one stays."""
        for key in spellings_of(to_keys(rule.word), common_noun=True):
            node = self._walk(key)
            if node is not None and node.rule is None:
                node.rule = rule

    def _walk(self, key: Key) -> Node | None:
        node: Node | None = self.root
        for part in key:
            node = node.get(part) if node is not None else None
        return node if key else None

    def _grow(self, key: Key) -> Node:
        node = self.root
        for part in key:
            node = node.setdefault(part, Node())
        return node


def to_keys(spelling: str) -> Key:
    return tuple(token.key for token in cut_tokens(spelling))


def is_learnable(name: str) -> bool:
    """Whether a profile's word can be looked for: not a single letter, not a sentence."""
    keys = to_keys(name)
    return 0 < len(keys) <= 8 and len(name) > 1


@cache
def standard_vocabulary() -> Vocabulary:
    """The project's own, made once a process."""
    relations = read_relations()
    vocabulary = Vocabulary()
    for entry in read_entries():
        vocabulary.add(_related(entry.name, entry.category, relations), entry.aliases)
    for rule in read_rules():
        vocabulary.restrict(rule)
    return vocabulary


def _related(name: str, category: Category, relations: Relations) -> Concept:
    groups = [group for group in relations.groups if name in group]
    others = dict.fromkeys(other for group in groups for other in group if other != name)
    implied = tuple(relations.implies.get(name, ()))
    return Concept(name, category, implied, relations.part_of.get(name), tuple(others))


def _copy(node: Node) -> Node:
    twin = Node()
    twin.name, twin.rule = node.name, node.rule
    for part, child in node.items():
        twin[part] = _copy(child)
    return twin
