"""Who gets what comes in: an ordered list of rules, of which the first that fits decides.

Pure: rules and what came in go in, a decision with its reasons comes out, and always the same one.
"""
