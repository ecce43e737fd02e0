"""What may happen in three processes, as rules of a state machine; the model says what is true."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy.orm import Session

from . import model
from .model import READS, REPORT, Change, Read
from .moves import MOVES, changes, changes_alone, numbers, steps, values
from .place import Item
from .troubles import TroubledWorld, places


class CacheMachine(TroubledWorld):
    """What may happen, in any order."""

    diligent = False

    @initialize(diligent=st.sampled_from([True, True, False]))
    def choose(self, diligent: bool) -> None:
        self.diligent = diligent

    @invariant()
    def everybody_reads_everything(self) -> None:
        """In two of three runs, after each step; forwards or backwards."""
        if self.diligent:
            reads = READS[:: 1 if len(self.history) % 2 else -1]
            for number in range(len(self.places)):
                self.hear(number)
                for read in reads:
                    self.read_at(number, read)
            for read in reads if self.writer is not None else ():
                self.read_in_the_transaction(read)

    # What is read.

    @rule(number=places, read=st.sampled_from(READS), heard=st.booleans())
    def read(self, number: int, read: Read, heard: bool) -> None:
        if heard:
            self.hear(number)
        self.read_at(number, read)

    @rule(wanted=st.lists(st.tuples(places, st.sampled_from(READS)), min_size=3, max_size=8))
    def read_several(self, wanted: list[tuple[int, Read]]) -> None:
        for number, read in wanted:
            self.hear(number)
            self.read_at(number, read)

    @rule(number=places, read=st.sampled_from(READS))
    def refresh(self, number: int, read: Read) -> None:
        place = self.places[number]
        if place.is_whole:
            before = len(place.process.computed)
            found = place.fetch(read, refresh=True)
            self.check(number, found, read)
            assert place.process.computed[before] == read, "it was to be computed anew"
            if not self.hiccuped():
                self.stored.update(place.process.computed[before:])
            if read.policy is not REPORT:
                assert found == {read: self.history[-1].value(read)}

    # What is written.

    @precondition(lambda self: self.writer is None)
    @rule(number=places, change=changes_alone, read=st.sampled_from(READS), save=st.booleans())
    def write(self, number: int, change: Change, read: Read, save: bool) -> None:
        if save:
            self.save_redis()
        after, touched = self.foresee(self.history[-1], change)
        self.places[number].write(lambda session: change.run(session.execute))
        self.committed(number, after, touched)
        self.read_at(number, read)

    @precondition(lambda self: self.writer is None)
    @rule(number=places, away=places, change=changes_alone, read=st.sampled_from(READS))
    def write_while_one_is_cut_off(
        self, number: int, away: int, change: Change, read: Read
    ) -> None:
        """It may be the writer."""
        self.cut_off(away, hang=False)
        self.write(number, change, read, False)
        self.mend(away)
        self.read_at(away, read)

    @precondition(lambda self: self.writer is None)
    @rule(change=changes_alone, relay=st.booleans())
    def write_with_another_program(self, change: Change, relay: bool) -> None:
        after, touched = self.foresee(self.history[-1], change)
        with self.sql.begin() as connection:
            change.run(connection.execute)
        self.history.append(after)
        self.untold |= touched
        if relay:
            self.flush()

    @precondition(lambda self: self.writer is None)
    @rule(number=places, work=steps, end=st.sampled_from(MOVES[1:]))
    def transact(self, number: int, work: list[Change | str], end: str) -> None:
        """A whole transaction, whose writer reads everything after each statement."""
        self.begin(number)
        for step in work:
            if isinstance(step, Change):
                self.change(step)
            elif step == "savepoint":
                self.set_savepoint()
            elif len(self.open) > 1:
                self.end_savepoint(step == "release")
            for read in READS:
                self.read_in_the_transaction(read)
        self.commit() if end == "release" else self.roll_back()

    @precondition(lambda self: self.writer is None)
    @rule(number=places)
    def begin(self, number: int) -> None:
        self.writer, self.open = number, [(self.history[-1], set())]
        self.places[number].begin()

    @precondition(lambda self: self.open)
    @rule(change=changes)
    def change(self, change: Change) -> None:
        self.work(lambda session: change.run(session.execute), change)

    @precondition(lambda self: self.open)
    @rule(number=numbers, value=values)
    def change_a_loaded_row(self, number: int, value: int) -> None:
        def change(session: Session) -> None:
            item = session.get(Item, number, populate_existing=True)
            if item is not None:
                item.value = value
                session.flush()

        self.work(change, model.set_value(number, value))

    @precondition(lambda self: self.open)
    @rule(read=st.sampled_from(READS))
    def read_in_the_transaction(self, read: Read) -> None:
        """The writer sees its own changes, and whoever has none sees what is committed."""
        assert self.writer is not None
        self.hear(self.writer)
        found = self.places[self.writer].fetch_in_transaction(read)
        if any(touched for _state, touched in self.open):
            assert found == {part: self.open[-1][0].value(part) for part in read.parts}

    @precondition(lambda self: self.open)
    @rule()
    def set_savepoint(self) -> None:
        self.in_transaction(lambda session: session.begin_nested())
        self.open.append((self.open[-1][0], set()))

    @precondition(lambda self: len(self.open) > 1)
    @rule(release=st.booleans())
    def end_savepoint(self, release: bool) -> None:
        state, touched = self.open.pop()
        if release:
            self.in_transaction(lambda session: session.get_nested_transaction().commit())
            self.open[-1] = state, self.open[-1][1] | touched
        else:
            self.in_transaction(lambda session: session.get_nested_transaction().rollback())

    @precondition(lambda self: self.open)
    @rule()
    def commit(self) -> None:
        assert self.writer is not None
        while len(self.open) > 1:
            self.end_savepoint(True)
        (state, touched), number = self.open.pop(), self.writer
        self.places[number].commit()
        self.writer = None
        self.committed(number, state, touched)

    @precondition(lambda self: self.open)
    @rule()
    def roll_back(self) -> None:
        assert self.writer is not None
        self.places[self.writer].roll_back()
        self.writer, self.open = None, []
