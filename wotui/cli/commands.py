"""The table of commands: what `wotui --help` shows, and where each one lives.

A command's module is imported when the command is called, not before.
"""

from __future__ import annotations

SECTIONS: dict[str, dict[str, tuple[str, str, str]]] = {
    "Work orders": {
        "list": ("wotui.cli.order_list", "list_", "List work orders by the filter language (open ones by default)."),
        "show": ("wotui.cli.show", "show", "Show one order, asset, place, person, contractor, part, customer or plan."),
        "new": ("wotui.cli.work_orders", "new", "Make a work order."),
        "edit": ("wotui.cli.work_orders", "edit", "Change fields of one or many orders or records."),
        "assign": ("wotui.cli.work_orders", "assign", "Assign people to one or many orders."),
        "calendar": ("wotui.cli.calendar", "calendar", "The plan as an iCalendar file."),
        "schedule": ("wotui.cli.lifecycle", "schedule", "Plan orders for a day."),
        "ready": ("wotui.cli.lifecycle", "ready", "Release drafts; take orders off hold or off the plan."),
        "start": ("wotui.cli.lifecycle", "start", "Start work on orders; runs your timer."),
        "pause": ("wotui.cli.lifecycle", "pause", "Stop your timer; with a reason, put orders on hold."),
        "done": ("wotui.cli.lifecycle", "done", "Finish orders."),
        "close": ("wotui.cli.lifecycle", "close", "Close finished orders after review."),
        "reopen": ("wotui.cli.lifecycle", "reopen", "Bring finished, closed or cancelled orders back, with a reason."),
        "cancel": ("wotui.cli.lifecycle", "cancel", "Cancel orders on which nothing was done yet, with a reason."),
        "note": ("wotui.cli.work_orders", "note", "Add a note to an order's log."),
        "permit": ("wotui.cli.lifecycle", "permit", "Confirm by name that a permit of an order is in place."),
        "again": ("wotui.cli.work_orders", "again", "Make the same order again."),
        "relate": ("wotui.cli.work_orders", "relate", "Say how two orders stand to each other."),
        "history": ("wotui.cli.show", "history", "Every change of a record: when, who, which device, old and new."),
        "checklist": ("wotui.cli.checklists", "checklist", "Show or run an order's checklists, line by line."),
        "tick": ("wotui.cli.checklists", "tick", "Answer one checklist item."),
    },
    "Requests": {
        "request": ("wotui.cli.requests", "request", "Ask for work."),
        "requests": ("wotui.cli.requests", "requests", "List requests (those to decide on by default)."),
        "accept": ("wotui.cli.requests", "accept", "Say yes: make an order of a request, or join one."),
        "ask": ("wotui.cli.requests", "ask", "Ask the requester back."),
        "answer": ("wotui.cli.requests", "answer", "Answer what was asked back."),
        "decline": ("wotui.cli.requests", "decline", "Say no to requests, with a reason."),
        "duplicate": ("wotui.cli.requests", "duplicate", "Say that a request repeats another one."),
        "withdraw": ("wotui.cli.requests", "withdraw", "Take requests back that nobody has decided on."),
    },
    "Contractors": {
        "contractors": ("wotui.cli.contractors", "contractors", "Who fits, ranked, with the reasons."),
        "hire": ("wotui.cli.contractors", "hire", "Hire a contractor for an order."),
        "job": (
            "wotui.cli.contractor_jobs",
            "job",
            "A contractor's job: ask, quote, send out, finish, invoice, rate.",
        ),
        "document": ("wotui.cli.contractor_documents", "document", "Contractors' insurances and licences."),
        "contact": ("wotui.cli.contractor_documents", "contact", "The people to call at a contractor."),
    },
    "Records": {
        "add": ("wotui.cli.records", "add", "Add a person, place, asset, contractor, part or customer."),
        "list-of": ("wotui.cli.records", "list_of", "List the records of one kind."),
        "template": ("wotui.cli.templates", "template", "Order templates: list, show, add, change, import, export."),
        "codes": ("wotui.cli.codes", "codes", "Code lists: trades, kinds of work, failures, reasons."),
        "pack": ("wotui.cli.packs", "pack", "Packs: what an industry starts with."),
    },
    "Routing and machines": {
        "routes": ("wotui.cli.routing", "routes", "List the routing rules: who gets what comes in."),
        "route": ("wotui.cli.routing", "route", "Add, change, move, switch and try routing rules."),
        "availability": ("wotui.cli.availability", "availability", "Who works how long, and how much is planned."),
        "event": ("wotui.cli.events", "event", "Take in one event of a machine."),
        "events": ("wotui.cli.events", "events", "Take in a drop folder, or list the newest events."),
        "event-rules": ("wotui.cli.events", "event_rules", "List the event rules: when a fault becomes a request."),
        "event-rule": ("wotui.cli.events", "event_rule", "Add, change, move and switch event rules."),
        "down": ("wotui.cli.downtime", "down", "Say that an asset stands still."),
        "running": ("wotui.cli.downtime", "running", "Say that an asset runs again."),
        "downtime": ("wotui.cli.downtime", "downtime", "List when assets stood still, and for how long."),
    },
    "Maintenance plans": {
        "plans": ("wotui.cli.plans", "plans", "List the maintenance plans with their next dates."),
        "plan": ("wotui.cli.plans", "plan", "Preview, run, add, edit, pause, skip, move or end plans."),
        "holiday": ("wotui.cli.holidays", "holiday", "The days on which the shop does not work."),
    },
    "Hours and payroll": {
        "time": ("wotui.cli.labor", "time", "Add, list and approve hours."),
        "payroll": ("wotui.cli.payroll", "payroll", "Check and export a pay period."),
    },
    "Merging": {
        "merge": ("wotui.cli.merge", "merge", "Bring this file and others together; nothing is lost."),
        "join": ("wotui.cli.merge", "join", "Make this computer's file from what the shop shares."),
        "merges": ("wotui.cli.merge", "merges", "List the merges done so far, and what each brought."),
        "conflicts": ("wotui.cli.merge", "conflicts", "What two people changed at the same time."),
        "resolve": ("wotui.cli.merge", "resolve", "Answer one of these questions."),
    },
    "The shop's file": {
        "init": ("wotui.cli.shop", "init", "Make a new shop's file."),
        "demo": ("wotui.cli.shop", "demo", "Open a sample shop in a throw-away copy."),
        "import": ("wotui.cli.imports", "import_", "Read orders, people, times and other records from a file."),
        "export": ("wotui.cli.exports", "export", "Write hours as CSV that import reads back."),
        "backup": ("wotui.cli.safety", "backup", "Write a verified backup."),
        "backups": ("wotui.cli.safety", "backups", "List the backups."),
        "restore": ("wotui.cli.safety", "restore", "Bring a backup back; what it replaces is kept."),
        "check": ("wotui.cli.safety", "check", "Check the file and what is in it."),
        "undo": ("wotui.cli.shop", "undo", "Take the last change back."),
        "redo": ("wotui.cli.shop", "redo", "Bring the last undone change back."),
        "settings": ("wotui.cli.settings", "settings", "Show or change settings of the shop and of this computer."),
        "completion": ("wotui.cli.shop", "completion", "Print the completion script for your shell."),
    },
}  # fmt: skip
"""Heading → {command: (module, attribute, one line of help)}."""

COMMANDS: dict[str, tuple[str, str, str]] = {
    name: entry for commands in SECTIONS.values() for name, entry in commands.items()
}
"""Every command by its name."""
