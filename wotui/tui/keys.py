"""The one table of commands: stable id, default keys, words, the room it works in, and the action it calls.

Screens take their BINDINGS from `bindings(room)`; help, palette, footer, the README's key table, remapping and the
tests' driver read the same table. A person remaps a command in the settings file by its id:
`[keys]` `order.done = "D"`. Keys that Textual eats or terminals cannot send are never used as defaults: ctrl+h, ctrl+i,
ctrl+j, ctrl+m, alt, and function keys except F1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

ROOMS = {
    "app": "Everywhere",
    "list": "Moving",
    "inbox": "Inbox",
    "order": "Work order",
    "requests": "Requests in the Inbox",
    "request": "Request",
    "checklist": "Checklist",
    "schedule": "Schedule",
    "contractors": "Contractors",
    "hire": "Choosing a contractor",
    "time": "Time",
    "week": "A person's week",
    "hours": "A person's hours",
    "late": "Late entries",
    "payroll": "Payroll file",
    "batches": "Payroll batches",
    "batch": "A payroll batch",
    "merge": "Merge",
    "account": "The account of a merge",
    "set_up": "Setting up sharing",
    "questions": "Questions",
    "plans": "Maintenance plans",
    "plan": "A maintenance plan",
    "templates": "Templates",
    "template": "A template",
    "codes": "Code lists",
    "routing": "Routing",
    "dry_run": "A dry run of the routing rules",
    "machines": "Machines",
    "availability": "Who works when",
    "form": "Forms",
    "asking": "Asking for work",
    "kiosk": "Kiosk",
    "dialog": "Dialogs",
    "start": "First start",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key does.

    Args:
        id: stable name, used for remapping and by tests (`order.done`).
        keys: default keys in Textual's names, separated by commas; the first one is shown.
        words: its word in the footer, at most ten characters; the palette's entry starts with it too.
        tooltip: one sentence for help, palette and tooltips.
        rooms: where it works (names from `ROOMS`).
        action: the Textual action; `x` calls `action_x` of the screen that binds it.
        rank: its place in the footer, smaller first; 0 keeps it out of the footer.
    """

    id: str
    keys: str
    words: str
    tooltip: str
    rooms: tuple[str, ...]
    action: str
    rank: int = 0

    @property
    def key(self) -> str:
        """The key as a person reads it: `d`, `ctrl+p`, `?`, `↑`."""
        return display(self.keys.split(",")[0])


