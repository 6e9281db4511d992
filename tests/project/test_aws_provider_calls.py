"""The permissions of AWS types are held against the requests in the source of Pulumi's provider."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from falaj.facts.aws_permissions import OPERATIONS, provider_calls, types
from falaj.rights.aws_needs import actions_of
from tests.project.aws_provider_source import TABLE, action, terraform_name

UNCALLED = Path(__file__).with_name("aws_provider_uncalled.csv")
FROM_SOURCE = "terraform-provider-aws v"
"""Beginning of the source of a row whose actions are requests in the provider's source; the others have a page of AWS
about what a request needs besides."""


@cache
def requested() -> Mapping[tuple[str, str], frozenset[str]]:
    """Returns (type, operation) -> actions of the provider's source."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {(token, operation): frozenset(found.split()) for token, operation, found in rows}


@cache
def uncalled() -> tuple[tuple[str, str], ...]:
    """Returns (type, action), with wildcards, of requests that no argument of the components leads to."""
    with UNCALLED.open(encoding="utf-8", newline="") as file:
        return tuple((row["type"], row["action"]) for row in csv.DictReader(file) if row["reason"])


def lacking(token: str, operation: str) -> set[str]:
    """Returns the actions that the provider can request and the tables do not have. A read needs them in its own list,
    because the identity that only plans has no other."""
    have = set(actions_of(token, operation))
    if operation != "read":
        have |= {name for other in OPERATIONS for name in actions_of(token, other)}
    return set(requested().get((token, operation), ())) - have


@pytest.mark.parametrize("token", types())
def test_the_tables_have_every_request_of_the_provider(token: str) -> None:
    missing = {
        name
        for operation in OPERATIONS
        for name in lacking(token, operation)
        if not any(fnmatchcase(token, kind) and fnmatchcase(name, wanted) for kind, wanted in uncalled())
    }
    assert missing == set(), "add it to aws_provider_calls.csv, or to aws_provider_uncalled.csv with the reason"


def test_every_type_is_created_and_read_in_the_source() -> None:
    for token in types():
        for operation in ("create", "read"):
            assert requested().get((token, operation)), (token, operation)


def test_nothing_is_said_to_come_from_the_source_that_is_not_there() -> None:
    wrong = [
        (call.type, call.operation, name)
        for call in provider_calls()
        if call.source.startswith(FROM_SOURCE)
        for name in call.actions
        if name not in requested().get((call.type, call.operation), ())
    ]
    assert wrong == []


def test_every_exception_is_one() -> None:
    found = {
        (kind, wanted)
        for token in types()
        for operation in OPERATIONS
        for name in lacking(token, operation)
        for kind, wanted in uncalled()
        if fnmatchcase(token, kind) and fnmatchcase(name, wanted)
    }
    assert set(uncalled()) - found == set()


@pytest.mark.parametrize(
    ("token", "name"),
    [
        ("aws:ec2/vpcEndpoint:VpcEndpoint", "aws_vpc_endpoint"),
        ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "aws_vpc_security_group_egress_rule"),
        ("aws:costexplorer/costCategory:CostCategory", "aws_ce_cost_category"),
        ("aws:autoscaling/tag:Tag", "aws_autoscaling_group_tag"),
    ],
)
def test_names_of_terraform(token: str, name: str) -> None:
    assert terraform_name(token) == name


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ("s3:HeadBucket", "s3:ListBucket"),
        ("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
        ("efs:DescribeFileSystems", "elasticfilesystem:DescribeFileSystems"),
        ("budgets:DescribeBudget", "budgets:ViewBudget"),
    ],
)
def test_actions_of_requests(request_: str, name: str) -> None:
    assert action(request_) == name
