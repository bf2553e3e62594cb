"""Pieces that several screens share: lines, dialogs, pickers, forms, long lists."""
