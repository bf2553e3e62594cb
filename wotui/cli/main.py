"""The `wotui` command: each command loaded only when it is called, and one place that ends a call.

Exit codes are an interface: 0 done, 1 a bug, 2 usage, 3 refused by a rule, 4 no such record, 5 file trouble; a call
stopped from outside ends as shells expect it, 130 after Ctrl+C and 141 when the reader of its output went away.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from wotui import __version__
from wotui.cli.commands import COMMANDS, SECTIONS
from wotui.cli.session import Session, global_options, pass_session
from wotui.errors import Damaged, FileTrouble, Problem, UsageProblem, crash_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

    from wotui.cli.call import Screen

_PAGE = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class Face(click.Group):
    """The group of all commands; a command's module is imported when the command is asked for, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Import one command and give it the global options too, its own subcommands included."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        return _with_global_options(getattr(import_module(module), attribute))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a call, or name the nearest one.

        Raises:
            UsageProblem: no command of this name.
        """
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            raise UsageProblem(f"There is no command {args[0]!r}.", _nearest_command(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """The commands under their headings, from the table alone."""
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, words) for name, (_, _, words) in commands.items()], col_max=14)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete command names from the table, without importing them."""
        from click.shell_completion import CompletionItem

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete) if incomplete.startswith("-") else []
        return [CompletionItem(name, help=COMMANDS[name][2]) for name in names] + options


def _nearest_command(word: str) -> str:
    from wotui.text import nearest

    match = nearest(word, list(COMMANDS))
    return f"Did you mean {match}?" if match else "See them all with wotui --help."


def _with_global_options(command: click.Command) -> click.Command:
    """Add `--db` and `--as` to a command and, in a group of commands, to each of those; once."""
    command.context_settings = {**_PAGE, **command.context_settings}
    if not any("--db" in parameter.opts for parameter in command.params):
        command.params.extend(global_options())
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            _with_global_options(subcommand)
    return command


@click.command(cls=Face, invoke_without_command=True, params=list(global_options()), context_settings=_PAGE)
@click.version_option(__version__, prog_name="wotui", message="%(prog)s %(version)s")
@click.option("--read-only", is_flag=True, help="Open the screen to look, and change nothing.")
@click.option("--kiosk", is_flag=True, help="Only take requests, and say what became of them.")
@pass_session
@click.pass_context
def face(context: click.Context, session: Session, *, read_only: bool, kiosk: bool) -> None:
    """Work orders for a small maintenance shop. Without a command, wotui opens on the screen.

    --db names the shop's file (else WOTUI_DB, else the one in your data folder), --as says who acts (else WOTUI_AS,
    else the person of your settings). Both may stand before or after the command. Data goes to stdout, everything
    else to stderr; most commands take --json.
    """
    if kiosk and (read_only or context.invoked_subcommand):
        raise UsageProblem("The kiosk takes requests and nothing else.", "Call wotui --kiosk alone.")
    if context.invoked_subcommand is None:
        code = session.open_screen(session.path, read_only=read_only, kiosk=kiosk)
        if code:
            context.exit(code)


def main(arguments: Sequence[str], screen: Screen | None = None) -> int:
    """Run one call and give its exit code; whatever went wrong has been said on stderr by then.

    Args:
        arguments: the words after `wotui`.
        screen: opens the screen; the other face, which this one does not import.
    """
    if "_WOTUI_COMPLETE" in os.environ:
        face.main(args=list(arguments), prog_name="wotui")
    try:
        code = _run(list(arguments), Session(screen))
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the one place where every call ends
        code = ended_by(error)
    return code


def _run(arguments: list[str], session: Session) -> int:
    try:
        with face.make_context("wotui", arguments, obj=session) as context:
            result: Any = face.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    return result if isinstance(result, int) else 0


def ended_by(error: BaseException) -> int:
    """Say what ended a call and give the exit code for it."""
    from wotui.cli import output

    if isinstance(error, Problem):
        output.say(str(error), *_offer(error))
        return error.exit_code
    if isinstance(error, click.ClickException):
        output.say(_usage_sentence(error))
        return 2
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        output.say("Stopped.")
        return 130
    if isinstance(error, BrokenPipeError):
        _forget_stdout()
        return 141
    if isinstance(error, ImportError) and (error.name or "").strip("_") == "sqlite3":
        output.say("This Python was built without SQLite. Use another one, such as your system's.")
        return 2
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 0
    trouble = _file_trouble(error)
    if trouble is not None:
        _forget_stdout()
        output.say(str(trouble))
        return trouble.exit_code
    output.say(crash_sentence(error))
    return 1


def _offer(problem: Problem) -> tuple[str, ...]:
    """The newest good backup of a file that is damaged or gone, where there is one."""
    if not isinstance(problem, Damaged) or problem.path is None:
        return ()
    from wotui.merge import backup

    offer = backup.offer(problem.path)
    return (offer,) if offer else ()


def _usage_sentence(error: click.ClickException) -> str:
    """What click has to say about the words of a call, as one sentence with the way to the help page."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "wotui"
    said = error.format_message().rstrip(".")
    if "\n" in said:
        return said  # the help page of a group that was called without a command
    return f"{said}{'' if said.endswith('?') else '.'} See {path} --help."


def _file_trouble(error: BaseException) -> FileTrouble | None:
    """A failing disk or database that no module below put into words."""
    import sqlite3

    if isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)
    ):
        return FileTrouble(
            f"The shop's file cannot be used ({error}).", "Nothing was changed; try wotui check."
        )
    if isinstance(error, OSError):
        return FileTrouble(
            f"{error.strerror or type(error).__name__}: {error.filename or 'output'}.", "Nothing was changed."
        )
    return None


def _forget_stdout() -> None:
    """Point a stdout that cannot be written at nowhere, so that Python's own last flush stays silent."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return
