"""Conditions of Falco that hold for no event or for each (falcosecurity/rules c72713e, read 2026-11-29)."""

import pytest
from guardrails.identity.falco_rules import check_falco_rules
from guardrails.readers.texts import Leaf

from tests.processor_time import within


def _is_blind(kind: str, name: str, condition: str) -> bool:
    leaves = (Leaf(f"data.rules[0].{kind}", kind, name, True), Leaf("data.rules[0].condition", "", condition, True))
    return list(check_falco_rules(leaves)) != []


@pytest.mark.parametrize("name", [
    "spawned_process", "inbound", "inbound_outbound", "modify", "rename", "remove", "chmod", "never_logged",
    "bin_dir_mkdir", "user_ssh_directory", "known_user_in_container",
])  # fmt: skip
@pytest.mark.parametrize("condition", [
    "never_true", "(never_true)", "evt.type in (open, openat) and never_true", "and never_true", "(evt.num=0)",
    "not always_true", "never_true or never_true", "and not (user_known_x or always_true)",
])  # fmt: skip
def test_no_macro_that_rules_need_holds_for_nothing(name: str, condition: str) -> None:
    assert _is_blind("macro", name, condition)
    assert _is_blind("rule", name, condition)


@pytest.mark.parametrize("name", [
    "user_known_cron_jobs", "allowed_clear_log_files", "known_drop_and_execute_activities", "etckeeper_activities",
    "trusted_images", "consider_all_chmods", "ec2_metadata_containers", "nodeport_containers", "grep_more",
    "possibly_node_in_container",
])  # fmt: skip
def test_exceptions_may_hold_for_nothing(name: str) -> None:
    assert not _is_blind("macro", name, "(never_true)")
    assert not _is_blind("macro", name, "(never_true and proc.pname=node)")


@pytest.mark.parametrize("condition", ["always_true", "( always_true )", "proc.name=a or always_true",
                                       "or always_true", "not never_true", "(evt.num>=0)"])  # fmt: skip
def test_exceptions_do_not_hold_for_everything(condition: str) -> None:
    assert _is_blind("macro", "user_known_cron_jobs", condition)
    assert not _is_blind("macro", "consider_all_chmods", condition)


@pytest.mark.parametrize("condition", [
    "spawned_process and not (user_known_x or never_true)",
    "spawned_process and not\n  (user_known_x\n  or never_true)",
    "spawned_process and not never_true", "open_read or never_true", "never_true or spawned_process", "or never_true",
    "proc.name in (never_true, sh)", 'proc.cmdline contains "and never_true"', "evt.num=0 or evt.type=open",
    "spawned_process and ((never_true) or (proc.name = sh))", "not", "", ")(", "and", "user_known_x and not",
])  # fmt: skip
def test_conditions_that_depend_on_the_event_pass(condition: str) -> None:
    assert not _is_blind("rule", "Terminal shell in container", condition)
    assert not _is_blind("macro", "spawned_process", condition)
    assert not _is_blind("macro", "user_known_cron_jobs", condition)


@pytest.mark.parametrize(("name", "condition", "expected"), [
    ("never_true", "(evt.num=0)", False), ("never_true", "evt.num = 0", False), ("never_true", "evt.type=open", True),
    ("never_true", "always_true", True), ("never_true", "or container.id=host", True),
    ("always_true", "(evt.num>=0)", False), ("always_true", "never_true", True), ("always_true", "evt.num=0", True),
    ("always_true", "evt.type=open", True),
])  # fmt: skip
def test_the_constants_stay_what_they_are(name: str, condition: str, *, expected: bool) -> None:
    assert _is_blind("macro", name, condition) is expected


@pytest.mark.parametrize("text", ["or" + " " * 20_000, "(" * 20_000, ")" * 20_000, "not " * 5000, '"\'' * 10_000,
                                  "or(" * 7000 + "always_true" + ")" * 7000, "or " * 7000])  # fmt: skip
def test_long_conditions_take_no_time(text: str) -> None:
    with within(0.5):
        _is_blind("macro", "user_known_cron_jobs", text)
