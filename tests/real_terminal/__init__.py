"""wotui in a real pseudo-terminal: what starts, what is typed, what goes wrong, and how it ends."""
