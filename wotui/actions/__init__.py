"""Verbs: each function checks the rules, makes one transaction, and says in one sentence what it did."""
