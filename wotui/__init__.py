"""wotui: the work orders of a small maintenance shop, in a terminal, with no network."""

__version__ = "0.1.0"
