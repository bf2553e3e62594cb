"""The command line: the same library for scripts, cron, gateways and screen readers.

stdout is data, stderr is narration, exit codes are an interface. `main` holds the table of commands, `session` opens
the shop's file, `output` is the only module that prints.
"""
