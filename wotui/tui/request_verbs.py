"""What can be done with one request or several, from the Inbox and from the request's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.actions import accepting, deciding, requests
from wotui.actions.request_steps import refusal
from wotui.errors import NotFound, Refused
from wotui.store.reads import requests as reads
from wotui.text import counted
from wotui.tui.request_rows import look
from wotui.tui.ties import WithShop
from wotui.tui.widgets.dialogs import Ask
from wotui.tui.widgets.long_text import LongText
from wotui.tui.widgets.options import Option
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wotui.store.file import Shop
    from wotui.store.reads.requests import AskedFor
    from wotui.store.transaction import Done


class RequestVerbs(WithShop):
    """Mixed into what has requests in hand: `asked_in_hand()` says which."""

    def asked_in_hand(self) -> tuple[str, ...]:
        """The ids of the requests that a verb is meant for."""
        raise NotImplementedError

    def decided(self, done: Done) -> None:
        """Called after a decision: marks are over."""

    def action_accept(self) -> None:
        known = self._asked()
        if known:
            ids = [each.id for each in known]
            self.ask.act(lambda shop: accepting.accept(shop, ids), self.decided)

    def action_join(self) -> None:
        """Let the requests be part of an order that is there."""
        known = self._asked()
        if not known:
            return
        ids = [each.id for each in known]

        def taken(order_id: Any) -> None:
            if order_id is not None:
                self.ask.act(lambda shop: accepting.accept(shop, ids, order=order_id), self.decided)

        self.wotui.push_screen(Picker(f"{_named(known)} is part of which order?", _orders), taken)

    def action_ask(self) -> None:
        """Ask back; where that is done already, take the answer."""
        known = self._asked()
        if not known:
            return
        one = known[0]
        if one.status == "needs_info":
            self._write(
                f"The answer: {one.reason or one.title}",
                lambda words: self.ask.act(lambda shop: deciding.answer(shop, one.id, words)),
            )
        elif self._may([one], "needs_info"):
            self._write(
                f"Ask {one.asker or 'whoever asked'} about {one.number}",
                lambda words: self.ask.act(lambda shop: deciding.ask(shop, one.id, words)),
            )

    def action_decline(self) -> None:
        known = self._asked()
        if not known or not self._may(known, "declined"):
            return
        ids = [each.id for each in known]

        def answered(words: str | None) -> None:
            if words:
                self.ask.act(lambda shop: deciding.decline(shop, ids, words), self.decided)

        title = f"Decline {_named(known)}: why?"
        hint = "a reason that the requester reads"
        self.wotui.push_screen(Ask(title, placeholder=hint, check=_some_words, limit=500), answered)

    def action_duplicate(self) -> None:
        """Say which request it repeats; an order that takes care of it is offered too."""
        known = self._asked()
        if not known or not self._may(known[:1], "duplicate"):
            return
        one = known[0]

        def taken(same: Any) -> None:
            if same is None:
                return
            kind, identity = same
            if kind == "request":
                self.ask.act(lambda shop: deciding.duplicate(shop, one.id, identity), self.decided)
            else:
                self.ask.act(lambda shop: accepting.accept(shop, [one.id], order=identity), self.decided)

        self.wotui.push_screen(Picker(f"{one.number} is the same as", _same_as(one)), taken)

    def action_withdraw(self) -> None:
        known = self._asked()
        if not known or not self._may(known, "withdrawn"):
            return
        ids = [each.id for each in known]

        def answered(words: str | None) -> None:
            if words is not None:
                self.ask.act(lambda shop: deciding.withdraw(shop, ids, words), self.decided)

        title = f"Withdraw {_named(known)}: why? (may stay empty)"
        self.wotui.push_screen(Ask(title, placeholder="no longer needed", limit=500), answered)

    def action_not_fixed(self) -> None:
        known = self._asked()
        if not known:
            return
        one = known[0]
        if one.status != "resolved":
            self.wotui.refuse(Refused(f"{one.number} is {look(one.status).words}, not resolved."))
            return
        self._write(
            f"{one.number}: what is still wrong?",
            lambda words: self.ask.act(lambda shop: accepting.not_fixed(shop, one.id, words)),
        )

    def action_note(self) -> None:
        known = self._asked()
        if known:
            one = known[0]
            self._write(
                f"Log of {one.number}",
                lambda words: self.ask.act(lambda shop: requests.note(shop, one.id, words)),
            )

    def action_edit(self) -> None:
        known = self._asked()
        if known:
            self.wotui.open_screen(("wotui.tui.screens.request_form", "RequestForm"), known[0].id)

    def action_copy(self) -> None:
        known = self._asked()
        if known:
            self.wotui.copy_to_clipboard("\n".join(f"{each.number} {each.title}" for each in known))
            self.wotui.tell(f"Copied {_named(known)} to the clipboard.")

    # pieces

    def _asked(self) -> list[AskedFor]:
        """The requests in hand as they are now; says so when there is none."""
        found = [reads.request(self.shop, each) for each in self.asked_in_hand()]
        known = [each for each in found if each is not None and each.deleted_at is None]
        if not known:
            self.wotui.refuse(
                NotFound("There is no request under the cursor.", "Move to one, or ask for work with r.")
            )
        return known

    def _may(self, known: Sequence[AskedFor], to: str) -> bool:
        """Whether the step is worth asking for; otherwise the refusal is shown at once."""
        for each in known:
            problem = refusal(each, to)
            if problem is not None:
                self.wotui.refuse(problem)
                return False
        return True

    def _write(self, title: str, then: Callable[[str], None]) -> None:
        def written(words: str | None) -> None:
            if words:
                then(words)

        self.wotui.push_screen(LongText(title), written)


def _named(known: Sequence[AskedFor]) -> str:
    return known[0].number if len(known) == 1 else counted(len(known), "request")


def _some_words(typed: str) -> str:
    if not typed:
        raise Refused("It needs a reason.", "A few words are enough.")
    return typed


def _orders(shop: Shop, typed: str) -> list[Option]:
    from wotui.store.reads import choices
    from wotui.tui import present

    found = choices.orders(shop, typed)
    return [Option(one.id, one.name, present.status(one.note).words, one.handle) for one in found]


def _same_as(known: AskedFor) -> Callable[[Shop, str], list[Option]]:
    """What a request may repeat: first what is about the same thing, then every open request."""

    def source(shop: Shop, typed: str) -> list[Option]:
        from wotui.domain.request_filter import RequestFilter
        from wotui.domain.requests import OPEN
        from wotui.store.reads import requests_list
        from wotui.store.reads.same_things import same_things
        from wotui.tui.widgets.options import matching

        same = same_things(
            shop,
            asset_id=known.asset_id,
            place_id=known.place_id,
            work_kind=known.work_kind,
            apart_from=known.id,
            limit=20,
        )
        made = [
            Option(
                (each.kind, each.id), each.title, f"{each.why}, {each.status.replace('_', ' ')}", each.number
            )
            for each in same
        ]
        there = {each.id for each in same} | {known.id}
        keys = requests_list.keys(shop, RequestFilter(statuses=OPEN), 200)
        made += [
            Option(("request", each.id), each.title, look(each.status).words, each.number)
            for each in requests_list.rows(shop, keys)
            if each.id not in there
        ]
        return matching(made, typed)

    return source
