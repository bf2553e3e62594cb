"""Whole files: backups that were proven, and a check that says in sentences what is wrong."""
