"""Finding the skills that a text names, where it names them. Time is linear in the text."""

from collections.abc import Sequence

from portfolio.ai.skills.concepts import Category, Skill
from portfolio.ai.skills.context import Candidate, Context, may_stand
from portfolio.ai.skills.tokens import Token, cut_tokens, may_follow
from portfolio.ai.skills.unlisted import find_unlisted
from portfolio.ai.skills.vocabulary import Node, Vocabulary, standard_vocabulary
from portfolio.ai.skills.vocabulary_data import read_cue_words


def find_skills(
    text: str, vocabulary: Vocabulary | None = None, tokens: Sequence[Token] | None = None
) -> list[Skill]:
    """The skills in order, none within another; offsets count code points of the text as given.

    Args:
        tokens: of the text, if they are known.
    """
    vocabulary = vocabulary or standard_vocabulary()
    tokens = cut_tokens(text) if tokens is None else tokens
    candidates = find_candidates(text, tokens, vocabulary)
    context = Context(text, tokens, candidates, vocabulary, read_cue_words())
    listed = [
        to_skill(text, tokens, candidate, vocabulary)
        for candidate in candidates
        if context.speaks_for(candidate)
    ]
    return sorted([*listed, *find_unlisted(text, listed)], key=lambda skill: skill.start)


def find_candidates(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Candidate]:
    """The longest known spellings from left to right, whatever their context."""
    found = []
    past, root = 0, vocabulary.root
    for index, token in enumerate(tokens):
        if index < past:
            continue
        # Most words begin no name: for each of them nothing more is done than this.
        node, end = root.get(token.key), token.key[-1:]
        if node is not None:
            candidate = _longest_at(text, tokens, index, node)
        elif end == "s" or end.isdigit():
            candidate = _otherwise_written(text, tokens, index, root)
        else:
            continue
        if candidate is not None:
            found.append(candidate)
            past = candidate.past
    return found


def _longest_at(
    text: str, tokens: Sequence[Token], first: int, node: Node | None
) -> Candidate | None:
    longest = None
    past = first
    while node is not None:
        past += 1
        if node.name is not None and may_stand(text, tokens, first, past):
            longest = Candidate(first, past, node.name, node.rule)
        if past == len(tokens) or not node:
            break
        follower = node.get(tokens[past].key)
        if follower is None or not may_follow(text, tokens[past - 1], tokens[past]):
            break
        node = follower
    return longest


def _otherwise_written(
    text: str, tokens: Sequence[Token], first: int, root: Node
) -> Candidate | None:
    """`Java11` is Java, `VPNs` are VPN; of an ambiguous word neither is true."""
    key = tokens[first].key
    surface = text[tokens[first].start : tokens[first].end]
    is_plural = surface.endswith("s") and surface[:-1].isupper()
    if len(key) < 4 or not (is_plural or key[-1].isdigit()):
        return None
    node = root.get(key[:-1] if is_plural else key.rstrip("0123456789"))
    if node is None or node.name is None or node.rule is not None:
        return None
    return Candidate(first, first + 1, node.name, None)


def to_skill(
    text: str, tokens: Sequence[Token], candidate: Candidate, vocabulary: Vocabulary
) -> Skill:
    """The skill that a candidate names."""
    start, end = tokens[candidate.first].start, tokens[candidate.past - 1].end
    concept = vocabulary.concept(candidate.name)
    category = concept.category if concept else Category.LEARNED
    return Skill(candidate.name, start, end, text[start:end], category)
