"""What every guardrail declares: words for people, and actions of IAM spelled as AWS spells them."""

from __future__ import annotations

import csv
import re

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.rows import Concern, Severity
from guardrails.identity import aws, aws_decisive, azure_operations, azure_roles
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


@pytest.mark.parametrize("actions", [aws_decisive.ESCALATION_ACTIONS, aws._DATA_ACTIONS], ids=["escalations", "data"])
def test_actions_are_spelled_as_aws_spells_them(actions: tuple[str, ...]) -> None:
    assert [action for action in actions if not ACTION.fullmatch(action)] == []
    assert len({action.lower() for action in actions}) == len(actions) > 10


def test_decisive_actions_are_listed_once_and_in_order() -> None:
    """Each is an action of one kind, which no other list has; a second row would hide the first."""
    text = (DATA / "decisive_actions.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    names = [row["action"] for row in rows]
    assert [name for name in names if not ACTION.fullmatch(name)] == []
    assert names == sorted(names, key=str.lower)
    assert len({name.lower() for name in names}) == len(names)
    assert {row["kind"] for row in rows} == {aws_decisive.RIGHTS, aws_decisive.CHANGE}
    others = {name.lower() for name in (*aws_decisive.ESCALATION_ACTIONS, *aws._DATA_ACTIONS)}
    assert [name for name in names if name.lower() in others] == []


OPERATION = re.compile(r"Microsoft\.[A-Z]\w+(?:/(?:[a-z][A-Za-z]*|[A-Z]{1,5}))+/(?:write|delete|read|action)")
"""A provider, its types and a verb (Azure RBAC, "Azure permissions"): spelled as its references are, since readers
search for them there; types of records are in capitals. Azure and the guardrails compare without case."""
OPERATIONS = {
    "takeovers": [name for name, _ in azure_operations._TAKEOVERS],
    "exports": [name for name, _ in azure_operations._EXPORTS],
    "data": [name for name, _ in azure_operations._ON_DATA],
    "keys": list(azure_operations._KEYS),
    "escalations": [name for name, _ in azure_roles._OPERATIONS],
    "pairs": [name for pair in azure_roles._OF_SEVERAL_SERVICES for name in pair],
    "pairs of data": [name for pair in azure_roles._DATA_OF_SEVERAL_SERVICES for name in pair],
}


@pytest.mark.parametrize("operations", OPERATIONS.values(), ids=OPERATIONS)
def test_operations_are_spelled_as_azure_spells_them(operations: list[str]) -> None:
    assert [name for name in operations if not OPERATION.fullmatch(name)] == []
    assert len({name.lower() for name in operations}) == len(operations) > 1


def test_pairs_of_operations_are_of_two_services_and_have_one_verb() -> None:
    """A pattern that matches both operations of a pair must match the verb in every service."""
    for first, second in (*azure_roles._OF_SEVERAL_SERVICES, *azure_roles._DATA_OF_SEVERAL_SERVICES):
        assert first.partition("/")[0] != second.partition("/")[0]
        assert first.rpartition("/")[2] == second.rpartition("/")[2]
