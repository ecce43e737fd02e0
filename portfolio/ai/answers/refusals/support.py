"""What a question takes for granted and the portfolio does not say: then nothing is claimed."""

import re

from ...lexical import fold
from ...skills.concepts import Category, Skill
from ..answer import Answer, Citation
from ..language.lexicon import ASKING, COMMON_NAMES, OWNER
from ..language.wordings import PATTERNS, SKILL_CLASSES
from ..language.words import root, roots, words_of
from ..questions.reading import PROPER, Question
from ..replies import refusal
from ..skills.skill_use import present
from .conflicts import refuse_conflict
from .private import refuse_private
from .strange_names import strange_names
from .uncapitalised import ABLE, small_employers, small_names

_AT = re.compile(
    r"\b(at|for|by|join(?:ed)?|from|of)\s+([A-Za-z][\w&.+#-]*)(?=(?:\s+(?:as|in|for|"
    r"until|from|when)\b|\W*$))"
)

_EMPLOYED = (
    r"\b(?:employ(?:ed|ee|er|ment)|staff|on the payroll|hired by|worked (?:at|for)|working "
    r"(?:at|for)|(?:did|does|do|will|can) \w+ (?:ever |really )?work (?:at|for))\b"
)

_OTHERS_LEFT = (
    r"\b(?:people|engineers|colleagues|customers|users|others|everybody|everyone|somebody|teams?) "
    r"(?:quit|leave|left|leaving|resign\w*)\b"
)

_LEFT = re.compile(
    r"\b(?:I|she|he|they) (?:left|quit|resigned|moved on)\b.*\b(?:because|since|so|as|after|to)\b"
)

_BECAME = (
    r"\b(?:become|became|qualif\w+ as|certified|registered|licen[cs]ed|chartered|trained as)"
    r"(?: as)? (?:a |an )?((?:\w+ )?\w+)"
)


def refuse_unsupported(question: Question) -> Answer | None:
    """A refusal if the question is about what no portfolio says, or names what this one has not."""
    return (
        refuse_private(question)
        or _skills(question)
        or _employer(question)
        or _profession(question)
        or _leaving(question)
        or refuse_conflict(question)
    )


def _skills(question: Question) -> Answer | None:
    missing = [skill for skill in question.found_skills if _is_missing(question, skill)]
    names = [skill.surface for skill in missing]
    found = {skill.name for skill in question.found_skills}
    names += [
        name
        for name in question.skills
        if name not in found
        and not present(question, name)
        and not _is_plain(question, name)
        and _is_name(question, name)
    ]
    names += [*_spoken(question), *strange_names(question), *small_names(question)]
    names = list({fold(name): name for name in reversed(names)}.values())[::-1]
    if not names:
        return None
    nearest = _nearest(question, [skill.name for skill in missing])
    text = f"The portfolio does not mention {_joined(names)}."
    if nearest:
        quotes = ", ".join(f"“{citation.quote}”" for citation in nearest)
        text = f"{text} The nearest that it names: {quotes}."
    return refusal(text, nearest)


def _is_plain(question: Question, name: str) -> bool:
    """Whether a word is no name here: the question and the portfolio both write it small."""
    return name not in question.text and name.lower() in question.book.lower_words


def _is_name(question: Question, name: str) -> bool:
    """Whether it is what a thing is called, and not a practice that has other names."""
    concept = question.book.vocabulary.concept(name)
    last = name.rpartition(" ")[2]
    return concept is None or concept.category in PROPER or last == name or not last.islower()


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _is_missing(question: Question, skill: Skill) -> bool:
    book = question.book
    if skill.category is Category.SPOKEN or present(question, skill.name):
        return False
    if skill.surface.lower() in SKILL_CLASSES:
        return False
    if any(skill.surface.lower() in item.name.lower() for item in question.subjects):
        return False
    surface = skill.surface
    if surface.islower() and {surface, surface.rstrip("s")} & book.lower_words:
        return False
    words = [root(word.lower()) for word in re.findall(r"[\w+#]+", skill.surface)]
    if len(words) > 1 and any(item.name_roots.issuperset(words) for item in question.subjects):
        return False
    if skill.category in PROPER or not _is_phrase(question, skill):
        if len(words) == 1 and skill.category not in PROPER and book.has(words[0]):
            return False
        return skill.category in PROPER or skill.surface in question.asking_part
    if len(words) < 2 or not re.match(
        r"(?:and )?(?:has|have|does|do|did|is|can)\b", question.plain
    ):
        return False
    in_one = any(set(words) <= sentence.roots for sentence in book.sentences)
    return not in_one and len(question.topic_words) * 0.6 <= len(words)


