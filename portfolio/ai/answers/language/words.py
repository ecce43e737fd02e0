"""Words as answers compare them: cleaned, in roots, with typing mistakes put right."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ...lexical import find_words, fold, stem
from ...normal import normalise

_MARKUP = re.compile(r"<[^<>]{0,200}>")
_WORD = re.compile(r"[^\W_]+(?:[+#]+|['\u2019][^\W_]+)?")
_ENDINGS = (
    *("ational", "isation", "ization", "ations", "ation", "ments", "ment", "ities", "ity"),
    *("ness", "ance", "ence", "ical", "ably", "ibly", "able", "ible", "ively", "ive", "ions"),
    *("ion", "ors", "ers", "or", "er", "al", "ly", "ist", "ic", "is", "iz", "y", "i", "e"),
)
_LEAST = 4


def listed_words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as a text."""
    return tuple(text.split())


_FIGURES = listed_words(
    """
    zero one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    """
)


def clean(text: str) -> str:
    """One line of text, with nothing unseen and no markup."""
    return normalise(_MARKUP.sub(" ", normalise(text).replace("\u2019", "'")))


_IRREGULAR = dict(
    pair.split("/")
    for pair in listed_words(
        """
    began/begin begun/begin wrote/write written/write built/build taught/teach led/lead ran/run
    won/win took/take taken/take gave/give given/give made/make sold/sell bought/buy grew/grow
    grown/grow kept/keep left/leave lost/lose found/find drew/draw drawn/draw drove/drive
    driven/drive spoke/speak spoken/speak chose/choose chosen/choose rose/rise risen/rise
    fell/fall fallen/fall held/hold brought/bring thought/think broke/break broken/break
    caught/catch dealt/deal fought/fight heard/hear knew/know known/know paid/pay said/say
    saw/see seen/see sent/send spent/spend stood/stand threw/throw thrown/throw told/tell
    wore/wear went/go gone/go became/become came/come felt/feel forgot/forget got/get hid/hide
    met/meet rewrote/rewrite sang/sing swam/swim slept/sleep understood/understand women/woman
    men/man children/child people/person lives/life data/datum analyses/analysis
    """
    )
)


@lru_cache(20_000)
def root(word: str) -> str:
    """What a word has in common with others of its family, such as migrate and migration."""
    short = stem(_IRREGULAR.get(word, word))
    if not short.isascii() or not short.isalpha():
        return short
    for ending in _ENDINGS:
        if short.endswith(ending) and len(short) - len(ending) >= _LEAST:
            short = short[: -len(ending)]
            break
    if len(short) > _LEAST and short[-1] == short[-2]:
        short = short[:-1]
    return short


def family(text: str) -> frozenset[str]:
    """The roots of the words of a list that is written as a text."""
    return frozenset(map(root, text.split()))


def roots(text: str) -> list[str]:
    """The roots of the words that carry meaning, in their order."""
    return [root(fold(text[word.start : word.end])) for word in find_words(text)]


def words_of(text: str) -> list[str]:
    """All words of a text in small letters, in their order."""
    return [match[0].lower() for match in _WORD.finditer(text)]


def words_of_text(text: str) -> list[str]:
    """All words of a text as they are written."""
    return [match[0] for match in _WORD.finditer(text)]


def number_of(word: str) -> float | None:
    """What a numeral stands for."""
    word = word.lower().replace(",", "")
    if word in _FIGURES:
        return _FIGURES.index(word)
    if word in {"dozen", "decade"}:
        return 12 if word == "dozen" else 10
    try:
        return float(word) if word.isascii() and len(word) < 20 else None
    except ValueError:
        return None


def in_words(number: int) -> str:
    """A small number as a word."""
    return _FIGURES[number] if 0 <= number < len(_FIGURES) else str(number)


def is_readable(text: str) -> bool:
    """Whether it has words in letters that can be read here."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = [letter for letter in letters if unicodedata.name(letter, "").startswith("LATIN")]
    return len(letters) > 0 and len(latin) * 2 > len(letters)


class Spelling:
    """Puts typing mistakes right by words that are known.

    Args:
        pieces: into how many pieces the language model cuts a word; one, if it knows it.
    """

    def __init__(
        self, known: Iterable[str], preferred: frozenset[str], pieces: Callable[[str], int]
    ) -> None:
        self._preferred = preferred
        self._known = frozenset(word for word in known if len(word) >= _LEAST and word.isalpha())
        self._pieces = pieces
        self._near: dict[str, list[str]] = {}
        for word in sorted(self._known):
            for near in {word, *_shortened(word)}:
                self._near.setdefault(near, []).append(word)

    def is_word(self, word: str) -> bool:
        """Whether it is a word of the language or of the portfolio."""
        return word in self._known or self._pieces(word) == 1

    def correct(self, word: str) -> str:
        """The known word that differs by one letter, if there is just one and it is none itself."""
        if len(word) < _LEAST or not word.isalpha() or self.is_word(word):
            return word
        found = {
            known
            for near in (word, *_shortened(word))
            for known in self._near.get(near, ())
            if known[0] == word[0] and abs(len(known) - len(word)) < 2 and _is_near(word, known)
        }
        if not found:
            return word
        rank = self._preferred
        return min(found, key=lambda known: (known not in rank, known[-1] != word[-1], known))


def _shortened(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_near(one: str, other: str) -> bool:
    """Whether one letter was left out, put in, exchanged or swapped with its neighbour."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if len(rest) == len(other_rest):
        swapped = rest[:2][::-1] == other_rest[:2] and rest[2:] == other_rest[2:]
        return rest[1:] == other_rest[1:] or swapped
    return rest[1:] == other_rest or rest == other_rest[1:]