_APP = ("app",)
_FORM = ("form", "asking")
_INBOX = ("inbox",)
_ORDER = ("order",)
_ASKED = ("requests", "request")
_LANE = ("inbox", "requests")
_PAGED = ("order", "request")
_FILTERED = ("inbox", "requests", "contractors")
_GOING = ("inbox", "order", "requests")
_FIRMS = ("contractors",)
_HIRE = ("hire",)
_LISTS = ("inbox", "contractors", "time", "week", "hours", "late", "payroll", "batches", "batch", "schedule")
_HOURS = ("time", "week", "hours")
_WEEK = ("week",)
_SHEET = ("payroll",)
_PAY = ("payroll", "batch")
_ONE = ("week", "hours")
_ORDERS = ("inbox", "order")
_RUN = ("checklist",)
_PLANS = ("plans", "plan")
_MERGE = ("merge",)
_QUESTIONS = ("questions",)
_PLAN = ("schedule",)
_BLANKS = ("templates",)
_BACK = (*_LISTS[1:-1], "templates", "template", "codes")
_BLANK = ("template",)
_WORDS = ("codes",)
_RULES = ("routing", "machines")
_TRY = ("dry_run",)
_DAYS = ("availability",)
COMMANDS: tuple[Command, ...] = (
    # everywhere
    Command("app.help", "question_mark,f1", "Help", "The keys of this screen.", _APP, "app.help", 90),
    Command("app.palette", "ctrl+p", "Commands", "Every command; go to an order.", _APP, "app.palette", 91),
    Command("app.inbox", "1", "Inbox", "The work to do, in lanes.", _APP, "app.mode('inbox')"),
    Command("app.schedule", "2", "Schedule", "Who does what on which day.", _APP, "app.mode('schedule')"),
    Command("app.contractors", "3", "Contractors", "Their documents and jobs.", _APP, "app.mode('contractors')"),
    Command("app.time", "4", "Time", "Hours, their approval, the payroll file.", _APP, "app.mode('time')"),
    Command("app.merge", "6", "Merge", "Share the shop; what is not shared yet.", _APP, "app.mode('merge')"),
    Command("app.templates", "T", "Templates", "Order templates, packs and code lists.", _APP, "app.templates"),
    Command("app.undo", "u,ctrl+z", "Undo", "Take back the last change.", _APP, "app.undo"),
    Command("app.redo", "U,ctrl+y", "Redo", "Do again what was taken back.", _APP, "app.redo"),
    Command("app.jump", "ctrl+o", "Jump", "Jump to any pane by its letter.", _APP, "app.jump"),
    Command("app.theme", "ctrl+t", "Theme", "Choose the colours.", _APP, "app.theme_next"),
    # Not W: a scanner that reads an order's label (W-A0042) types it.
    Command("app.who", "at", "Who", "Say who acts on this computer.", _APP, "app.who"),
    Command("app.backups", "ctrl+b", "Backups", "Their list; make one, bring one back.", _APP, "app.backups"),
    Command("app.back", "q", "Back", "One step back; at the root, quit.", _APP, "app.back"),
    Command("app.quit", "ctrl+q", "Quit", "Leave wotui. Everything is saved already.", _APP, "app.leave"),
    # moving in lists
    Command("list.down", "down,j", "Down", "One row down.", ("list",), "cursor_down"),
    Command("list.up", "up,k", "Up", "One row up.", ("list",), "cursor_up"),
    Command("list.first", "g,home", "First", "The first row.", ("list",), "first"),
    Command("list.last", "G,end", "Last", "The last row.", ("list",), "last"),
    # inbox
    Command("list.open", "enter", "Open", "Open the row under the cursor.", (*_LISTS, "requests"), "open", 1),
    Command("inbox.new", "n", "New", "A new work order.", _INBOX, "new", 2),
    Command("inbox.filter", "slash", "Filter", "Filter by words and fields.", _FILTERED, "filter", 3),
    Command("inbox.saved", "f", "Saved", "Saved filters.", _INBOX, "saved_filters"),
    Command("inbox.sort", "o", "Sort", "Sort the list; a column's title does it too.", _INBOX, "sort"),
    Command("inbox.mark", "space", "Mark", "Mark this row for a change of many.", _LANE, "mark", 8),
    Command("inbox.range", "V", "Range", "Mark from the last mark to here.", _LANE, "mark_range"),
    Command("inbox.mark_all", "asterisk", "Mark all", "Mark every row shown.", _LANE, "mark_all"),
    Command("inbox.goto", "colon", "Go to", "Go to a number or asset tag, typed or scanned.", _GOING, "goto", 15),
    Command("inbox.clear", "escape", "Clear", "Take the marks away, then the filter.", _LANE, "clear"),
    Command("inbox.late", "L", "Late", "Hours that came after their payroll.", _INBOX, "late"),
    Command("inbox.lane_next", "tab", "Next lane", "The next lane.", _LANE, "lane_next"),
    Command("inbox.lane_previous", "shift+tab", "Last lane", "The lane before.", _LANE, "lane_previous"),
    # work orders, in the list and in the detail
    Command("order.edit", "e", "Edit", "Edit the fields.", ("inbox", "order"), "edit", 4),
    Command("order.start", "s", "Start", "Start the work, or pause it: runs your timer.", _ORDERS, "start_pause", 5),
    Command("order.done", "d", "Done", "Finish the order: outcome, note, minutes.", _ORDERS, "done", 6),
    Command("order.checklist", "k", "Checklist", "Run the checklist.", _ORDER, "checklist", 7),
    Command("order.assign", "a", "Assign", "Assign people.", (*_ORDERS, "schedule"), "assign", 8),
    Command("order.contractor", "c", "Contractor", "Find a contractor and hire.", _ORDERS, "contractor", 9),
    Command("order.due", "t", "Due", "Change the due date.", (*_ORDERS, "schedule"), "due", 10),
    Command("order.note", "v", "Note", "Add an entry to the log.", _ORDER, "note", 11),
    Command("order.hold", "h", "Hold", "Put the order on hold, with a reason.", _ORDERS, "hold", 12),
    Command("order.plan", "P", "Plan", "Plan the day, or take it off the plan.", ("order", "schedule"), "plan"),
    Command("order.ready", "R", "Ready", "Release a draft; take off hold or off the plan.", _ORDER, "ready", 6),
    Command("order.close", "C", "Close", "Close a finished order.", _ORDER, "close", 5),
    Command("order.reopen", "O", "Reopen", "Open it again, with a reason.", _ORDER, "reopen", 6),
    Command("order.cancel", "x", "Cancel", "Cancel an order that was never worked on; asks why.", _ORDERS, "cancel"),
    Command("order.again", "A", "Again", "The same again: a new order like this one.", _ORDER, "again"),
    Command("order.copy", "y", "Copy", "Copy number and title to the clipboard.", _ORDERS, "copy"),
    Command("order.next", "right_square_bracket", "Next", "The next order of the list.", _PAGED, "next_order", 14),
    Command("order.previous", "left_square_bracket", "Previous", "The order before.", _PAGED, "previous_order"),
    Command("order.tab_next", "tab,right", "Next tab", "The next page of this order.", _PAGED, "tab(1)"),
    Command("order.tab_previous", "shift+tab,left", "Last tab", "The page of this order before.", _PAGED, "tab(-1)"),
    Command("order.open_field", "enter", "Change", "Change the field under the cursor.", _PAGED, "open_field", 1),
    Command("order.step", "plus", "Add step", "A step of this order: makes it an action plan.", _ORDER, "step"),
    # requests, in the list and in the detail
    Command("inbox.request", "r", "Request", "Ask for work: a new request.", _LANE, "new_request", 11),
    Command("request.accept", "a", "Accept", "Say yes: make its order.", _ASKED, "accept", 2),
    Command("request.ask", "i", "Ask back", "Ask back, or take the answer.", _ASKED, "ask", 3),
    Command("request.decline", "d", "Decline", "Say no, with a reason.", _ASKED, "decline", 4),
    Command("request.duplicate", "b", "Same as", "It repeats another request or order.", _ASKED, "duplicate", 5),
    Command("request.join", "l", "Join", "Say yes, as a part of an order that is there.", _ASKED, "join", 6),
    Command("request.not_fixed", "O", "Not fixed", "It was resolved and is not fixed.", _ASKED, "not_fixed", 7),
    Command("request.edit", "e", "Edit", "Edit the fields.", _ASKED, "edit", 9),
    Command("request.note", "v", "Note", "Add an entry to the log.", _ASKED, "note", 10),
    Command("request.withdraw", "x", "Withdraw", "It is no longer needed.", _ASKED, "withdraw", 12),
    Command("request.copy", "y", "Copy", "Copy number and title to the clipboard.", _ASKED, "copy"),
    # schedule
    Command("schedule.carry", "space", "Move", "Pick an order up, and put it down on a day.", _PLAN, "carry", 2),
    Command("schedule.view", "w", "View", "A week, a month, or a list of days.", _PLAN, "view", 4),
    Command("schedule.earlier", "left_square_bracket", "Earlier", "The week or month before.", _PLAN, "period(-1)", 5),
    Command("schedule.later", "right_square_bracket", "Later", "The next week or month.", _PLAN, "period(1)", 6),
    Command("schedule.today", "0", "Today", "Back to today.", _PLAN, "today", 8),
    Command("schedule.unplan", "x", "Off plan", "Take the order off the plan.", _PLAN, "unplan", 7),
    Command("schedule.pane", "tab", "Pane", "The days, the orders of one, or what has no day.", _PLAN, "pane(1)", 3),
    Command("schedule.pane_back", "shift+tab", "Pane back", "The pane before.", _PLAN, "pane(-1)"),
    Command("schedule.let_be", "escape", "Let be", "Put back what was picked up; back to the days.", _PLAN, "let_be"),
    # contractors
    Command("contractors.new", "n", "New", "A new contractor.", _FIRMS, "new", 2),
    Command("contractors.edit", "e", "Edit", "Edit the contractor's fields.", _FIRMS, "edit", 4),
    Command("contractors.document", "d", "Document", "Put a document on file.", _FIRMS, "document", 5),
    Command("contractors.contact", "a", "Contact", "Add somebody to call.", _FIRMS, "contact", 6),
    Command("contractors.rate", "r", "Rate", "Rate a finished job.", _FIRMS, "rate", 7),
    Command("contractors.block", "b", "Block", "Let nobody hire them, or let them be hired again.", _FIRMS, "block", 8),
    Command("contractors.remove", "x", "Remove", "Take the document or contact away.", _FIRMS, "remove"),
    Command("contractors.pane", "tab,shift+tab", "Pane", "Go to the list or to the details.", _FIRMS, "pane"),
    Command("hire.new", "ctrl+n", "New", "A new contractor with the name that was typed.", _HIRE, "new_contractor", 2),
    Command("hire.where", "tab", "Where", "Look for on site, off site, or either.", _HIRE, "where", 3),
    # running a checklist
    Command("checklist.press", "space,enter", "Pass", "Take the marked answer and go on.", _RUN, "press", 1),
    Command("checklist.fail", "f", "Fail", "It failed: a note, and its follow-up order.", _RUN, "fail", 2),
    Command("checklist.leave_out", "n", "N/a", "It does not apply here; asks why.", _RUN, "leave_out", 3),
    Command("checklist.note", "v", "Note", "A note on this item.", _RUN, "note", 4),
    Command("checklist.last_item", "b", "Back", "Back to the item answered last.", _RUN, "last_item", 5),
    Command("checklist.pause", "escape", "Pause", "Leave; all is saved, and it goes on here.", _RUN, "pause", 6),
    Command("checklist.follow_up", "o", "Follow-up", "Open or make this item's follow-up order.", _RUN, "follow_up", 7),
    Command("checklist.done", "d", "Finish", "Finish the order: outcome, note, minutes.", _RUN, "done", 8),
    Command("checklist.sign_off", "s", "Sign off", "Sign the order off with name and PIN.", _RUN, "sign_off", 9),
    Command("checklist.add", "a", "Add list", "Put a list on the order, or start one.", _RUN, "add", 10),
    Command("checklist.next_button", "right", "Next answer", "Mark the next answer.", _RUN, "choose(1)"),
    Command("checklist.previous_button", "left", "Last answer", "Mark the answer before.", _RUN, "choose(-1)"),
    Command("checklist.erase", "backspace", "Erase", "Erase the last digit of the reading.", _RUN, "erase"),
    Command("checklist.clear", "delete", "Clear", "Take the answer back; the item is open again.", _RUN, "clear"),
    # hours and payroll
    Command("time.add", "n", "Add", "Add hours by hand, or leave.", _HOURS, "add", 2),
    Command("time.approve", "a", "Approve", "Approve this person's hours of the period.", _HOURS, "approve", 3),
    Command("time.approve_all", "A", "All", "Approve everybody's hours of the period.", ("time",), "approve_all", 4),
    Command("time.payroll", "p", "Payroll", "Check the period and write the payroll CSV.", _HOURS, "payroll", 5),
    Command("time.send_back", "b", "Send back", "Take an approval back, with a reason.", ("hours",), "send_back", 4),
    Command("time.approve_one", "A", "This one", "Approve this entry alone.", ("hours",), "approve_one", 5),
    Command("time.correct", "e", "Correct", "Correct the entry, or end a running timer.", ("hours",), "open"),
    Command("time.remove", "x", "Remove", "Take the entry away.", ("hours",), "remove", 6),
    Command("time.earlier", "left_square_bracket", "Earlier", "The pay period before.", _HOURS, "period(-1)", 7),
    Command("time.later", "right_square_bracket", "Later", "The next pay period.", _HOURS, "period(1)", 8),
    Command("time.timer", "s", "Timer", "Stop your timer, or start one on no order.", _HOURS, "timer", 9),
    Command("time.date", "t", "Date", "The pay period of a day.", _HOURS, "go_to_date"),
    Command("time.hand_in", "h", "Hand in", "Hand in this person's drafts for approval.", _HOURS, "hand_in", 3),
    Command("time.recall", "H", "Recall", "Take handed-in hours back as drafts.", _HOURS, "recall"),
    Command("time.order", "o", "Order", "Open the order of the entry or row.", _ONE, "open_order"),
    Command("time.everyone", "w", "Everyone", "Everybody's hours, or your own alone.", ("time",), "everyone", 6),
    Command("time.entries", "e", "Entries", "The person's entries one by one.", ("time",), "entries"),
    Command("time.next", "tab", "Next", "The next person.", _ONE, "person(1)"),
    Command("time.previous", "shift+tab", "Last", "The person before.", _ONE, "person(-1)"),
    Command("week.entries", "e", "Entries", "The person's entries one by one.", _WEEK, "entries", 4),
    Command("week.day_next", "right", "Next day", "The next day of the week.", _WEEK, "day(1)"),
    Command("week.day_previous", "left", "Day before", "The day before.", _WEEK, "day(-1)"),
    Command("payroll.write", "w", "Write", "Write the payroll CSV into a folder.", _PAY, "write", 2),
    Command("payroll.tick", "space", "Tick", "Tick a warning: you have seen it.", _SHEET, "tick", 3),
    Command("payroll.tick_all", "asterisk", "Tick all", "Tick every warning.", _SHEET, "tick_all", 4),
    Command("payroll.close", "c", "Paid", "Confirm that the period is paid.", _PAY, "close", 5),
    Command("payroll.view", "v", "View", "The rows, or the file line by line as it is written.", _PAY, "view", 6),
    Command("payroll.profile", "f", "Format", "The format that the provider reads.", _SHEET, "profile", 7),
    Command("payroll.batches", "b", "Batches", "Every batch made so far.", _SHEET, "batches", 8),
    Command("payroll.approve", "a", "Approve", "Approve this person's hours.", _SHEET, "approve"),
    Command("payroll.approve_all", "A", "All", "Approve everybody's hours.", _SHEET, "approve_all"),
    Command("payroll.by_hand", "h", "By hand", "Corrections go in at the provider by hand.", _SHEET, "by_hand"),
    Command("payroll.void", "x", "Void", "Take the batch back, with a reason.", _PAY, "void", 9),
    Command("payroll.earlier", "left_square_bracket", "Earlier", "The pay period before.", _SHEET, "period(-1)", 10),
    Command("payroll.later", "right_square_bracket", "Later", "The next pay period.", _SHEET, "period(1)", 11),
    Command("payroll.date", "t", "Date", "The pay period of a day.", _SHEET, "go_to_date"),
    # sharing
    Command("merge.open", "enter", "Open", "Open the line under the cursor.", _MERGE, "open", 1),
    Command("merge.now", "m", "Merge now", "Merge with the shared place now.", _MERGE, "merge", 2),
    Command("merge.preview", "p", "Preview", "What a merge would change, record by record.", _MERGE, "preview", 3),
    Command("merge.other", "o", "Other file", "Merge with any other file or folder, by its path.", _MERGE, "other", 4),
    Command("merge.set_up", "e", "Set up", "Choose the shared folder or file.", _MERGE, "set_up", 5),
    Command("merge.when", "w", "When", "When to merge by itself: start, quit, minutes.", _MERGE, "when", 6),
    Command("merge.questions", "Q", "Questions", "What two changed at once.", ("inbox", "merge"), "questions", 16),
    Command("merge.give_up", "x", "Give up", "Give the running merge up; nothing is lost.", _MERGE, "give_up", 1),
    Command("account.merge", "m", "Merge it", "Do the merge that was looked at.", ("account",), "merge", 1),
    Command("question.mine", "m", "Mine", "Take this computer's value.", _QUESTIONS, "take('mine')", 1),
    Command("question.theirs", "t", "Theirs", "Take the other's value.", _QUESTIONS, "take('theirs')", 2),
    Command("question.value", "v", "Value", "Type another value.", _QUESTIONS, "value", 3),
    Command("question.both", "b", "Both", "Keep the other text as a note on the order.", _QUESTIONS, "take('both')", 4),
    Command("question.same", "s", "Same", "They are the same thing: make them one.", _QUESTIONS, "take('same')", 3),
    Command("question.different", "d", "Different", "Both stay; never ask again.", _QUESTIONS, "take('different')", 4),
    Command("question.all", "A", "All so", "The same choice for all about this field.", _QUESTIONS, "all", 5),
    Command("question.open", "enter,o", "Open", "Go to the order or the hours it is about.", _QUESTIONS, "open", 6),
    Command("question.back", "escape", "Back", "One step back.", (*_QUESTIONS, "account", "set_up"), "app.step_back"),
    # maintenance plans
    Command("app.plans", "ctrl+l", "Plans", "Maintenance plans: work that comes due by itself.", _APP, "app.plans"),
    Command("schedule.plans", "p", "Plans", "The maintenance plans.", ("schedule",), "app.plans", 12),
    Command("plans.open", "enter", "Open", "Open the plan under the cursor.", ("plans",), "open", 1),
    Command("plans.new", "n", "New", "A new plan.", _PLANS, "new", 2),
    Command("plans.edit", "e", "Edit", "Edit the plan; shows its dates before and after.", _PLANS, "edit", 3),
    Command("plans.run", "r", "Run", "Make the orders that are due now.", _PLANS, "run", 4),
    Command("plans.pause", "p", "Pause", "Pause the plan with a reason, or let it run again.", _PLANS, "pause", 5),
    Command("plans.skip", "s", "Skip", "Leave the next date out, with a reason.", _PLANS, "skip", 6),
    Command("plans.move", "t", "Date", "Another date for the next order, this once.", _PLANS, "move", 7),
    Command("plans.order", "o", "Order", "Open the plan's open order.", _PLANS, "order", 8),
    Command("plans.retire", "x", "End", "End the plan; its orders and its ledger stay.", _PLANS, "retire"),
    Command("plans.ended", "h", "Ended", "Show or hide the plans that have ended.", ("plans",), "ended"),
    Command("plan.tab_next", "tab,right", "Next tab", "The next page of this plan.", ("plan",), "tab(1)"),
    Command("plan.tab_previous", "shift+tab,left", "Last tab", "The page before.", ("plan",), "tab(-1)"),
    Command("plan.back", "escape", "Back", "One step back.", _PLANS, "app.step_back"),
    # routing, machines, who works when
    Command("app.routing", "ctrl+g", "Routing", "Routing rules: who gets what comes in.", _APP, "app.routing"),
    Command("app.machines", "M", "Machines", "What machines report, and what stands.", _APP, "app.machines"),
    Command("rules.open", "enter", "Change", "Change the rule under the cursor.", _RULES, "open", 1),
    Command("rules.new", "n", "New", "A new rule.", _RULES, "new", 2),
    Command("rules.up", "left_square_bracket", "Up", "Try the rule earlier.", _RULES, "move(-1)", 4),
    Command("rules.down", "right_square_bracket", "Down", "Try the rule later.", _RULES, "move(1)", 5),
    Command("rules.switch", "x", "On/off", "Switch the rule off, or on again.", _RULES, "switch", 6),
    Command("rules.remove", "delete", "Remove", "Take the rule away.", _RULES, "remove"),
    Command("rules.back", "escape", "Back", "One step back.", (*_RULES, *_TRY, *_DAYS), "app.step_back"),
    Command("routing.test", "t", "Dry run", "Try the rules on the last requests.", ("routing",), "test", 3),
    Command("routing.people", "w", "Hours", "Who works when.", ("routing",), "people", 7),
    Command("dry_run.open", "enter", "Open", "Open the request under the cursor.", _TRY, "open", 1),
    Command("dry_run.again", "r", "Route", "Let the rules decide on it once more.", _TRY, "again", 2),
    Command("machines.running", "r", "Runs", "Say that an asset runs again.", ("machines",), "running", 2),
    Command("machines.down", "d", "Down", "Say that an asset stands still.", ("machines",), "down", 3),
    Command("availability.week", "enter,e", "Week", "The person's usual week.", _DAYS, "edit", 1),
    Command("availability.day", "d", "Day", "Other hours on one day, or a day off.", _DAYS, "day", 2),
    Command("availability.earlier", "left_square_bracket", "Earlier", "The week before.", _DAYS, "period(-1)", 3),
    Command("availability.later", "right_square_bracket", "Later", "The next week.", _DAYS, "period(1)", 4),
    Command("order.running", "w", "Runs", "The asset runs again, or stands still.", _ORDER, "running", 5),
    # order templates and code lists
    Command("templates.open", "enter", "Open", "Open the template under the cursor.", _BLANKS, "open", 1),
    Command("templates.new", "n", "New", "A new template.", _BLANKS, "new", 2),
    Command("templates.copy", "c", "Copy", "A template like this one, to adapt it.", _BLANKS, "copy", 3),
    Command("templates.pack", "p", "Pack", "Add the templates of an industry.", _BLANKS, "pack", 4),
    Command("templates.codes", "l", "Lists", "Code lists: the words that forms offer.", _BLANKS, "codes", 5),
    Command("templates.find", "slash", "Find", "Find a template by its words.", _BLANKS, "find", 6),
    Command("templates.retire", "x", "Retire", "Take out of use, or into use again.", _BLANKS, "retire", 7),
    Command("templates.learn", "i", "Import", "Bring in a template from a TOML file.", _BLANKS, "learn", 8),
    Command("templates.write", "w", "Export", "Write the template as a TOML file.", _BLANKS, "write_file", 9),
    Command("template.change", "enter", "Change", "Change the line under the cursor.", _BLANK, "change", 1),
    Command("template.add", "a", "Add", "Add a field, checklist, step or material.", _BLANK, "add", 2),
    Command("template.remove", "x", "Remove", "Take the line under the cursor away.", _BLANK, "remove", 3),
    Command("template.use", "n", "Use it", "Make an order from it.", _BLANK, "use", 4),
    Command("codes.open", "enter", "Change", "Say a word more about it.", _WORDS, "open", 1),
    Command("codes.new", "n", "New", "A new word.", _WORDS, "new", 2),
    Command("codes.retire", "x", "Retire", "Offer it no longer, or again.", _WORDS, "retire", 3),
    Command("codes.down", "right_square_bracket", "Down", "Further down in its list.", _WORDS, "move(1)", 4),
    Command("codes.up", "left_square_bracket", "Up", "Further up in its list.", _WORDS, "move(-1)", 5),
    # forms, dialogs
    Command("form.save", "ctrl+s", "Save", "Save and close the form.", _FORM, "save", 1),
    Command("form.editor", "ctrl+e", "Editor", "Write this text in your editor ($EDITOR).", _FORM, "editor", 3),
    Command("form.discard", "ctrl+r", "Start over", "Throw away what was typed.", _FORM, "discard", 4),
    Command("form.close", "escape", "Back", "Close; what you typed is kept.", _FORM, "close_form", 2),
    Command("request.add_me", "ctrl+n", "Add me", "It is there already: be told of it.", ("asking",), "add_me", 2),
    Command("kiosk.over", "escape", "Start over", "Empty the form and begin again.", ("kiosk",), "start_over", 1),
    Command("kiosk.leave", "ctrl+q", "Leave", "Leave; asks for a supervisor's PIN.", ("kiosk",), "leave", 2),
    Command("screen.back", "escape", "Back", "One step back.", (*_BACK, *_PAGED), "app.step_back"),
)  # fmt: skip
_BY_ID = {command.id: command for command in COMMANDS}