def _is_phrase(question: Question, skill: Skill) -> bool:
    """Whether it is made of common words, such as machine learning, and is not a name, such as
    Power BI."""
    surface = skill.surface
    if any(letter.isupper() for letter in skill.name[1:]) or any(map(str.isdigit, surface)):
        return False
    if surface[0].isupper() and " " not in surface and not question.text.startswith(surface):
        return False
    is_common = question.book.is_common
    words = re.findall(r"[a-z]+", skill.surface.lower())
    return all(is_common(word) or is_common(word.rstrip("s")) for word in words)


def _spoken(question: Question) -> list[str]:
    """Spoken languages that are asked for and not there."""
    book = question.book
    own = {root(word) for item in book.of("language") for word in roots(item.name)}
    asked = [skill for skill in question.found_skills if skill.category is Category.SPOKEN]
    names = [
        skill.surface
        for skill in asked
        if not set(roots(skill.surface)) <= own and skill.surface.lower() not in book.words
    ]
    return names if not any(set(roots(skill.surface)) <= own for skill in asked) else []


def _nearest(question: Question, names: list[str]) -> list[Citation]:
    """Skills of the portfolio that may stand for the missing ones."""
    vocabulary = question.book.vocabulary
    found = [
        places[0]
        for own, places in question.book.skills.items()
        if any(vocabulary.are_alternatives(name, own) for name in names)
    ]
    return [
        place.item.cite(place.mark.field, 0.5, (place.mark.start, place.mark.end))
        for place in found
        if place.mark.end - place.mark.start < 60
    ][:3]


def _employer(question: Question) -> Answer | None:
    """A name that the question takes for an employer's, and the portfolio for something else."""
    book = question.book
    pool = book.of("work", "volunteer") if question.matches(_EMPLOYED) else book.items
    for match in _AT.finditer(question.text):
        word = match[2]
        folded = fold(word)
        if match[1] != "at" and not question.matches(_EMPLOYED):
            continue
        if ABLE.search(question.text[: match.start()].lower()):
            continue
        known = any({fold(part) for part in words_of(word)} <= item.called_words for item in pool)
        is_name = word[0].isupper() or any(
            skill.surface.lower().startswith(word.lower())
            for skill in question.found_skills
            if skill.category is not Category.SOFT
        )
        if is_name and not known and folded not in COMMON_NAMES and folded not in ASKING:
            return _no_employer(question, word)
    for word in small_employers(question):
        return _no_employer(question, word)
    if not question.matches(_EMPLOYED) or question.named("work", "volunteer"):
        return None
    for skill in question.found_skills:
        folded = fold(skill.surface)
        is_name = skill.category in PROPER | {Category.DATA, Category.DEVOPS}
        if is_name and not any(folded in work.called_words for work in book.of("work")):
            return _no_employer(question, skill.surface)
    return None


def _no_employer(question: Question, name: str) -> Answer:
    works = question.book.of("work")[:1]
    citations = [work.cite(work.name_field) for work in works]
    return refusal(f"The portfolio does not name {name} as an employer.", citations)


def _profession(question: Question) -> Answer | None:
    """A profession that somebody is asked to have learnt, and whose name is nowhere."""
    match = re.search(_BECAME, question.plain)
    if match is None:
        return None
    book = question.book
    words = [word for word in match[1].split() if word not in ASKING | OWNER and word.isalpha()]
    if not words or any(book.has(root(word)) and word.rstrip("s") in book.stems for word in words):
        return None
    if question.skills or any(book.vocabulary.name_of(word) for word in words):
        return None
    return refusal(f"The portfolio does not mention {' '.join(words)}.")


def _leaving(question: Question) -> Answer | None:
    """Why somebody left is said, if at all, where the job is told."""
    if not question.matches(PATTERNS["why_left"]) or question.matches(_OTHERS_LEFT):
        return None
    if question.named("project") or question.skills:
        return None
    works = question.named("work") or question.book.of("work")
    group = {member for work in works for member in question.book.group_of(work)}
    if any(_LEFT.search(sentence.text) for item in group for sentence in item.sentences):
        return None
    return refusal("The portfolio does not say why.")
