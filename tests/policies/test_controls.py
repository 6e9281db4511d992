"""The controls that the guardrails serve: every rule serves one, and what is verified says what was read."""

from guardrails.engine.controls import frameworks
from guardrails.registry import ALL, IDS


def test_every_framework_of_the_place_is_there() -> None:
    names = {item.framework for item in frameworks()}
    assert names == {"uae-pdpl", "uae-ia", "cbuae", "adhics", "desc-isr", "ncema-7000", "iso27001", "cis"}


def test_every_rule_serves_a_control_that_exists() -> None:
    known = {f"{item.framework}:{control.id}" for item in frameworks() for control in item.controls}
    for rule in ALL:
        assert rule.all_controls, rule.id
        assert set(rule.all_controls) <= known, rule.id


def test_a_control_is_verified_only_where_somebody_read_it() -> None:
    for item in frameworks():
        ids = [control.id for control in item.controls]
        assert len(ids) == len(set(ids))
        assert item.source
        for control in item.controls:
            assert control.subjects or control.rules
            assert set(control.rules) <= IDS
            assert bool(control.read) or not control.verified, control.id
