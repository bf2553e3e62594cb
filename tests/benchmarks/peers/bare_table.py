"""The least that a Textual app with a table can be: 50 fixed rows in a DataTable."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable

ROWS = 50
HEADINGS = ("number", "title", "status", "due", "asset")


class BareTable(App[None]):
    """A table and nothing else."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - as Textual's documentation has it

    def compose(self) -> ComposeResult:
        yield DataTable[str](cursor_type="row")

    def on_mount(self) -> None:
        rows = self.query_one(DataTable[str])
        rows.add_columns(*HEADINGS)
        for number in range(ROWS):
            rows.add_row(f"W-A{number:04}", "left hand pump leaking", "open", "2026-06-12", f"EQ-{number:04}")


if __name__ == "__main__":
    BareTable().run()
