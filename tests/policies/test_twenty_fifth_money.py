"""Loops of several resources, endless retries, ignored changes and approvals: the time that they take, and limits."""

import time

import pytest
from guardrails.cost.loops import check_loops
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Resource
from guardrails.unverifiable.ignored_changes import ignored_changes
from guardrails.unverifiable.self_approvals import check_self_approvals

from .attacks.after_twenty_fifth_money import pipe
from .attacks.twenty_first_money import flow
from .blind import aws, az
from .harness import Given, Pack, rules

_LONG = 50_000


def planned(*plan: Given) -> Plan:
    """Returns a plan of resources."""
    listed = [Resource(given.urn, given.type, given.name, dict(given.props)) for given in plan]  # type: ignore[arg-type]
    return Plan({item.urn: item for item in listed})


@pytest.mark.parametrize("is_loop", [False, True])
def test_a_chain_of_many_pipes_is_read_fast(is_loop: bool) -> None:
    last = "0" if is_loop else "none"
    plan = planned(*(pipe(f"p{n}", str(n), str(n + 1) if n < 999 else last) for n in range(1_000)))
    begin = time.process_time()
    found = [item for item in list(plan.resources.values())[:20] for _ in check_loops(item, plan)]
    assert len(found) == (20 if is_loop else 0)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("text", ["approv" * _LONG, "_a" * _LONG, "a.b[0]" * _LONG, "[" * _LONG, '["' * _LONG])
def test_hostile_texts_take_no_time(text: str) -> None:
    begin = time.process_time()
    definition = {"StartAt": text, "States": {text: {"Type": "Pass", "Resource": text, "End": True}}}
    machine = flow(definition)
    assert not list(check_self_approvals(Resource(machine.urn, machine.type, "it", dict(machine.props))))  # type: ignore[arg-type]
    role = aws("iam/Role", {"assumeRolePolicy": "{}"})
    found = ignored_changes(())(Resource(role.urn, role.type, "it", dict(role.props), ignored=(text,)))  # type: ignore[arg-type]
    assert not list(found)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("given", "is_refused"),
    [
        (aws("s3/Bucket", {}, ignore_changes=("policy",)), False),
        (aws("s3/Bucket", {"policy": "{}"}, ignore_changes=("policy",)), True),
        (aws("iam/Role", {"assumeRolePolicy": "{}"}, ignore_changes=("description", "tags")), False),
        (aws("iam/Role", {"managedPolicyArns": ["a"]}, ignore_changes=("managedPolicyArns",)), True),
        (az("keyvault:Vault", {"properties": {"accessPolicies": []}}, ignore_changes=("properties.accessPolicies",)),
         False),
        (az("keyvault:Vault", {"properties": {"networkAcls": {"defaultAction": "Deny"}}},
            ignore_changes=("properties",)), True),
        (az("keyvault:Vault", {"properties": {"networkAcls": {"defaultAction": "Deny"}}},
            ignore_changes=('properties["networkAcls"].defaultAction',)), True),
        (aws("iam/Policy", {"policy": "{}"}, ignore_changes=('["policy"]',)), True),
        (aws("iam/Policy", {"policy": "{}"}, ignore_changes=('["description"]', "tags[*]", 'tags["a.b"]')), False),
        (aws("iam/Policy", {"policy": "{}"}, ignore_changes=("[*]",)), True),
        (aws("iam/Policy", {"policy": "{}"}, ignore_changes=('["*"]',)), True),
    ],
    ids=str,
)  # fmt: skip
def test_only_what_decides_rights_and_is_set_may_not_be_ignored(given: Given, is_refused: bool) -> None:
    texts = [report.text for report in Pack().evaluate_resource(given)]
    assert any("ignoreChanges names" in text for text in texts) == is_refused


def test_a_protected_resource_without_ignored_changes_has_no_finding() -> None:
    given = aws("ec2/SecurityGroup", {"vpcId": "vpc-1", "description": "app"}, protect=True, ignore_changes=("tags",))
    assert "FJ-ESC-115" not in rules(Pack().evaluate_resource(given))
