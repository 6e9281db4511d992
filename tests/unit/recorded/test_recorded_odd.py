"""Nothing changes unnoticed that is said of odd values: by guardrails, components, settings and cost commands."""

from pathlib import Path

import pytest

from tests.policies.cases import compliant
from tests.unit.recorded import odd_arguments, odd_figures, odd_findings
from tests.unit.recorded.odd_values import CHANGES, CLOSE, UNKNOWN, odd, other, places, with_value
from tests.unit.recorded.rows import recorded
from tests.unit.recorded.test_recorded import differences

EXAMPLES = [group for group in odd_findings.GROUPS if group.endswith("examples")]


@pytest.mark.parametrize("group", EXAMPLES)
def test_what_guardrails_say_of_examples_is_recorded(group: str) -> None:
    assert differences(odd_findings.FILE, {group}, odd_findings.contents(group)) == []


def test_examples_are_the_same_after_any_test() -> None:
    """A resource of a type without rows makes no example of its own for the tests that follow in the same process."""
    before = odd_findings.plans("examples").keys()
    compliant("none:none/none:None")
    assert odd_findings.plans("examples").keys() == before


@pytest.mark.parametrize("group", [group for group in odd_findings.GROUPS if group not in EXAMPLES])
def test_what_guardrails_say_of_odd_plans_is_recorded(group: str) -> None:
    assert differences(odd_findings.FILE, {group}, odd_findings.contents(group)) == []


@pytest.mark.parametrize("group", odd_arguments.GROUPS)
def test_what_odd_arguments_and_settings_make_is_recorded(group: str) -> None:
    assert differences(odd_arguments.FILE, {group}, odd_arguments.contents(group)) == []


@pytest.mark.parametrize("group", odd_figures.GROUPS)
def test_figures_of_odd_files_are_recorded(group: str, tmp_path: Path) -> None:
    assert differences(odd_figures.FILE, {group}, odd_figures.contents(group, tmp_path)) == []


@pytest.mark.parametrize("module", [odd_findings, odd_arguments, odd_figures], ids=lambda module: module.FILE)
def test_all_groups_are_recorded(module: object) -> None:
    assert {key[0] for key in recorded(module.FILE)} == set(module.GROUPS)  # type: ignore[attr-defined]


def test_one_thing_is_odd() -> None:
    """Everything is changed by some name, in each way, also inside JSON, and the original never."""
    value = {"a": ["x", {"b": 1}], "c": '{"d": true}'}
    made = [odd(value, str(number)) for number in range(3000)]
    assert value == {"a": ["x", {"b": 1}], "c": '{"d": true}'}
    assert value not in made
    for path, _ in places(value):
        assert with_value(value, path, UNKNOWN) in made
    assert value | {"c": '{"d": false}'} in made
    assert {"a": ["x", {"b": 1}]} in made


def test_nothing_is_odd_where_nothing_is() -> None:
    assert odd({}, "any") == {}


@pytest.mark.parametrize("old", ["x", "", 1, 0.5, True, None, [], ["a"], {}, {"a": 1}], ids=repr)
def test_a_value_is_replaced_by_another(old: object) -> None:
    assert all(type(new) is not type(old) or new != old for new in (other(old, number) for number in range(50)))


def test_close_values_are_of_the_same_type() -> None:
    for old in ("x", 7, 0.5, True, ["a"]):
        assert {type(other(old, number, CLOSE)) for number in range(9)} <= {type(old), int}
    assert set(CLOSE) - set(CHANGES)