_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "at": "@",
    "asterisk": "*",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "minus": "-",
    "plus": "+",
    "exclamation_mark": "!",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "f1": "F1",
}

_MODES = ("inbox", "schedule", "contractors", "time", "merge")
_TYPING = frozenset({"form", "hire", "asking"})
"""Rooms in which letters are typed, so that the footer names a command by its key that is no letter."""

_remapped: dict[str, str] = {}


def display(key: str) -> str:
    """A Textual key name as a person reads it: `question_mark` → `?`, `ctrl+p` → `ctrl+p`."""
    return _SHOWN.get(key, key)


def command(command_id: str) -> Command:
    """The command with that id, with its remapped keys.

    Raises:
        KeyError: no such command (a mistake in a screen).
    """
    return _current(_BY_ID[command_id])


def shown_key(command_id: str) -> str:
    """The key that now calls the command, as a person reads it."""
    return command(command_id).key


def in_room(room: str) -> tuple[Command, ...]:
    """The commands of one room in the table's order, with their remapped keys."""
    return tuple(_current(known) for known in COMMANDS if room in known.rooms)


def key_in(room: str, known: Command) -> str:
    """The key of a command as the footer of a room names it: `?` opens help, but in a form it is typed."""
    each = known.keys.split(",")
    if room in _TYPING and known.id == "app.help":
        each = [key for key in each if key not in _SHOWN or key.startswith("f")] or each
    return display(each[0])


