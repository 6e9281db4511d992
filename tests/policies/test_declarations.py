"""What every guardrail declares: words for people, and actions of IAM spelled as AWS spells them."""

from __future__ import annotations

import re

import pytest
from guardrails.engine.rows import Concern, Severity
from guardrails.identity import aws
from guardrails.registry import ALL

ACTION = re.compile(r"[a-z0-9-]+:[A-Z][A-Za-z0-9]*|rds-db:connect")
"""A service's prefix and an operation (Service Authorization Reference); one begins with a small letter."""


@pytest.mark.parametrize("field", ["what", "why", "remedy"])
def test_every_guardrail_says_what_must_hold_why_and_what_to_do(field: str) -> None:
    assert {rule.id for rule in ALL if not _is_sentence(getattr(rule, field))} == set()


def _is_sentence(text: object) -> bool:
    return isinstance(text, str) and len(text.split()) > 1


def test_every_guardrail_has_a_concern_and_a_severity() -> None:
    assert {rule.id for rule in ALL if not isinstance(rule.concern, Concern)} == set()
    assert {rule.id for rule in ALL if not isinstance(rule.severity, Severity)} == set()


@pytest.mark.parametrize("actions", [aws._ESCALATION_ACTIONS, aws._DATA_ACTIONS], ids=["escalations", "data"])
def test_actions_are_spelled_as_aws_spells_them(actions: tuple[str, ...]) -> None:
    assert [action for action in actions if not ACTION.fullmatch(action)] == []
    assert len({action.lower() for action in actions}) == len(actions) > 10
