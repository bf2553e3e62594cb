"""Events as machines write them: JSON, CSV, odd spellings, and everything that is not an event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.events.reports import Report, from_csv, from_json, report, thousandths
from wotui.errors import UsageProblem


@pytest.mark.parametrize(
    "text",
    [
        '{"asset_tag": "P-1", "event": "down", "value": 81.25, "at": "2026-06-10T12:00Z", "event_id": 7}',
        '[{"asset_tag": "P-1", "event": "DOWN", "value": "81.25", "at": "2026-06-10T12:00Z", "event_id": "7"}]',
        '{"Asset": "P-1", "Event": "down", "Value": 81.25, "Time": "2026-06-10T12:00Z", "ID": "7"}',
        '{"asset-tag": " P-1 ", "event": "down", "value": 81.25, "timestamp": "2026-06-10T12:00Z", "event id": "7"}',
    ],
)
def test_json_is_understood_however_it_is_spelled(text: str) -> None:
    assert from_json(text) == [Report("P-1", "down", "81.25", "2026-06-10T12:00Z", "7")]


def test_a_json_object_a_line_is_understood() -> None:
    found = from_json('{"asset": "A", "event": "down"}\n\n{"asset": "B", "event": "up"}\n')
    assert [one.asset_tag for one in found] == ["A", "B"]


@pytest.mark.parametrize("mark", [",", ";"])
def test_csv_is_understood_with_commas_and_semicolons(mark: str) -> None:
    text = mark.join(("asset_tag", "event", "value", "at", "event_id"))
    text += (
        "\r\n"
        + mark.join(("P-1", "reading", "3.5", "", ""))
        + "\r\n"
        + mark.join(("P-2", "down", "", "", "9"))
        + "\r\n"
    )
    assert from_csv(text) == [Report("P-1", "reading", "3.5"), Report("P-2", "down", "", "", "9")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not whole JSON"),
        ("{", "not whole JSON"),
        ('{"asset_tag": "P-1", "event": "do', "not whole JSON"),
        ('[{"asset_tag": "P-1", "event": "down"},', "not whole JSON"),
        ("[]", "no event"),
        ("7", "no object"),
        ('["down"]', "no object"),
        ('{"event": "down"}', "neither asset_tag nor part"),
        ('{"asset_tag": "P-1"}', "no event"),
        ('{"asset_tag": "P-1", "part": "F-1", "event": "down"}', "both"),
        ('{"asset_tag": "P-1", "event": "down", "colour": "red"}', "not a field"),
        ('{"asset_tag": "P-1", "event": ["down"]}', "more than one value"),
        ("[" * 100_000, "not whole JSON"),
        ('[{"asset_tag": "P-1", "event": "down"}, {"asset_tag": ""}]', "Event 2"),
    ],
)
def test_what_is_no_event_is_named(text: str, why: str) -> None:
    with pytest.raises(UsageProblem, match=why):
        from_json(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("asset_tag,event\nP-1,down", "does not end"),
        ("asset_tag,event\nP-1\n", "not as many cells"),
        ("asset_tag,event\nP-1,down,3\n", "not as many cells"),
        ("asset_tag,event\n", "no event"),
        ("asset_tag,event\nP-1,\n", "Line 2: It says no event"),
        ('asset_tag,event\n"P-1,down\n', "not CSV"),
        ("tag,colour\nP-1,red\n", "not a field"),
    ],
)
def test_what_is_no_csv_is_named(text: str, why: str) -> None:
    with pytest.raises(UsageProblem, match=why):
        from_csv(text)


@given(st.text(max_size=200))
def test_any_text_is_events_or_is_refused(text: str) -> None:
    for reader in (from_json, from_csv):
        try:
            found = reader(text)
        except UsageProblem:
            continue
        assert all(one.event and one.about for one in found)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("81.25", 81250), ("8.12345", 8123), ("0.0005", 1), ("-20", -20000), ("1e3", 1_000_000), (".5", 500)],
)
def test_a_machines_number_is_rounded_to_three_decimals(typed: str, value: int) -> None:
    assert thousandths(typed) == value


@pytest.mark.parametrize("typed", ["NaN", "inf", "", "1e999", "hot", "1.2.3", "9" * 30, "0x10", "1e-999"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    if typed == "1e-999":
        assert thousandths(typed) == 0
        return
    with pytest.raises(UsageProblem, match="not a number"):
        thousandths(typed)


def test_the_same_event_has_the_same_id_and_another_one_another() -> None:
    first = Report("P-1", "down", at="2026-06-10T12:00:00Z", event_id="7")
    again = Report("p-1", "down", "3", at="2026-06-10T12:00:05Z", event_id="7")
    assert first.identity("P-1") == again.identity("P-1")
    assert first.identity("P-1") != first.identity("P-2")
    without = Report("P-1", "down", at="2026-06-10T12:00:00Z")
    later = Report("P-1", "down", at="2026-06-10T12:00:01Z")
    assert without.identity("P-1") == Report("P-1", "down", at="2026-06-10T12:00:00Z").identity("P-1")
    assert without.identity("P-1") != later.identity("P-1")


def test_steering_characters_never_get_in() -> None:
    found = report({"asset_tag": "P-1\x1b[2J", "event": "down\x07", "value": None, "at": True})
    assert "\x1b" not in found.asset_tag
    assert "\x07" not in found.event
    assert (found.value, found.at) == ("", "1")
