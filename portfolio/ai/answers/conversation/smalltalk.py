"""What is no question about the portfolio: greetings, thanks, questions about the assistant,
orders and noise."""

import re
from collections.abc import Callable, Sequence

from ...lexical import fold
from ..answer import Answer, AnswerKind
from ..book.book import Book
from ..language.wordings import ASSISTANT, FILLERS, GREETINGS, HELLOS, THANKS
from ..language.words import is_readable, words_of, words_of_text

_GREETING = re.compile(
    r"(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|"
    r"g'?day|welcome|hallo|guten (?:tag|morgen|abend)|moin|servus|gr(?:ü|u)e?(?:ß|ss) \w+|bonjour|"
    r"bonsoir|salut|hola|buenos d(?:í|i)as|buenas (?:tardes|noches)|ciao|buongiorno|ol(?:á|a)|"
    r"bom dia|hej|hei|god dag|namaste|ahoj|cze(?:ś|s)(?:ć|c)|merhaba|salaam|szia|dzie(?:ń|n) dobry|"
    r"goedemorgen|goedemiddag|goedendag|dag)"
    r"(?: there| all| to you| to all| everyone| again| you| team| folks| friend| mate|"
    r" bot| assistant)*",
)
_THANKS = re.compile(
    r"(?:(?:ok|okay|great|perfect|cool|nice|wow|awesome|super|brilliant|excellent|lovely|alright|"
    r"fine|good|right|yes|yep|no|nope|sure|got it|i see|understood|wonderful|amazing|"
    r"interesting|impressive|fair enough|makes sense|never ?mind|no worries|"
    r"that is (?:all|great|good|helpful|nice|it|very helpful|impressive)|"
    r"(?:many |so |very )*(?:thanks?|thx|ty|tnx|cheers|merci|danke|gracias|tack|grazie|obrigado)"
    r"(?: you)?(?: very| so)?(?: much)?(?: a lot| again| for .{0,40})?|"
    r"(?:good ?)?bye+|good ?night|see you(?: later| soon)?|take care|later|ciao|"
    r"have a (?:nice|good|great) (?:day|one|evening|weekend)|"
    r"(?:what a |such a |that is a |this is a )?(?:very |really )?(?:nice|great|cool|lovely|"
    r"impressive|beautiful|good) (?:portfolio|site|website|page|work|cv|job|stuff|answer|one)|"
    r"well done|good (?:bot|job)|lol|haha+|hmm+|test|testing|ping)\s*)+",
)
_WELLBEING = re.compile(
    r"(?:(?:hi|hello|hey)[ ,]*)?(?:how are (?:you|things)(?: doing| feeling)?(?: today)?|"
    r"how(?: is|'s) it going|how do you do|what(?: is|'s|s)? up|sup|you (?:ok|alright)|"
    r"nice to meet you|pleased to meet you|how (?:is|was) your day)(?: .{0,12})?",
)
_ASSISTANT = re.compile(
    r"\b(?:are you|you are|you're) (?:an? |the )?(?:real |actual |just )?(?:ro)?"
    r"(?:bot|chat ?bot|ai|a\.i\.|human|person|machine|robot|gpt|chatgpt|claude|gemini|llm|"
    r"language model|computer|alive|sentient|real|there)\b"
    r"|\bwho (?:are|made|built|created|trained) you\b|\bwhat are you\b"
    r"|\bwhat (?:kinds? of |sorts? of )?(?:things |questions |else )?(?:can|could|may|should) "
    r"(?:i|we|you) (?:ask|do(?: for me)?|help|answer|tell me)\b(?: you)?"
    r"|\bwhat (?:can|do) you (?:do|know|answer)\b(?! (?:about|of|in|with|at|on|for)\b)"
    r"|\bhow (?:do|does|can) (?:you|this|this chat|the assistant|it) (?:work|answer|know)\b"
    r"|\b(?:your|the assistant(?:'s)?) (?:name|model|sources?|training)\b\s*\??$"
    r"|\bwhich (?:model|llm|ai)\b.{0,12}\b(?:are you|you)\b|^help\W*$"
    r"|\bwhere do (?:you get|your answers)\b|\bwhat is this (?:chat|bot|thing)\b"
    r"|\b(?:do|can|will) you (?:remember|store|save|log) (?:me|this|what|my|our)\b"
    r"|\bcan (?:you|i trust you)(?: help me)?\W*$|\bcan i (?:trust|talk to) you\b"
    r"|\bwhat language model\b"
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:rules?|instructions?|"
    r"prompts?|previous|above|prior|everything|guidelines?|restrictions?|said|told)\b"
    r"|\b(?:system|developer|hidden|initial|secret) (?:prompt|message|instructions?|mode)\b"
    r"|\b(?:from now on|pretend|act as|role ?play|you are now|simulate|imagine you|behave as|"
    r"you will now|you must now)\b"
    r"|\b(?:jailbreak|dan mode|do anything now|no restrictions|unrestricted|sudo|passwd|"
    r"secret[ _]key|database dump|source code of (?:this|your))\b"
    r"|\b(?:reveal|print|repeat|output|show|dump|leak|expose|give|what (?:is|are))\b.{0,20}\b"
    r"(?:your|the|all|every|any|its|this) (?:\w+ )?(?:prompts?|instructions?|rules|configuration|"
    r"api[ _-]?keys?|passwords?|credentials|access tokens?|env(?:ironment)? variables?|secrets?)\b"
    r"|\b(?:reply|respond|answer|say|write|repeat|print|output) (?:only |just )?(?:with|after me|"
    r"the (?:word|phrase|following)|\")"
    r"|\b(?:visitors?|users?|people|person) (?:before me|who asked|else asked|asked)\b"
    r"|\b(?:other|previous|last|another) (?:visitor|user|conversation|chat)s?\b"
    r"|\bwhat did .{0,30}\bask(?:ed)? you\b"
    r"|^(?:\w+ ){0,3}(?:write|compose|draft|make up|invent|fabricate)\b.{0,30}\b(?:review|letter|"
    r"essay|poem|song|tweet|lies?|fake|joke|defamat\w*|rumou?r)\b"
    r"|\b(?:tell me|say) (?:that )?(?:she|he|they|you) (?:is|are) (?:a |an )?(?:bad|terrible|awful|"
    r"criminal|liar|fraud|idiot)\b"
    r"|\b(?:drop|abandon) (?:\w+ )?(?:rules?|instructions?|guidelines?|restrictions?)\b"
    r"|^(?:please |now |just |then )*(?:say|state|declare|repeat|claim|insist|pretend) that\b"
    r"|\b(?:drop|delete|truncate|insert|update|select|union)\b.{0,20}\b(?:table|from|into|where|"
    r"database|all)\b.{0,30}(?:;|--|=|\*)"
    r"|/etc/|\bcat /|\brm -|\bcurl |\bwget |\{\{|\}\}|\$\{|<%|<\?|javascript:|document\.|alert\("
    r"|<script|onerror=|\bxp_cmdshell|\.\./"
)
_ABUSE = re.compile(
    r"\b(?:fuck\w*|shit\w*|bitch\w*|asshole|arsehole|cunt|bastard|idiot|stupid|moron|dumb(?:ass)?|"
    r"useless|piece of (?:junk|crap|garbage)|suck(?:s|ed)?|crap|hate you|kill (?:you|your)\w*|"
    r"worthless|garbage|shut up|ugly|pathetic|loser|scum)\b"
)
_SECRET_TEXT = re.compile(r"^[A-Za-z0-9+/_-]{24,}={0,2}$")

