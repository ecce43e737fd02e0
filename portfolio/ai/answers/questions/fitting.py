"""Whether a sentence has what is asked for: a number of those things, money, a person, a name."""

import re

from ...lexical import fold
from ..book.items import Sentence
from ..language.question_types import SYNONYMS
from ..language.wordings import PATTERNS, kin_of
from ..language.words import number_of, root, words_of
from .reading import Question

NUMBER = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|"
    r"thirty|forty|fifty|hundred\w*|thousand\w*|million\w*|half|twice|once|none|no|nobody|"
    r"first)"
)

MONEY = re.compile(
    r"[£$€¥₹]|\b(?:euros?|pounds?|dollars?|francs?|kroner|kronor|crowns|rupees|yen|z[lł]oty|rand|"
    r"pesos|reais|lira|won|[A-Z]{3}(?= ?\d))\b"
)

ASKS_MONEY = (
    r"\bhow (?:expensive|cheap)\b|\bhow much (?:money|did .* (?:cost|save)|does .* cost)|"
    r"\b(?:budget|cost[s]?|price|revenue|turnover|royalties|fees?)\b|\bbills? for\b|"
    r"\b(?:most expensive|cheapest|priciest|costliest)\b|\b(?:do|does|would|can) "
    r"(?:she|he|they|you) charge\b"
)

MONEY_WORDS = (
    "budget",
    "revenue",
    "royalties",
    "turnover",
    "expensive",
    "price",
    "profit",
    "money",
    "cost",
    "costs",
)

_ASKS_NAME = (
    r"^(?:and )?who (?:is|was|are|were) (?:her|his|their|your|the)\b|\bnames? of\b|^name "
    r"the\b|\bwhat is (?:his|her|their) name\b|^what was (?:his|her) name\b|\bby name\b"
)

_ENDS = r"(?: (?:of|in|for|at|on|from|to|with|behind|that|which|where|who|she|he|they|you)\b|$)"
_WHICH = re.compile(
    r"\b(?:which|name the|names? of (?:the|his|her|their)|what (?:is|was) the"
    rf"(?= \w+{_ENDS})) (\w+)"
)

_SOME = r"\b(?:an?|one|another|some|several|two|three|four|five|six|seven|eight|nine|ten|\d+) "
_BRAND = r"\b(?:what|which) (?:brand|make|manufacturer|model)\b"
_ASKS_BY_NAME = rf"{_ASKS_NAME}|{_BRAND}|{PATTERNS['people_asked']}"

_HAS_NAME = re.compile(
    r"(?<=[a-z,])(?<!\bin)(?<!\bat)(?<!\bfrom)(?<!\bnear) ([A-Z][a-z]+\b(?: [A-Z][a-z]+\b)*)"
)

_WHICH_PLACE = (
    r"^(?:and |(?:for|at|to|in|from|of) )*which (\w+) (?:is|was|were|are|has|had|did|does|do) "
    r"(?:(?:that|it|this|she|he|they|you|the) ?)?"
)
_NAMED_PLACE = re.compile(r"(?<=[a-z,]) [A-Z][a-z]+")

_ASKS_WHO = r"^(?:and )?who (?!(?:is|are|was|were) (?:she|he|they|you|this)\b)"

_BY_OWNER = re.compile(
    r"\b(?:I|[Ww]e|my|My|us|our|Our)\b|^[A-Z]\w+ed\b|^(?:Built|Wrote|Led|Took|Ran)\b"
)


