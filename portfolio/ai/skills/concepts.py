"""What a skill, an ambiguous spelling and a found skill are."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Category(StrEnum):
    """What kind of skill: `LEARNED` is from a profile, `UNLISTED` from a list in a text."""

    LANGUAGE = "language"
    FRAMEWORK = "framework"
    LIBRARY = "library"
    DATABASE = "database"
    CLOUD = "cloud"
    DEVOPS = "devops"
    DATA = "data"
    ML = "ml"
    MOBILE = "mobile"
    TESTING = "testing"
    SECURITY = "security"
    PROTOCOL = "protocol"
    OS = "os"
    TOOL = "tool"
    METHOD = "method"
    DESIGN = "design"
    BUSINESS = "business"
    FIELD = "field"
    SOFT = "soft"
    SPOKEN = "spoken"
    LEARNED = "learned"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Concept:
    """A skill by its one name."""

    name: str
    category: Category
    implies: tuple[str, ...] = ()
    part_of: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill where a text names it: `surface` is the code points from `start` to `end`."""

    name: str
    start: int
    end: int
    surface: str
    category: Category


class Evidence(IntEnum):
    """How much speaks for an ambiguous spelling being a skill; more includes less."""

    NOTHING = 0
    CAPITAL = 1
    CUE = 2
    ASKED = 3
    LIST = 4
    NEVER = 5


class Spelling(StrEnum):
    """How an ambiguous skill is written."""

    ANY = "any"
    CAPITAL = "capital"
    UPPER = "upper"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Rule:
    """What must speak for an ambiguous spelling: `then` if it is written as the skill is."""

    spelled: Spelling
    word: str
    then: Evidence
    otherwise: Evidence
    cues: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]

    def needs(self, surface: str) -> Evidence:
        """The least evidence for this surface."""
        return self.then if self.is_spelled(surface) else self.otherwise

    def is_spelled(self, surface: str) -> bool:
        """Whether it is written as the skill is."""
        if self.spelled is Spelling.EXACT:
            return surface == self.word
        if self.spelled is Spelling.UPPER:
            return surface.isupper()
        return self.spelled is Spelling.ANY or surface[:1].isupper()