_BABBLE = 4
"""Words of which it can be told."""

Wording = Callable[[Book], str]


def respond(text: str, raw: str, book: Book) -> Answer | None:
    """A short word to what asks nothing about the portfolio; None if it may be a question.

    Args:
        text: the question cleaned; `raw`: as it came, with its markup.
    """
    small = re.sub(r"[^\w\s'@/{}$<>();=*.-]", " ", text.lower())
    small = " ".join(small.split())
    if not any(letter.isalnum() for letter in text):
        has_sign = any(ord(letter) > 0x2000 for letter in text)
        return _smalltalk(_hello(book)) if has_sign else _unclear(book)
    bare = small.strip(" .-'*()")
    if _ORDERS.search(raw.lower()) or _ORDERS.search(small):
        return Answer(_refuse_orders(book), AnswerKind.REFUSAL)
    if _GREETING.fullmatch(_without_name(bare, book)):
        return _smalltalk(_hello(book))
    if _THANKS.fullmatch(_without_name(bare, book)):
        return _smalltalk(f"You are welcome. {_offer(book)}")
    if (small_words := _only_small(bare, book)) is not None:
        return _smalltalk(small_words)
    if _WELLBEING.fullmatch(bare):
        return _smalltalk(f"Fine, thank you. {_offer(book)}")
    if _ASSISTANT.search(bare) or ASSISTANT.search(bare):
        return _smalltalk(_about_itself(book))
    if _ABUSE.search(bare) and not book.skills_of(text):
        return _smalltalk(f"I can only help with the portfolio. {_offer(book)}")
    is_secret = " " not in text and _SECRET_TEXT.match(text)
    if is_secret or not _is_readable(text, book):
        return _unclear(book)
    if _is_noise(small, book):
        return _unclear(book)
    return None


