"""From recorded hours to payroll lines: the calendar, the splitting, overtime, and what must be right before an export.

Everything here is pure: entries in, lines and findings out. Minutes are integers throughout; decimals appear only when
a row is printed (`hours_text`).
"""