def fits(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence has what is asked for, as far as its words show."""
    counted = re.search(r"\b(?:how many|number of) ((?:\w+ ){0,2}?)(\w+)", question.plain)
    if counted and not _counts(question, sentence, counted[2]):
        return False
    if question.matches(_ASKS_WHO) and not (
        _BY_OWNER.search(sentence.text) or _names_somebody(question, sentence)
    ):
        return False
    if not _says_which(question, sentence):
        return False
    is_built = question.matches(r"\b(?:build|built|building|plan|planning|working on|launch\w*)\b")
    return not (is_built and sentence.item.type in ("interest", "language", "skill"))


def cannot_answer(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence surely lacks what is asked for: an amount of money, a name."""
    return (
        _lacks_money(question, sentence)
        or (question.matches(_ASKS_BY_NAME) and not _names_somebody(question, sentence))
        or _leaves_unnamed(question, sentence)
    )


def _lacks_money(question: Question, sentence: Sentence) -> bool:
    asks_whether = re.match(r"(?:and )?(?:is|was|were|did|does|do|has|have|had)\b", question.plain)
    if asks_whether and not question.matches(r"\bhow\b"):
        return False
    if question.matches(ASKS_MONEY) and not MONEY.search(sentence.text):
        return True
    money = [word for word in MONEY_WORDS if question.matches(rf"\b{word}\b")]
    return bool(money) and not any(_says(sentence, word) for word in money)


def _leaves_unnamed(question: Question, sentence: Sentence) -> bool:
    """Whether it speaks of some such thing where it is asked which one: for which railway?"""
    asked = _WHICH.search(question.plain)
    if asked is None or not sentence.prose or _names_somebody(question, sentence):
        return False
    return re.search(rf"{_SOME}(?:\w+ )?{re.escape(asked[1])}\b", sentence.text, re.I) is not None


def _says_which(question: Question, sentence: Sentence) -> bool:
    """Whether it names the organisation or country that is asked for by its kind."""
    asked = re.match(_WHICH_PLACE, question.plain)
    if asked is None or (sentence.item.type in ("work", "education") and not sentence.prose):
        return True
    if asked[1] not in _PLACES and not kin_of(root(asked[1])):
        return True
    if asked[1] in _PLACES and not sentence.prose:
        return True
    return _NAMED_PLACE.search(sentence.text) is not None


_PLACES = frozenset({"country", "countries", "city", "town", "region"})


def _names_somebody(question: Question, sentence: Sentence) -> bool:
    """Whether a name stands in it that is not of the portfolio's own things."""
    book = question.book
    for match in _HAS_NAME.finditer(sentence.text):
        words = [fold(word) for word in words_of(match[1])]
        own = book.find_names(words) or book.own_names.intersection(words)
        if sentence.prose and not own and not book.vocabulary.name_of(match[1]):
            return True
    return False


def _counts(question: Question, sentence: Sentence, word: str) -> bool:
    if question.matches(r"\bhow many (?:years|months|weeks|days|hours|times)\b"):
        return True
    words = [part.lower() for part in re.findall(r"[\w.,]*\w", sentence.text)]
    return any(
        _is_called(other, word)
        and any(_is_number(near) for near in words[max(0, place - 4) : place])
        for place, other in enumerate(words)
    )


def _is_number(word: str) -> bool:
    return number_of(word) is not None or re.fullmatch(NUMBER, word) is not None


def _is_called(other: str, word: str) -> bool:
    """Whether a noun is another number of a word, or another word for it."""
    if _singular(other) == _singular(word):
        return True
    return root(other) != root(word) and root(other) in SYNONYMS.get(root(word), ())


_EXPENSES = frozenset(map(root, ("cost", "price", "expensive", "fee", "bill", "spend")))

_UNITS = {"kilo": "kg", "kilogram": "kg", "kilometre": "km", "percent": "%", "gram": "g"}


def _singular(word: str) -> str:
    """A noun without its plural; units as they are written behind figures."""
    single = _without_plural(word)
    return _UNITS.get(single, single)


def _without_plural(word: str) -> str:
    return re.sub(r"(?:(?<=[^s])s|(?<=s)es)$", "", re.sub(r"ies$", "y", word))


_INCOME = frozenset(map(root, ("revenue", "turnover", "sales", "earnings", "income")))


def _says(sentence: Sentence, word: str) -> bool:
    if word == "money":
        return True
    wanted = root(word)
    for family in (_EXPENSES, _INCOME):
        if wanted in family:
            return bool(sentence.roots & family)
    return wanted in sentence.roots
