"""Questions about where somebody lives and is found, as far as everybody may see it."""

from ..answer import Answer
from ..language.words import family, root
from ..questions.reading import Question
from ..replies import Part, fact, listed
from .introduction import name_of

_PLACE = (
    r"\b(?:where (?:is|are|does|do) (?:she|he|they|you|\w+) (?:live|based|located|from|reside)|"
    r"where (?:is|are) (?:she|he|they|you)$|lives?|based|located|location|whereabouts|resid\w+|"
    r"home ?town|what (?:city|country|town|region)|which (?:city|country|town|region|part))\b"
)
_LIVES = r"\b(?:lives?|living|whereabouts|based|located|resid\w+)\b"
_SITE = (
    r"\b(?:website|web site|homepage|home page|web page|url|online|on the (?:web|internet|net))\b"
)
_MAIL = r"\be-? ?mail\b"
_PHONE = r"\b(?:phone|telephone|mobile number|call)\b"
_ACCOUNTS = (
    r"\b(?:social media|social|accounts?|github|gitlab|linkedin|twitter|mastodon|profiles?|"
    r"follow (?:her|him|them|you)|handle|username)\b"
)
_CONTACT = r"\b(?:contact|reach|get in touch|touch)\b"
_COUNTED = r"\bhow many\b"
_NAME = (
    r"\b(?:full name|last name|surname|first name|what is (?:her|his|their|your) name|who "
    r"is (?:this|she|he|the (?:owner|author)))\b"
)
_WORDS = family(
    """
    live lives living based located location whereabouts reside resides residence home town city
    country region part website web site homepage page url online email mail phone telephone mobile
    number call social media account accounts profile profiles follow handle username contact reach
    get touch details have has personal address own way full last surname first name world person
    link these days net currently now internet find
    """
)


def answer_contact(question: Question) -> Answer | None:
    """An answer from the profile's own fields, if the question asks for nothing else."""
    book = question.book
    if not book.people or question.mentions or question.focus or question.matches(_COUNTED):
        return None
    person = book.people[0]
    place = [f"/location/{name}" for name in ("city", "region", "country_code")]
    places = {root(word.lower()) for field in place for word in person.text(field).split()}
    networks = {root(item.name.lower()) for item in book.of("social_profile")}
    rest = [
        word
        for word in question.content
        if word not in _WORDS and word not in places and word not in networks
    ]
    most = 1 if question.matches(_LIVES) and not question.years else 0
    if question.matches(_PLACE) and len(rest) <= most and person.text(place[0]):
        found = [field for field in place if person.text(field)]
        named = ", ".join(person.text(field) for field in found)
        return fact(f"{named}.", [person.cite("/name"), *person.cite_all(*found)])
    if rest:
        return None
    for pattern, pointer in ((_MAIL, "/email"), (_PHONE, "/phone"), (_SITE, "/url")):
        if question.matches(pattern) and person.text(pointer):
            lead = "Yes: " if question.matches(r"^(?:do|does|is|has|have|can)\b") else ""
            return fact(f"{lead}{person.text(pointer)}", [person.cite(pointer)])
    if question.matches(_NAME):
        return listed([name_of(person)])
    if question.matches(f"{_ACCOUNTS}|{_CONTACT}"):
        return _ways(question)
    return None


def _ways(question: Question) -> Answer | None:
    person = question.book.people[0]
    parts = [
        Part(person.text(pointer), person.cite_all(pointer))
        for pointer in ("/email", "/phone", "/url")
        if person.text(pointer)
    ]
    if question.matches(_ACCOUNTS):
        parts = []
    parts += [
        Part(
            f"{item.name}: {item.text('/url') or item.text('/username')}",
            item.cite_all("/network", "/username", "/url"),
        )
        for item in question.book.of("social_profile")
    ]
    return listed(parts) if parts else None
