"""Whole files in and out: imports, the demo shop, payroll CSV."""