def modes() -> tuple[tuple[str, str, str], ...]:
    """The modes in the header: name, key as shown, words. Each is the command `app.<name>`."""
    return tuple((mode, command(f"app.{mode}").key, command(f"app.{mode}").words) for mode in _MODES)


def footer(room: str) -> tuple[Command, ...]:
    """What the footer of a room shows, the most needed first: the room's own commands, then help and palette."""
    ranked = [known for known in (*in_room(room), *in_room("app")) if known.rank]
    return tuple(sorted(ranked, key=lambda known: known.rank))


def bindings(*rooms: str) -> list[BindingType]:
    """The bindings of one or more rooms, for a screen's or widget's BINDINGS. Remapping is applied by the app."""
    from textual.binding import Binding

    return [
        Binding(known.keys, known.action, known.words, show=False, id=known.id, tooltip=known.tooltip)
        for room in rooms
        for known in COMMANDS
        if room in known.rooms
    ]


def use(keymap: Mapping[str, str]) -> None:
    """Let footer, help and palette show the remapped keys (the app applies the same keymap to the bindings)."""
    _remapped.clear()
    _remapped.update(keymap)


def _current(known: Command) -> Command:
    keys = _remapped.get(known.id)
    if keys is None:
        return known
    return Command(known.id, keys, known.words, known.tooltip, known.rooms, known.action, known.rank)
