"""Words as answers compare them: cleaned, and in roots."""

import re
import unicodedata
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
