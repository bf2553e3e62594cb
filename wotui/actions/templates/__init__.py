"""Order templates: making and changing them and their parts, filling them, and files of them.

`fill` makes an order from a template inside a larger action. Every other function is one transaction and one undo step.
"""

from __future__ import annotations

from wotui.actions.templates.filling import Filled, Given, fill, release
from wotui.actions.templates.values import own_name, read_values, write_values

__all__ = ["Filled", "Given", "fill", "own_name", "read_values", "release", "write_values"]
