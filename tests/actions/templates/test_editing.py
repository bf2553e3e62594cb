"""Changing templates and their parts, reading them from files and writing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import checklists, packs, undo, work_orders
from wotui.actions.templates import editing, files, parts
from wotui.domain.templates import Material, OwnField, Preset, Step
from wotui.errors import NotFound, Problem, Refused, UsageProblem
from wotui.store.reads import templates as reads

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.domain.templates import OrderTemplate
    from wotui.store.file import Shop


@pytest.fixture
def service(shop: Shop) -> Shop:
    """A shop with a template “Service”."""
    editing.add(shop, "Service")
    return shop


def whole(shop: Shop, name: str = "Service") -> OrderTemplate:
    """A template with everything in it."""
    return reads.whole(shop, reads.find(shop, name, retired_too=True).id)


def test_a_template_is_made_changed_retired_and_brought_back(service: Shop) -> None:
    editing.edit(service, "service", {"name": "Boiler service", "trade": "HVAC"})
    editing.retire(service, "Boiler service")
    assert reads.templates(service) == []
    with pytest.raises(Refused, match="out of use already"):
        editing.retire(service, "Boiler service")
    editing.retire(service, "Boiler service", back=True)
    assert [(row.name, row.trade) for row in reads.templates(service)] == [("Boiler service", "HVAC")]


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("", {}, "A template needs a name."),
        ("SERVICE", {}, "There is a template “Service” already. Choose another name."),
        ("Other", {"trad": "x"}, "A template has no 'trad'. Did you mean trade?"),
    ],
)
def test_a_template_that_cannot_be_is_refused(
    service: Shop, name: str, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(Problem) as refused:
        editing.add(service, name, fields)
    assert said in str(refused.value)


def test_a_technician_changes_no_templates(service: Shop) -> None:
    builders.person(service, "TB")
    service.act_as("TB")
    for change in (
        lambda: editing.add(service, "Another"),
        lambda: parts.preset(service, "Service", Preset("type", "service")),
        lambda: parts.define(service, "", OwnField("a", "A")),
        lambda: editing.retire(service, "Service"),
    ):
        with pytest.raises(Refused, match="supervisor or office"):
            change()


def test_a_copy_has_everything_and_goes_its_own_way(shop: Shop) -> None:
    packs.add(shop, "contracting")
    editing.copy(shop, "Build a partition wall", "Glass wall")
    original, copied = whole(shop, "Build a partition wall"), whole(shop, "Glass wall")
    assert [step.title for step in copied.steps] == [step.title for step in original.steps]
    assert [field.name for field in copied.fields] == [field.name for field in original.fields]
    assert copied.origin == ""
    parts.remove_part(shop, "Glass wall", "step", copied.steps[0].id)
    assert len(whole(shop, "Build a partition wall").steps) == len(original.steps)


def test_a_copy_without_a_name_gets_a_free_one(service: Shop) -> None:
    editing.copy(service, "Service")
    editing.copy(service, "Service")
    assert [row.name for row in reads.templates(service)] == ["Service", "Service (copy 2)", "Service (copy)"]


def test_a_preset_that_says_nothing_is_taken_away(service: Shop) -> None:
    parts.preset(service, "Service", Preset("team", "Night", "release", True))
    assert whole(service).presets == (Preset("team", "Night", "release", True),)
    parts.preset(service, "Service", Preset("team"))
    assert whole(service).presets == ()


def test_a_field_is_defined_changed_and_taken_away(service: Shop) -> None:
    parts.define(service, "Service", OwnField("size", "Size"))
    parts.define(service, "Service", OwnField("size", "Filter size", required="done"), before="size")
    assert [(f.name, f.label, f.required) for f in whole(service).fields] == [("size", "Filter size", "done")]
    parts.undefine(service, "Service", "size")
    assert whole(service).fields == ()
    with pytest.raises(NotFound):
        parts.undefine(service, "Service", "size")


def test_a_key_is_taken_once_whether_every_order_has_it_or_the_template(service: Shop) -> None:
    parts.define(service, "", OwnField("size", "Size"))
    with pytest.raises(Refused, match="There is a field size already"):
        parts.define(service, "Service", OwnField("size", "Size"))


def test_a_key_that_orders_hold_values_under_stays(service: Shop) -> None:
    builders.place(service)
    parts.define(service, "Service", OwnField("size", "Size"))
    work_orders.new(service, "X", {"size": "20"}, template="Service")
    with pytest.raises(Refused, match="1 orders hold a value under the key size"):
        parts.define(service, "Service", OwnField("measure", "Measure"), before="size")


def test_steps_keep_their_order_when_one_is_taken_away(service: Shop) -> None:
    for number, title in enumerate(("A", "B", "C"), 1):
        parts.put_plan_step(service, "Service", Step(title, after=number - 1 or None))
    parts.remove_part(service, "Service", "step", whole(service).steps[1].id)
    assert [(step.title, step.after) for step in whole(service).steps] == [("A", None), ("C", 1)]
    undo.undo(service)
    assert [(step.title, step.after) for step in whole(service).steps] == [("A", None), ("B", 1), ("C", 2)]


def test_a_plan_cannot_be_a_step_of_itself(service: Shop) -> None:
    editing.add(service, "Inner")
    parts.put_plan_step(service, "Inner", Step("Back", template="Service"))
    for name in ("Service", "Inner"):
        with pytest.raises(Refused, match="“Service” would be a step of itself"):
            parts.put_plan_step(service, "Service", Step("Round", template=name))


@pytest.mark.parametrize(
    ("material", "said"),
    [(Material(), "names something"), (Material("Oil", qty=0), "above zero"), (Material(part="NO"), "NO")],
)
def test_a_line_of_material_names_something_there_is(service: Shop, material: Material, said: str) -> None:
    with pytest.raises(Problem) as refused:
        parts.put_line(service, "Service", material)
    assert said in str(refused.value)


def test_a_checklist_goes_with_a_template_once(service: Shop) -> None:
    with service.transaction() as tx:
        checklists.load_shipped(tx)
    parts.add_checklist(service, "Service", "Lock-out")
    with pytest.raises(Refused, match="goes with “Service” already"):
        parts.add_checklist(service, "Service", "Lock-out")


@pytest.mark.parametrize("pack", packs.names())
def test_what_is_written_to_a_file_makes_the_same_template_in_another_shop(
    shop: Shop, tmp_path: Path, pack: str
) -> None:
    packs.add(shop, pack)
    other = builders.new_shop(tmp_path / "other.wotui")
    with other:
        plain = [row for row in reads.templates(shop) if not row.steps]
        plans = [row for row in reads.templates(shop) if row.steps]
        for row in [*plain, *plans]:
            path = tmp_path / "template.toml"
            path.write_text(files.written(shop, row.name), encoding="utf-8")
            files.learn(other, path)
            assert files.written(other, row.name) == files.written(shop, row.name)


def test_a_file_changes_a_template_only_when_asked_to(service: Shop, tmp_path: Path) -> None:
    path = tmp_path / "service.toml"
    path.write_text(
        'name = "Service"\n[fields]\ntype = "service"\n[[own]]\nlabel = "Size"\n', encoding="utf-8"
    )
    with pytest.raises(Refused, match="--replace"):
        files.learn(service, path)
    parts.preset(service, "Service", Preset("team", "Night"))
    files.learn(service, path, replacing=True)
    assert whole(service).presets == (Preset("type", "service"),)
    assert [field.name for field in whole(service).fields] == ["size"]
    undo.undo(service)
    assert whole(service).presets == (Preset("team", "Night"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'name = "X\n', "t.toml is no TOML: "),
        (b'name = "X"\ntitle = = 2\n', "line 2"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b'name = "X"\n[[checklists]]\nname = "Nothing"\n', "There is no checklist “Nothing”."),
        (b'name = "X"\n[[steps]]\ntitle = "A"\ntemplate = "Nothing"\n', "There is no template “Nothing”."),
    ],
)
def test_a_file_that_cannot_be_learned_is_refused_and_changes_nothing(
    service: Shop, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "t.toml"
    path.write_bytes(content)
    with pytest.raises(Problem) as refused:
        files.learn(service, path)
    assert said in str(refused.value)
    assert [row.name for row in reads.templates(service)] == ["Service"]


def test_an_unknown_field_is_answered_with_the_nearest(service: Shop) -> None:
    with pytest.raises(UsageProblem, match="Did you mean planned_minutes"):
        parts.preset(service, "Service", Preset("plannd_minutes", "5"))
