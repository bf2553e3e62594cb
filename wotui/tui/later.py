"""Modules that are imported when they are first used, so that the first frame does not wait for what a key may need.

    if TYPE_CHECKING:
        from wotui.actions import lifecycle
    else:
        lifecycle = later("wotui.actions.lifecycle")

Only for what a key or a click needs; everything else is imported at the top of its module.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module until somebody asks it for something."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def later(name: str) -> Any:
    """The module of that name, imported at its first use."""
    return Later(name)
