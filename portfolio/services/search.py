"""Searching the documents of the portfolio, with the places that were found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from portfolio.ai.chunks import Span
from portfolio.ai.lexical import find_words, stems
from portfolio.ai.retrieval import Hit
from portfolio.schemas.search import (
    FacetCount,
    Facets,
    Highlight,
    Mark,
    SearchItem,
    SearchQuery,
)
from portfolio.services.knowledge.retrieval import retrieve
from portfolio.services.knowledge.sources import Source
from portfolio.vocabulary import SourceType

CHUNKS = 500
"""Most chunks that are looked at; what follows has next to nothing to do with the question."""
NEAR = 0.27
"""Least cosine of what is found by its meaning alone. The words of no language at all reach 0.25
with the sample portfolio, a question for a degree 0.29."""
HIGHLIGHTS = 3
TECHNOLOGIES = 50


@dataclass
class Match:
    """A document that was found, with its chunks, the best first."""

    source: Source
    hits: list[Hit] = field(default_factory=list)


@dataclass(frozen=True)
class SearchResult:
    """One page of what was found, and what can be said of all of it."""

    items: list[SearchItem]
    total: int
    facets: Facets
    indexing: bool


def search(query: SearchQuery, *, private: bool) -> SearchResult:
    """The documents that have to do with the words, the likeliest first.

    Args:
        private: drafts and unlisted documents too.
    """
    found = retrieve(query.q, profile=query.profile, private=private, limit=CHUNKS)
    matches: dict[tuple[str, str], Match] = {}
    for hit in found.hits:
        if hit.words > 0 or hit.meaning >= NEAR:
            source = found.source_of(hit)
            matches.setdefault((source.type, source.id), Match(source)).hits.append(hit)
    fitting = [match for match in matches.values() if _names(match.source, query.technology)]
    kept = [match for match in fitting if query.type in (None, match.source.type)]
    words = set(stems(query.q))
    page = kept[query.offset : query.offset + query.page_size]
    return SearchResult(
        items=[_describe(match, words) for match in page],
        total=len(kept),
        facets=Facets(types=_count_types(fitting), technologies=_count_technologies(kept)),
        indexing=found.knowledge.indexing,
    )


def _names(source: Source, technology: str) -> bool:
    wanted = technology.casefold()
    return not wanted or any(name.casefold() == wanted for name in source.technologies)


def _describe(match: Match, words: set[str]) -> SearchItem:
    source = match.source
    return SearchItem(
        type=SourceType(source.type),
        id=UUID(source.id),
        title=source.title,
        url=source.address,
        profile=source.profile_slug,
        technologies=source.technologies,
        score=round(match.hits[0].score, 6),
        highlights=_highlights(match.hits, words),
    )


def _highlights(hits: Sequence[Hit], words: set[str]) -> list[Highlight]:
    """The places with most of the words; if none has any, the beginning of the best chunk."""
    spans = [span for hit in hits for span in hit.chunk.spans]
    marked = [(span, _marks(span, words)) for span in spans]
    # A stable sort: among places with as many words the better chunk's comes first.
    best = sorted((pair for pair in marked if pair[1]), key=lambda pair: -_variety(*pair))
    return [
        Highlight(field=span.field, start=span.start, end=span.end, text=span.text, marks=marks)
        for span, marks in (best or marked[:1])[:HIGHLIGHTS]
    ]


def _marks(span: Span, words: set[str]) -> list[Mark]:
    return [
        Mark(start=span.start + word.start, end=span.start + word.end)
        for word in find_words(span.text)
        if word.stem in words
    ]


def _variety(span: Span, marks: Iterable[Mark]) -> int:
    """How many different words are marked."""
    texts = (span.text[mark.start - span.start : mark.end - span.start] for mark in marks)
    return len({stem for text in texts for stem in stems(text)})


def _count_types(matches: Iterable[Match]) -> list[FacetCount]:
    counts = Counter(match.source.type for match in matches)
    return [FacetCount(name=kind, count=counts[kind]) for kind in SourceType if counts[kind]]


def _count_technologies(matches: Iterable[Match]) -> list[FacetCount]:
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for match in matches:
        for folded, name in {name.casefold(): name for name in match.source.technologies}.items():
            spellings.setdefault(folded, name)
            counts[folded] += 1
    ranked = sorted(counts, key=lambda folded: (-counts[folded], folded))[:TECHNOLOGIES]
    return [FacetCount(name=spellings[folded], count=counts[folded]) for folded in ranked]
