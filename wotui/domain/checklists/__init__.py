"""Checklists: what an item asks, how an answer is judged, where a list stands, and what a failure leads to.

`items` says what an item is, `answers` reads and judges what people type, `progress` counts and tells what blocks,
`follow_ups` names the order that a failed item proposes, `templates` reads the shipped lists.
"""
