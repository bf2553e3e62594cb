"""The shop's file: tables, journal, search, migrations, reads. Knows SQL and nothing of screens or
commands.
"""
