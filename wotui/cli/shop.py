"""`wotui init`, `demo`, `undo`, `redo` and `completion`: the shop's file as a whole, and the shell around it."""

from __future__ import annotations

from pathlib import Path

import click

from wotui.cli import output
from wotui.cli.session import Session, pass_session
from wotui.errors import FileTrouble, UsageProblem

SHELLS = ("bash", "zsh", "fish")


@click.command("init")
@click.option("--shop", "name", required=True, metavar="NAME", help="What the shop is called.")
@click.option("--zone", required=True, metavar="IANA", help="Its time zone, such as America/Chicago.")
@click.option("--currency", required=True, metavar="CODE", help="Its currency, such as USD.")
@click.option(
    "--workweek-start", required=True, metavar="DAY", help="The first day of its workweek, such as monday."
)
@click.option(
    "--pack", default="", metavar="NAME", help="Templates and code lists of a trade: wotui pack list."
)
@pass_session
def init(session: Session, name: str, zone: str, currency: str, workweek_start: str, pack: str) -> None:
    """Make a new shop's file; one that is there already is never overwritten.

    Zone, currency and workweek have no silent default: dates, pay and overtime follow from them. With --as INITIALS the
    first person is added too, as supervisor and technician; the settings then say that this is you.
    """
    from wotui.actions import new_shop
    from wotui.domain import shop_settings
    from wotui.merge import identity

    chosen = {
        "name": shop_settings.read("shop.name", name),
        "zone": shop_settings.read("shop.zone", zone),
        "currency": shop_settings.read("shop.currency", currency),
        "workweek_start": shop_settings.read("payroll.workweek_start", workweek_start),
    }
    with new_shop.make(session.path, **chosen, pack=pack) as shop:
        output.say(f"Made the shop {chosen['name']} in {shop.path}.")
        identity.settle(shop)
        if session.initials:
            from wotui.actions import records

            fields = {"initials": session.initials, "roles": "supervisor,technician,office"}
            output.say(records.add(shop, "person", session.initials.upper(), fields).sentence)
    if not session.initials:
        output.say("Next: add yourself with wotui add person NAME roles=supervisor,technician.")


@click.command("demo")
@click.option("--into", metavar="FILE", help="Only write the sample shop to FILE, and keep it.")
@pass_session
def demo(session: Session, into: str | None) -> None:
    """Open a sample shop in a throw-away copy.

    The copy is removed when you leave; --into writes it to a file instead, and opens nothing.
    """
    from wotui.exchange import demo as sample

    if into is not None:
        path = Path(into).expanduser()
        sample.write(path)
        output.say(f"Wrote the demo shop to {path}. Open it with wotui --db {path}.")
        return
    import tempfile

    session.expect_terminal()
    with tempfile.TemporaryDirectory(prefix="wotui-demo-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "demo.wotui"
        sample.write(path)
        code = session.open_screen(path, initials=sample.ACTING, title="Demo shop")
    click.get_current_context().exit(code)


@click.command("undo")
@pass_session
def undo(session: Session) -> None:
    """Take the last change back, whichever command or screen made it on this computer."""
    from wotui.actions import undo as actions

    with session.shop() as shop:
        done = actions.undo(shop)
    output.say(done.sentence, *done.notices)


@click.command("redo")
@pass_session
def redo(session: Session) -> None:
    """Bring the last undone change back."""
    from wotui.actions import undo as actions

    with session.shop() as shop:
        done = actions.redo(shop)
    output.say(done.sentence, *done.notices)


@click.command("completion")
@click.argument("shell", metavar="SHELL")
def completion(shell: str) -> None:
    """Print the completion script for bash, zsh or fish.

    For bash, add to ~/.bashrc:  eval "$(wotui completion bash)"
    """
    from click.shell_completion import get_completion_class

    from wotui.cli.main import face

    made_for = get_completion_class(shell.casefold())
    if made_for is None:
        raise UsageProblem(f"There is no completion for {shell!r}.", f"It is one of {', '.join(SHELLS)}.")
    try:
        output.emit(made_for(face, {}, "wotui", "_WOTUI_COMPLETE").source())
    except RuntimeError as error:  # click asks the shell itself for its version
        raise FileTrouble(f"{shell} did not answer: {error}", "Install it, or use another shell.") from None
