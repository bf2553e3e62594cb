"""A shop in several files, and an oracle that knows who really knew what.

`World` acts on real files through the merge's own entrances; beside every write it notes an `Event` with the events
that its writer had seen. At the end everybody meets, and `World.verify` compares what the files say with what the
events say: the same journal, the same state and the same questions everywhere, and exactly the true ones.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.actions import conflicts as answers
from wotui.actions import orders as order_verbs
from wotui.actions import undo
from wotui.errors import FileTrouble, Refused
from wotui.merge import engine, identity
from wotui.merge.places import FORMAT, Card, Change
from wotui.store import fold, soundness, vectors
from wotui.store.file import Shop
from wotui.store.reads import conflicts, work_orders

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from wotui.merge.places import Journal

NOON = datetime(2026, 6, 10, 17, tzinfo=UTC)
COLUMNS = ("title", "description", "priority")
STATUSES = ("ready", "in_progress", "on_hold", "done", "cancelled", "closed")
TABLES = ("work_order", "asset", "status_change", "log_entry", "assignment", "device", "time_span")
WORK = "status, status_at, started_at, done_at, queue_weight"


class MemoryPlace:
    """A place in memory that can be emptied, rolled back, doubled, or fail in the middle of a reading."""

    def __init__(self, shop: str) -> None:
        self.shop = shop
        self.rows: dict[tuple[str, int], Change] = {}
        self.known: frozenset[int] = frozenset()
        self.older: list[tuple[dict[tuple[str, int], Change], frozenset[int]]] = []
        self.breaks_after: int | None = None

    def describe(self) -> str:
        return "the place"

    def card(self) -> Card | None:
        return Card(self.shop, FORMAT, "0.0.0") if self.rows else None

    def held(self) -> Mapping[str, int]:
        last: dict[str, int] = {}
        for origin, seq in self.rows:
            last[origin] = max(seq, last.get(origin, 0))
        return last

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        for count, key in enumerate(sorted(self.rows)):
            if self.breaks_after is not None and count >= self.breaks_after:
                raise FileTrouble("The stick was pulled out.")
            if key[1] > beyond.get(key[0], 0):
                yield self.rows[key]
        if self.breaks_after is not None:
            raise FileTrouble("The stick was pulled out.")

    def change(self, origin: str, seq: int) -> Change | None:
        return self.rows.get((origin, seq))

    def blob_names(self) -> Collection[str]:
        return ()

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        return iter(())

    def publish(self, mine: Journal) -> int:
        self.older.append((dict(self.rows), self.known))
        news = list(mine.changes(self.held()))
        self.rows.update({(change.origin, change.seq): change for change in news})
        return len(news)

    def notes(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        return

    def roll_back(self, steps: int) -> None:
        """What an older copy put in its place would leave."""
        if self.older:
            self.rows, self.known = self.older[-1 - steps % len(self.older)]
            self.rows = dict(self.rows)

    def lose_everything(self) -> None:
        self.rows, self.known = {}, frozenset()


@dataclass
class Event:
    """One value written to one column of one record, and the events that its writer had seen."""

    number: int
    record: str
    column: str
    value: Any
    known: frozenset[int]
    act: tuple[str, int] = ("", -1)
    undone: bool = False
    undoing: bool = False


@dataclass
class Replica:
    """One file, its clock, and what it has truly seen."""

    shop: Shop
    off: timedelta
    known: frozenset[int]
    saved: tuple[Path, frozenset[int]] | None = None
    undone_steps: set[str] = field(default_factory=set[str])


class World:
    """Two to five files of one shop and a place where they meet."""

    def __init__(self, folder: Path, template: Path, years: list[int]) -> None:
        self.folder = folder
        self.minute = 0
        self.events: list[Event] = []
        self.replicas: list[Replica] = []
        self.steps: list[tuple[str, str, frozenset[int], int]] = []
        self.taken_back: set[str] = set()
        self.strangers = 0
        self._stack = ExitStack()
        for off in years:
            self._add(template, timedelta(days=365 * off), frozenset())
        first = self.replicas[0].shop
        self.records = [str(row[0]) for row in first.rows("SELECT id FROM work_order ORDER BY id")]
        self.template = vectors.held(first)
        for record, column in self.fields(self.replicas[0]):
            value = first.value(f'SELECT "{column}" FROM work_order WHERE id = ?', (record,))
            self.events.append(Event(self.tick(), record, column, value, frozenset()))
        for replica in self.replicas:
            replica.known = frozenset(event.number for event in self.events)
        self.beginning = self.replicas[0].known
        self.place = MemoryPlace(str(first.value("SELECT shop FROM me")))

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        for replica in self.replicas:
            replica.shop.close()

    # what people do

    def edit(self, who: int, record: int, column: int, value: int) -> None:
        """Write one column of one order."""
        replica, order = self._pick(who), self.records[record % len(self.records)]
        name = COLUMNS[column % len(COLUMNS)]
        with shop_time(self, replica), self._noting(replica), replica.shop.transaction() as tx:
            tx.update(
                "work_order", order, **{name: value % 4 + 1 if name == "priority" else f"{name} {value}"}
            )
            tx.done("Edited.")

    def step(self, who: int, record: int, status: int) -> None:
        """Move one order on."""
        replica, order = self._pick(who), self.records[record % len(self.records)]
        to = STATUSES[status % len(STATUSES)]
        with shop_time(self, replica), replica.shop.transaction() as tx:
            order_verbs.step(tx, work_orders.find(tx, order), to)
            tx.done("Moved on.")
        self.steps.append((order, to, replica.known, self.tick()))
        replica.known |= {self.steps[-1][3]}

    def log(self, who: int, record: int, words: int) -> None:
        """Add to the log of one order."""
        replica, order = self._pick(who), self.records[record % len(self.records)]
        with shop_time(self, replica), replica.shop.transaction() as tx:
            order_verbs.add_to_log(tx, order, f"Note {words}")
            tx.done("Noted.")

    def take_back(self, who: int) -> None:
        """Undo the newest act of a file."""
        replica = self._pick(who)
        before, events = self._live_steps(replica), len(self.events)
        with shop_time(self, replica), self._noting(replica):
            try:
                undo.undo(replica.shop)
            except Refused:
                return
        for event in self.events[events:]:
            event.undoing = True
        undone = replica.shop.value("SELECT reverts FROM act ORDER BY act DESC LIMIT 1")
        for event in self.events:
            if event.act == (replica.shop.value("SELECT origin FROM me"), undone):
                event.undone = True
        self.taken_back |= {order for _, order in before - self._live_steps(replica)}

    def answer(self, who: int, which: int, take: int) -> None:
        """Answer one open question about a field."""
        replica = self._pick(who)
        questions = [one for one in conflicts.derive(replica.shop) if one.kind == "field"]
        if not questions:
            return
        question = questions[which % len(questions)]
        value = question.values[take % len(question.values)].value
        with shop_time(self, replica):
            answers.resolve(replica.shop, question.id, str(value))
        self.happened(replica, question.record, question.field, value)

    def meet(self, who: int) -> int:
        """Merge one file with the place; gives how many changes travelled."""
        replica = self._pick(who)
        before = vectors.held(replica.shop)
        with shop_time(self, replica):
            account = engine.merge(replica.shop, self.place, agreed=True, copied=True)
        after = vectors.held(replica.shop)
        assert all(after[origin] >= last for origin, last in before.items()), "a file lost changes it knew"
        replica.known = self.place.known = replica.known | self.place.known
        return account.changes_in + account.changes_out

    def meet_in_turn(self) -> None:
        """Everybody merges once, one after the other."""
        for number in range(len(self.replicas)):
            self.meet(number)

    def meet_in_vain(self, who: int, after: int) -> None:
        """A merge whose reading fails in the middle leaves the file as it was."""
        replica = self._pick(who)
        before = _everything(replica.shop)
        self.place.breaks_after = after
        try:
            with shop_time(self, replica):
                engine.merge(replica.shop, self.place, agreed=True, copied=True)
        except FileTrouble:
            assert _everything(replica.shop) == before, "a failed merge left something behind"
        else:
            replica.known = self.place.known = replica.known | self.place.known
        finally:
            self.place.breaks_after = None

    def copy(self, who: int) -> None:
        """Somebody copies a file, and both go on."""
        replica = self._pick(who)
        if len(self.replicas) < 5:
            self._add(replica.shop.path, replica.off, replica.known)

    def save(self, who: int) -> None:
        """Put a copy of a file aside."""
        replica = self._pick(who)
        path = self.folder / f"saved-{self.tick()}.wotui"
        shutil.copy(replica.shop.path, path)
        replica.saved = (path, replica.known)

    def bring_back(self, who: int) -> None:
        """Replace a file by the copy that was put aside; what only this file knew is gone with it."""
        replica = self._pick(who)
        if replica.saved is None:
            return
        lost = replica.known - self.place.known
        for other in self.replicas:
            if other is not replica:
                lost -= other.known
        path, known = replica.saved
        if lost - known:
            return  # nobody else has it: that is a loss of the person's own making, not of a merge
        replica.shop.close()
        fresh = replica.shop.path.with_name(f"back-{self.tick()}.wotui")
        shutil.copy(path, fresh)
        fresh.replace(replica.shop.path)
        replica.shop = Shop.open(replica.shop.path)
        replica.known = known
        with shop_time(self, replica):
            identity.settle(replica.shop)

    def lose_place(self) -> None:
        """The place is emptied."""
        self.place.lose_everything()

    def roll_back_place(self, steps: int) -> None:
        """The place is replaced by an older copy."""
        self.place.roll_back(steps)

    def stranger(self, record: int, value: int) -> None:
        """A newer wotui, which knows more tables and columns, has written to the place without seeing anybody."""
        if not self.place.rows:
            return
        self.strangers += 1
        origin = "newer" + "abcdefgh"[self.strangers % 8] + "abcdefgh"[self.strangers // 8 % 8] + "a"
        if (origin, 1) in self.place.rows or any(origin in vectors.held(one.shop) for one in self.replicas):
            return
        order, t = self.records[record % len(self.records)], clock.milliseconds(NOON) + value
        patches = [
            ("_seen", origin, json.dumps({first: last for first, last in self.template.items() if last > 2})),
            ("work_order", order, f'{{"title":"stranger {value}","colour":"red"}}'),
            ("hologram", f"holo-{value}", '{"depth":3}'),
        ]
        for seq, (entity, row, patch) in enumerate(patches, 1):
            self.place.rows[origin, seq] = Change(origin, seq, t, t, None, 1, entity, row, patch)
        event = Event(self.tick(), order, "title", f"stranger {value}", self.beginning)
        self.events.append(event)
        self.place.known |= {event.number}

    # how it ends

    def everybody_meets(self) -> None:
        """Round after round until nothing travels any more: news there and back, what was seen of them, parted letters.

        Raises:
            AssertionError: it goes on for ever.
        """
        for _ in range(12):
            if not sum(self.meet(number) for number in range(len(self.replicas))):
                return
        raise AssertionError("the files never come to rest")

    def verify(self) -> None:
        """All invariants of a finished exchange.

        Raises:
            AssertionError: one does not hold.
        """
        shops = [replica.shop for replica in self.replicas]
        reference = _everything(shops[0])
        for shop in shops[1:]:
            assert _everything(shop) == reference, "the files differ"
        for shop in shops:
            with shop.exchange() as connection:
                known = fold.columns(connection)
                wrong = list(soundness.state_differences(connection, known))
                gaps = soundness.journal_gaps(connection)
            assert not wrong, f"state is not the fold of the journal: {wrong}"
            assert not gaps, f"the journal has gaps: {gaps}"
        expected, allowed = self._truth()
        for shop in shops:
            asked = {
                (one.record, one.field): {head.value for head in one.values}
                for one in conflicts.derive(shop)
                if one.kind == "field" and one.record in self.records and one.field in COLUMNS
            }
            assert asked == expected, f"asked {asked}, but true are {expected}"
            for (record, column), values in allowed.items():
                value = shop.value(f'SELECT "{column}" FROM work_order WHERE id = ?', (record,))
                assert value in values, (
                    f"{column} is {value}, which somebody who saw it had overruled: {values}"
                )
        self._verify_statuses(shops[0])

    def _truth(self) -> tuple[dict[tuple[str, str], set[Any]], dict[tuple[str, str], set[Any]]]:
        written: dict[tuple[str, str], list[Event]] = {}
        there = frozenset[int]().union(*(replica.known for replica in self.replicas))
        for event in self.events:
            if event.number not in there:  # it was lost with the only place that had it
                continue
            written.setdefault((event.record, event.column), []).append(event)
        heads = {key: _heads(events) for key, events in written.items()}
        return {key: values for key, values in heads.items() if len(values) > 1}, heads

    def _verify_statuses(self, shop: Shop) -> None:
        for order in set(self.records) - self.taken_back:
            steps = [step for step in self.steps if step[0] == order]
            heads = [step for step in steps if not any(step[3] in other[2] for other in steps)]
            status = shop.value("SELECT status FROM work_order WHERE id = ?", (order,))
            if len(heads) == 1:
                assert status == heads[0][1], f"{status}, but the last who saw all steps said {heads[0][1]}"

    # inside

    def _pick(self, who: int) -> Replica:
        return self.replicas[who % len(self.replicas)]

    def tick(self) -> int:
        self.minute += 1
        return self.minute

    def _add(self, source: Path, off: timedelta, known: frozenset[int]) -> None:
        path = self.folder / f"file-{len(self.replicas)}.wotui"
        shutil.copy(source, path)
        replica = Replica(Shop.open(path), off, known)
        with shop_time(self, replica):
            assert identity.settle(replica.shop), "a copied file took no name of its own"
        self.replicas.append(replica)

    def _noting(self, replica: Replica) -> _Noting:
        return _Noting(self, replica)

    def happened(self, replica: Replica, record: str, column: str, value: Any) -> None:
        origin = replica.shop.value("SELECT origin FROM me")
        act = replica.shop.value("SELECT max(act) FROM act") or 0
        event = Event(self.tick(), record, column, value, replica.known, (origin, act))
        self.events.append(event)
        replica.known |= {event.number}

    def _live_steps(self, replica: Replica) -> set[tuple[str, str]]:
        return set(replica.shop.rows("SELECT id, work_order_id FROM status_change WHERE deleted_at IS NULL"))

    def fields(self, replica: Replica) -> dict[tuple[str, str], Any]:
        """Every column of every order that the oracle follows, as one file has it."""
        return {
            (record, column): replica.shop.value(f'SELECT "{column}" FROM work_order WHERE id = ?', (record,))
            for record in self.records
            for column in COLUMNS
        }


def _heads(events: list[Event]) -> set[Any]:
    """What was undone counts for nothing, and its undo only brings back what was there, which others may overrule."""
    live = [one for one in events if not one.undone and not one.undoing]
    undoing = [one for one in events if one.undoing]
    heads = {one.value for one in live if not any(one.number in other.known for other in live)}
    for one in undoing:
        if not any(one.number in other.known for other in (*live, *undoing)):
            heads.add(one.value)
    return heads


class _Noting:
    """Turns whatever differs after an action into events."""

    def __init__(self, world: World, replica: Replica) -> None:
        self._world, self._replica = world, replica

    def __enter__(self) -> None:
        self._before = self._world.fields(self._replica)

    def __exit__(self, *_: object) -> None:
        for (record, column), value in self._world.fields(self._replica).items():
            if self._before[record, column] != value:
                self._world.happened(self._replica, record, column, value)


def shop_time(world: World, replica: Replica) -> Any:
    """The wrong or right clock of one computer; every action is a minute after the one before."""
    world.tick()
    return clock.freeze(NOON + timedelta(minutes=world.minute) + replica.off)


def _everything(shop: Shop) -> tuple[Any, ...]:
    """The whole journal, and every record with what is derived of it."""
    journal = shop.rows("SELECT * FROM change ORDER BY origin, seq")
    states: list[Any] = []
    for table in TABLES:
        rows = shop.rows(f'SELECT * FROM "{table}" ORDER BY id')
        states.append([row[1:] for row in rows])  # without the local key
    return journal, states
