"""Skills that everyday words name: in a portfolio `added caching` is work done, not a request."""

from collections.abc import Iterator

from portfolio.ai.skills.concepts import Category, Evidence, Rule, Skill, Spelling
from portfolio.ai.skills.context import Candidate
from portfolio.ai.skills.finder import find_candidates, find_skills, to_skill
from portfolio.ai.skills.tokens import cut_tokens
from portfolio.ai.skills.vocabulary import Vocabulary

# `Worked with marketing` is no marketing: words of business and of subjects say less of work.
_PRACTISED = frozenset(
    {
        *[Category.METHOD, Category.DATA, Category.DATABASE, Category.SECURITY],
        *[Category.PROTOCOL, Category.ML, Category.CLOUD, Category.DEVOPS, Category.TESTING],
        *[Category.DESIGN, Category.SOFT],
    }
)


def find_own_skills(text: str, vocabulary: Vocabulary) -> list[Skill]:
    """The skills of a text in which somebody tells of their own work, in no order."""
    skills = find_skills(text, vocabulary)
    starts = {skill.start for skill in skills}
    practised = (s for s in _find_practised(text, vocabulary) if s.start not in starts)
    return [*skills, *practised]


def _find_practised(text: str, vocabulary: Vocabulary) -> Iterator[Skill]:
    tokens = cut_tokens(text)
    for candidate in find_candidates(text, tokens, vocabulary):
        if candidate.rule is not None and _is_practised(candidate, candidate.rule, vocabulary):
            yield to_skill(text, tokens, candidate, vocabulary)


def _is_practised(candidate: Candidate, rule: Rule, vocabulary: Vocabulary) -> bool:
    concept = vocabulary.concept(candidate.name)
    return (
        rule.spelled is Spelling.ANY
        and rule.then is Evidence.CUE
        and concept is not None
        and concept.category in _PRACTISED
    )
