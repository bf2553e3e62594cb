"""Nouns and rules of maintenance: pure functions and frozen dataclasses, no input or output."""