def _is_readable(text: str, book: Book) -> bool:
    """Whether what the portfolio does not say itself, in whatever letters, can be read here."""
    words = words_of_text(text)
    others = [word for word in words if fold(word) not in book.words]
    return is_readable(" ".join(others if len(others) > 1 else words))


def _is_noise(small: str, book: Book) -> bool:
    """Whether no word is known: neither to the language nor to the portfolio."""
    words = [word for word in words_of(small) if word.isalpha()]
    if not words or _is_babble(words):
        return True
    if book.skills_of(small) or any(book.vocabulary.name_of(word) for word in words):
        return False
    known = sum(
        book.spelling.is_word(book.spelling.correct(word)) or word in book.own_names
        for word in words
    )
    return len(words) > 1 and known * 3 <= len(words)


def _is_babble(words: Sequence[str]) -> bool:
    """Whether a word comes again and again, or most are single letters."""
    if len(words) < _BABBLE:
        return False
    return len(set(words)) * 3 <= len(words) or sum(len(word) == 1 for word in words) * 2 > len(
        words
    )


def _only_small(text: str, book: Book) -> str | None:
    """A word to a text that has nothing but words of greeting and of thanks."""
    words = {word for word in re.findall(r"[a-z]+", text) if word not in book.own_names}
    if not words <= GREETINGS | THANKS | FILLERS or book.skills_of(text):
        return None
    if words & THANKS:
        return f"You are welcome. {_offer(book)}"
    return _hello(book) if words & HELLOS else None


def _without_name(text: str, book: Book) -> str:
    return " ".join(word for word in text.split() if word not in book.own_names)


def _smalltalk(text: str) -> Answer:
    return Answer(text, AnswerKind.SMALLTALK)


def _unclear(book: Book) -> Answer:
    return Answer(f"That is no question that can be read here. {_offer(book)}", AnswerKind.REFUSAL)


def _hello(book: Book) -> str:
    return f"Hello! {_offer(book)}"


def _offer(book: Book) -> str:
    whose = f"{book.first_name}'s" if book.first_name else "the"
    return f"Ask about {whose} work, projects, skills or studies."


def _about_itself(book: Book) -> str:
    whose = f"{book.first_name}'s portfolio" if book.first_name else "this portfolio"
    return (
        f"I answer questions about {whose}, only with sentences that stand in it, and I show where"
        " each one comes from. Ask about jobs, projects, skills, studies, languages, dates or"
        " awards."
    )


def _refuse_orders(book: Book) -> str:
    return f"I only answer questions about what the portfolio says. {_offer(book)}"
