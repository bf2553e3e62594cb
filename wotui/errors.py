"""Every failure a person can meet: what happened, the way out, and the exit code that scripts rely on.

A `Problem` is an answer, not a bug: the faces print its sentence and go on. Anything else that escapes is a bug and
is reported as one.
"""

from __future__ import annotations


class Problem(Exception):
    """Something a person can read and act on.

    Args:
        what: one sentence that names the record and the rule.
        way_out: one sentence that says what to do instead; may be empty where nothing can be done.
    """

    exit_code = 1

    def __init__(self, what: str, way_out: str = "") -> None:
        super().__init__(what, way_out)
        self.what = what
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.what} {self.way_out}".strip()


class UsageProblem(Problem):
    """The call's words are off: an unknown option, field or value."""

    exit_code = 2


class Refused(Problem):
    """A rule of the shop says no; nothing was changed."""

    exit_code = 3


class NotFound(Problem):
    """No such record."""

    exit_code = 4


class FileTrouble(Problem):
    """The file is missing, damaged, locked, of a newer version, or the disk is full."""

    exit_code = 5
