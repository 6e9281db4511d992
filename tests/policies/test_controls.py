"""Compliance controls: every rule maps to at least one, and a verified control records the source that was read."""

from guardrails.engine.controls import frameworks
from guardrails.registry import ALL, IDS


def test_all_frameworks_are_present() -> None:
    names = {item.framework for item in frameworks()}
    assert names == {"uae-pdpl", "uae-ia", "cbuae", "adhics", "desc-isr", "ncema-7000", "iso27001", "cis"}


def test_every_rule_maps_to_existing_controls() -> None:
    existing = {f"{item.framework}:{control.id}" for item in frameworks() for control in item.controls}
    for rule in ALL:
        assert rule.all_controls, rule.id
        assert set(rule.all_controls) <= existing, rule.id


def test_a_control_is_verified_only_if_its_source_was_read() -> None:
    for item in frameworks():
        ids = [control.id for control in item.controls]
        assert len(ids) == len(set(ids))
        assert item.source
        for control in item.controls:
            assert control.subjects or control.rules
            assert set(control.rules) <= IDS
            assert bool(control.read) or not control.verified, control.id
