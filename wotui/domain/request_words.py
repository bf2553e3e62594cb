"""What became of a request, in plain words for whoever asked: at the counter nobody knows our statuses."""

from __future__ import annotations


def for_the_requester(status: str, reason: str, ending: str) -> str:
    """One or two sentences.

    Args:
        status: the request's.
        reason: what was said at its last step: why not, or what is asked.
        ending: what became of it (`done`, `not done: …`); empty while it is open.
    """
    if status == "new":
        return "We have it. Nobody has decided on it yet."
    if status == "needs_info":
        return f"We have a question: {reason}"
    if status == "accepted":
        return "It is accepted: the work is on its way."
    if status == "resolved":
        return "It is done." if ending == "done" else f"It is closed, {ending}."
    if status == "declined":
        return f"We will not do it: {reason}"
    if status == "duplicate":
        return (
            f"Somebody had asked for it already: it is {ending}." if ending else "It was asked for already."
        )
    if status == "withdrawn":
        return "It was taken back."
    return f"It is {status.replace('_', ' ')}."
