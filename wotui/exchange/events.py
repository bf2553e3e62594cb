"""The drop folder: machines and mail programs put files there, and what is in them is taken in.

A file goes to `done/` once its events are in the shop's file, or to `failed/` with the reason beside it. What is in the
file is committed first and the file moved afterwards: whoever pulls the plug in between finds the file again, and its
events are known by their ids. Which files are whole is decided in `drop_folder`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions import events
from wotui.actions.events import Batch
from wotui.domain.events.reports import Report, from_csv, from_json
from wotui.errors import FileTrouble, Problem, Refused, UsageProblem
from wotui.exchange import drop_folder
from wotui.exchange.drop_folder import DONE, FAILED
from wotui.store.file import Shop
from wotui.store.reads import events as reads
from wotui.text import clean_line, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.exchange.drop_folder import Look, Memory

LARGEST = 16 * 1024 * 1024
"""Bytes of one file of events; mail may be larger (`exchange.mail`)."""
YOUNG = 60.0
"""Seconds during which a file that cannot be understood may still be a half-written one."""
FILES = 1000
"""Files of one transaction."""


@dataclass(slots=True)
class Swept:
    """What became of the files of a folder.

    Attributes:
        done: files that were taken in; failed: name and reason of those that were not.
        waiting: files that are still being written; stuck: name and reason of those that could not be moved.
        taken: new events; repeated: events that had come before; requests: ids of what was made.
    """

    done: list[str] = field(default_factory=list[str])
    failed: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    waiting: list[str] = field(default_factory=list[str])
    stuck: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    taken: int = 0
    repeated: int = 0
    requests: list[str] = field(default_factory=list[str])
    notices: list[str] = field(default_factory=list[str])

    @property
    def sentence(self) -> str:
        """What happened, for people; empty where nothing was there."""
        if not (self.done or self.failed or self.waiting or self.stuck):
            return ""
        said = [f"Took in {counted(self.taken, 'event')} of {counted(len(self.done), 'file')}"]
        if self.repeated:
            said.append(f"{self.repeated:,} had come before")
        if self.failed:
            said.append(f"{counted(len(self.failed), 'file')} failed")
        if self.waiting:
            said.append(f"{counted(len(self.waiting), 'file')} still being written")
        return f"{'; '.join(said)}."


def sweep(shop: Shop, folder: Path, memory: Memory | None = None) -> Swept:
    """Take in everything that lies whole in a drop folder.

    Args:
        shop: the open shop.
        folder: the drop folder; `done` and `failed` are made in it.
        memory: of somebody who looks again and again; without it, what was written just now is looked at twice.

    Raises:
        Refused: the folder holds other things than events: a home folder, or the one of the shop's file.
        FileTrouble: the folder cannot be read, or the shop's file cannot be written; every file stays where it is.
    """
    _expect_drop_folder(shop, folder)
    swept = Swept()
    whole, written = drop_folder.whole(folder, memory)
    swept.waiting += written
    for start in range(0, len(whole), FILES):
        _take(shop, folder, whole[start : start + FILES], swept, memory)
    for look in [one for one in whole if one.suffix == ".eml"]:
        _take_mail(shop, folder, look, swept, memory)
    return swept


def _expect_drop_folder(shop: Shop, folder: Path) -> None:
    """Whoever mistypes a path must not find the files of their home moved away."""
    try:
        here = folder.resolve()
        others = {Path.home().resolve(), Path(here.anchor), shop.path.resolve().parent}
    except (OSError, RuntimeError):
        return
    if here in others:
        raise Refused(
            f"{folder} is no drop folder: other files lie there, and all would be moved.",
            "Name a folder that only machines and mail programs write to.",
        )


def _take(shop: Shop, folder: Path, looks: Sequence[Look], swept: Swept, memory: Memory | None) -> None:
    """Take in the events of some files: read them, write them in one transaction, move them."""
    batches: list[Batch] = []
    taken_from: list[Look] = []
    for look in looks:
        if look.suffix == ".eml":
            continue
        try:
            batches.append(Batch(look.name, tuple(_reports(folder, look)), _written_at(look)))
            taken_from.append(look)
        except UsageProblem as problem:
            if look.regular and look.age < YOUNG:
                swept.waiting.append(look.name)
            else:
                _fail(folder, look, str(problem), swept, memory)
        except Problem as problem:
            _fail(folder, look, str(problem), swept, memory)
    if not batches:
        return
    with shop.transaction() as tx:
        result = events.write(tx, batches)
        good = len(batches) - len(result.refused)
        tx.done(f"Events of {counted(good, 'file')}: {result.sentence}", *result.made)
    swept.taken += result.taken
    swept.repeated += result.repeated
    swept.requests += result.made
    swept.notices += result.notices
    for place, look in enumerate(taken_from):
        if place in result.refused:
            _fail(folder, look, str(result.refused[place]), swept, memory)
        elif _move(folder, look, DONE, swept, memory):
            swept.done.append(look.name)


def _take_mail(shop: Shop, folder: Path, look: Look, swept: Swept, memory: Memory | None) -> None:
    from wotui.exchange import mail  # the parser of mail, which most folders never need

    path = folder / look.name
    try:
        mail.read(
            drop_folder.content(folder, look, mail.LARGEST)
        )  # what is no mail fails; a full disk is no fault of the mail
    except Problem as problem:
        _fail(folder, look, str(problem), swept, memory)
        return
    try:
        made = mail.request_from(shop, path)
    except FileTrouble:
        raise
    except Problem as problem:
        _fail(folder, look, str(problem), swept, memory)
        return
    if made.act is None:
        swept.repeated += 1
    else:
        swept.taken += 1
        swept.requests += made.records[:1]
        swept.notices += [made.sentence, *made.notices]
    if _move(folder, look, DONE, swept, memory):
        swept.done.append(look.name)


def _reports(folder: Path, look: Look) -> list[Report]:
    """The events of a file.

    Raises:
        UsageProblem: it cannot be understood, perhaps because it is not whole.
        FileTrouble: it cannot be read.
    """
    content = drop_folder.content(folder, look, LARGEST)
    try:
        text = content.decode("utf-8-sig")
    except ValueError:
        raise UsageProblem("It is not UTF-8 text.", "Write it as UTF-8.") from None
    return from_json(text) if look.suffix == ".json" else from_csv(text)


def _written_at(look: Look) -> str:
    """When the file was written, for events that do not say when they were."""
    return clock.instant(datetime.fromtimestamp(look.written // 10**9, UTC))


def _fail(folder: Path, look: Look, reason: str, swept: Swept, memory: Memory | None) -> None:
    """Move a file to `failed/`, with the reason beside it."""
    why = clean_line(reason, 400)
    if _move(folder, look, FAILED, swept, memory, why):
        swept.failed.append((look.name, why))


def _move(
    folder: Path, look: Look, where: str, swept: Swept, memory: Memory | None, reason: str = ""
) -> bool:
    """Move a file away, or note that it cannot be; whether it went."""
    try:
        return drop_folder.move(folder, look, where, reason)
    except OSError as error:
        swept.stuck.append((look.name, f"It cannot be moved to {where}/: {error.strerror}."))
        if memory is not None:
            memory.stuck[look.name] = look
        return False


def look_alone(path: Path, folder: Path | None, memory: Memory, *, daily: bool) -> Swept:
    """What a computer does by itself: take in its drop folder, and once a day look for what is missing or runs out.

    It works on a connection of its own and as nobody, so that no person's undo takes back what a machine reported.

    Args:
        path: the shop's file.
        folder: the drop folder; None where none is watched.
        memory: of the looks before.
        daily: whether to look for missing readings and expiring documents, too.

    Raises:
        FileTrouble: the folder cannot be read, or the shop's file cannot be written; every file stays where it is.
    """
    there = folder is not None and bool(drop_folder.looks(folder))
    if not there and not daily:
        return Swept()
    with Shop.open(path) as shop:
        swept = sweep(shop, folder, memory) if folder is not None and there else Swept()
        if daily and reads.rules(shop):
            found = events.look_around(shop)
            swept.requests += found.records
            swept.notices += found.notices
    return swept
