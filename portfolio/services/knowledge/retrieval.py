"""Finding what the portfolio says: the one door to it, for search and for answers."""

from collections.abc import Callable
from dataclasses import dataclass

from portfolio.ai import retrieval
from portfolio.ai.chunks import Chunk
from portfolio.ai.retrieval import Hit
from portfolio.services.knowledge.encoding import embed_question
from portfolio.services.knowledge.shelf import Knowledge, current_knowledge
from portfolio.services.knowledge.sources import Source


@dataclass(frozen=True)
class Found:
    """What was found, and in what."""

    hits: list[Hit]
    knowledge: Knowledge

    @property
    def version(self) -> str:
        """Of the text that was searched; it changes with the commit of any edit."""
        return self.knowledge.state["version"]

    def source_of(self, hit: Hit) -> Source:
        """The document in which a hit was found."""
        return self.knowledge.source_of(hit.chunk)


def retrieve(
    question: str,
    *,
    profile: str | None,
    private: bool = False,
    limit: int = 8,
    keep: Callable[[Chunk], bool] | None = None,
) -> Found:
    """The chunks that have to do with a question, the likeliest first.

    Args:
        profile: the slug of the only profile that is searched.
        private: drafts too, as the owner sees them.
        keep: says of a chunk whether it may be found.
    """
    knowledge = current_knowledge(profile, private=private)
    vector = embed_question(question)
    hits = retrieval.retrieve(knowledge.index, question, vector, limit, keep=keep)
    return Found(hits, knowledge)
