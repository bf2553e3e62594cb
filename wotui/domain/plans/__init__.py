"""Maintenance plans: when preventive work comes due, decided by pure functions over a plan, its ledger and a day."""
