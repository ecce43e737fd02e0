"""Pairing the items of a file with what is known: of several that a test finds the same, those that
are the most alike."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic

from portfolio.services.content.likeness import assign, is_akin, likeness
from portfolio.services.imports.row_kinds import Item, Known, RowKind, RowT, Test


class Pairing(Generic[RowT]):
    """What items are, as far as it is found.

    Attributes:
        paired: by the places of items.
        unsure: the places of those that are one of several of a name, and give no slug; and
            whether another item or row was as alike, or none.
    """

    def __init__(
        self,
        kind: RowKind[RowT],
        items: Sequence[Item],
        known: Sequence[Known[RowT]],
        *,
        here_first: bool = False,
    ) -> None:
        """Args:
        here_first: whether what stands here tells more than what the last file said.
        """
        self.items = items
        self.paired: dict[int, Known[RowT]] = {}
        self.unsure: dict[int, bool] = {}
        self._kind: RowKind[RowT] = kind
        self._known: Sequence[Known[RowT]] = known
        self._here_first = here_first
        self._taken: set[str] = set()
        self._strange: set[tuple[int, str]] = set()

    def of(self, item: Item) -> Known[RowT] | None:
        """What an item is."""
        return self.paired.get(next(n for n, one in enumerate(self.items) if one is item))

    def take(self, found: Mapping[int, Known[RowT]]) -> None:
        """Pair items, by their places."""
        self.paired.update(found)
        self._taken.update(one.id for one in found.values())

    def find(self, same: Test[RowT]) -> None:
        """Pair what is left and passes a test, so that together it is the most alike.

        Of several that the test finds the same, one that has nothing else in common is another, if
        no slug would be lost by that.
        """
        if len(self.paired) == len(self.items) or len(self._taken) == len(self._known):
            return
        pending = {
            place: {number for number, one in enumerate(self._known) if same(item, one)}
            for place, item in enumerate(self.items)
        }
        while pending:
            place, numbers = pending.popitem()
            places, grown = [place], True
            while grown:  # all that can be the same as what can be the same, and so on
                more = [other for other, others in pending.items() if others & numbers]
                for other in more:
                    numbers |= pending.pop(other)
                places, grown = places + more, bool(more)
            if numbers:
                self._assign(sorted(places), sorted(numbers), same)

    def _assign(self, places: Sequence[int], numbers: Sequence[int], same: Test[RowT]) -> None:
        free = [place for place in places if place not in self.paired]
        left = [one for n in numbers if (one := self._known[n]).id not in self._taken]
        if not free or not left:
            return
        several = len(places) > 1 or len(numbers) > 1
        group: list[Mapping[str, Any]] = []
        if several:
            group += [self.items[place].said for place in places]
            group += [self._views(self._known[number])[0] for number in numbers]
        scores = [[self._score(place, one, same, group) for one in left] for place in free]
        for row, column in assign(scores).items():
            place, one, score = free[row], left[column], scores[row][column] or 0
            self.take({place: one})
            if several and self.items[place].slug is None:
                rivals = [other[column] for at, other in enumerate(scores) if at != row]
                rivals += [other for at, other in enumerate(scores[row]) if at != column]
                as_alike = any(rival is not None and rival >= score for rival in rivals)
                self.unsure[place] = as_alike or not self._is_akin(place, one, group)

    def _score(
        self, place: int, one: Known[RowT], same: Test[RowT], group: Sequence[Mapping[str, Any]]
    ) -> int | None:
        if (place, one.id) in self._strange or not same(self.items[place], one):
            return None
        if not group:
            return 0
        if self._kind.slug is None and not self._is_akin(place, one, group):
            self._strange.add((place, one.id))
            return None
        said, (first, second) = self.items[place].said, self._views(one)
        return 2 * likeness(said, first) + likeness(said, second)

    def _is_akin(self, place: int, one: Known[RowT], group: Sequence[Mapping[str, Any]]) -> bool:
        return is_akin(self.items[place].said, self._views(one)[0], group, self._kind.apart)

    def _views(self, one: Known[RowT]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """What the last file said of a row and what stands here, the one that tells more first."""
        said, here = one.said or {}, one.stands
        return (here, said) if not said or (here and self._here_first) else (said, here)
