"""Every check ends as rows whatever it may not ask: each request denied in turn, all of them, and no network at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError

from falaj.preflight.aws.checks import aws_checks
from falaj.preflight.aws.context import AwsContext, connect
from falaj.preflight.azure.checks import azure_checks
from falaj.preflight.azure.context import Arm, AzureContext
from falaj.preflight.checks import AccountCheck
from falaj.preflight.needs import ActionNeed
from falaj.preflight.reach import Network
from falaj.preflight.rows import NO_ANSWER, NOT_ALLOWED, NoAnswer, PreflightRow
from tests.unit.preflight.arm_server import DENIED, SCOPE, SUBSCRIPTION, Bodies, served, skus, usage
from tests.unit.preflight.aws_answers import ACCOUNT, IDENTITY, Answers, clients, settings

ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/deployer"
MONITOR = f"arn:aws:ce::{ACCOUNT}:anomalymonitor/1"
ZONES = [{"ZoneName": f"me-central-1{letter}", "ZoneId": f"mec1-az{number}", "State": "available"}
         for number, letter in enumerate("abc", 1)]  # fmt: skip
ANSWERED: Answers = {
    "GetCallerIdentity": {**IDENTITY, "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/deployer/pipeline"},
    "GetRole": {"Role": {"Path": "/", "RoleName": "deployer", "RoleId": "AROAEXAMPLE000000000", "Arn": ROLE_ARN,
                         "CreateDate": datetime(2026, 1, 1, tzinfo=UTC)}},
    "SimulatePrincipalPolicy": {"EvaluationResults": []},
    "GetRegionOptStatus": {"RegionName": "me-central-1", "RegionOptStatus": "ENABLED"},
    "DescribeRegions": {"Regions": [{"RegionName": "me-central-1", "OptInStatus": "opted-in"}]},
    "GetServiceQuota": {"Quota": {"Value": 9000.0}},
    "GetAWSDefaultServiceQuota": {"Quota": {"Value": 9000.0}},
    "DescribeInstances": {"Reservations": []},
    "DescribeAddresses": {"Addresses": []},
    "DescribeSubnets": {"Subnets": []},
    "DescribeNatGateways": {"NatGateways": []},
    "DescribeVpcs": {"Vpcs": []},
    "ListClusters": {"clusters": []},
    "DescribeAvailabilityZones": {"AvailabilityZones": ZONES},
    "DescribeInstanceTypeOfferings": {"InstanceTypeOfferings": []},
    "DescribeClusterVersions": {"clusterVersions": []},
    "GetParameters": {"Parameters": []},
    "DescribeOrganization": {"Organization": {"MasterAccountId": ACCOUNT}},
    "ListParents": {"Parents": [{"Id": "r-1111", "Type": "ROOT"}]},
    "ListPoliciesForTarget": {"Policies": [{"Id": "p-12345678", "Name": "a"}]},
    "DescribePolicy": {"Policy": {"Content": "{}"}},
    "GetAnomalyMonitors": {"AnomalyMonitors": [
        {"MonitorArn": MONITOR, "MonitorName": "a", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}]},
    "ListTagsForResource": {"ResourceTags": []},
    "DescribeRegionSettings": {"ResourceTypeOptInPreference": {}},
    "DescribeLogGroups": {"logGroups": [{"logGroupName": "/aws/eks/awsuae-cluster-prod-uae/cluster"}]},
    "DescribeCluster": {"cluster": {"endpoint": "https://x.eks.amazonaws.com"}},
}  # fmt: skip

MISSING_IS_ENOUGH = ("GetRegionOptStatus", "GetAWSDefaultServiceQuota", "DescribeRegions")
"""Requests that are only sent where another one gave no answer, or are replaced by another one."""
JUDGED_WITHOUT = ("ListTagsForResource", "DescribeInstances", "DescribeAddresses", "DescribeSubnets", "DescribeVpcs",
                  "DescribeNatGateways", "ListClusters")  # fmt: skip
"""Requests without which a check still compares what it knows."""


def needs(account: str) -> list[ActionNeed]:
    return [ActionNeed("eks:CreateCluster")]


def operations() -> list[str]:
    return ["Microsoft.Network/virtualNetworks/write"]


def rows_of(checks: list[AccountCheck]) -> list[PreflightRow]:
    """Returns the rows of all checks, each of which has one."""
    rows: list[PreflightRow] = []
    for check in checks:
        found = check.rows()
        assert found or check.subject in ("anomaly monitor", "AWS Backup", "commitments"), check.subject
        rows += found
    return rows


def sound(rows: list[PreflightRow]) -> Iterator[PreflightRow]:
    """Yields rows, none of which shows an error of the program."""
    for row in rows:
        assert "Error: '" not in row.found, row
        assert "TypeError" not in row.found, row
        yield row


ANSWERS: dict[str, Any] = {}
REACHED = Network(lambda host: ["10.0.0.1"], lambda host, port: None)
CLIENTS = clients(ANSWERS)


def answering(changes: Answers, network: Network = REACHED) -> AwsContext:
    """Returns a context whose clients, which are slow to make, all tests share."""
    ANSWERS.update({**ANSWERED, **changes})
    return AwsContext("prod-uae", settings(), "awsuae", settings().sites["awsuae"], CLIENTS, network)


def test_every_check_is_answered_if_everything_may_be_asked() -> None:
    assert all(row.answered for row in sound(rows_of(aws_checks(answering({}), needs))))


@pytest.mark.parametrize("operation", ANSWERED)
@pytest.mark.parametrize("refusal", ["AccessDenied", ("SomeNewDenial", 403)])
def test_each_request_to_aws_is_denied_in_turn(operation: str, refusal: Any) -> None:
    rows = [*sound(rows_of(aws_checks(answering({operation: refusal}), needs)))]
    unanswered = [row for row in rows if not row.answered]
    assert {row.found for row in unanswered} <= {NOT_ALLOWED}
    if operation in JUDGED_WITHOUT:
        assert unanswered == []
    elif operation not in MISSING_IS_ENOUGH:
        assert unanswered
        assert all("allow the caller to read it: " in row.fix for row in unanswered)


@pytest.mark.parametrize(
    ("code", "status", "says"),
    [
        ("UnauthorizedOperation", 403, NOT_ALLOWED),
        ("AccessDeniedException", 400, NOT_ALLOWED),
        ("AuthorizationError", 403, NOT_ALLOWED),
        ("InvalidClientTokenId", 403, f"{NO_ANSWER}: GetCallerIdentity: InvalidClientTokenId"),
        ("ExpiredToken", 403, f"{NO_ANSWER}: GetCallerIdentity: ExpiredToken"),
        ("Throttling", 400, f"{NO_ANSWER}: GetCallerIdentity: Throttling"),
    ],
)
def test_wrong_credentials_are_not_lacking_permissions(code: str, status: int, says: str) -> None:
    checks = aws_checks(answering({"GetCallerIdentity": (code, status)}), needs)
    (row,) = next(check for check in checks if check.subject == "account").rows()
    assert row.found == says


@pytest.mark.parametrize(
    "error", [EndpointConnectionError(endpoint_url="https://sts.amazonaws.com"), NoCredentialsError()]
)
def test_nothing_of_aws_is_reached(error: Exception) -> None:
    made = answering(dict.fromkeys(ANSWERED, error), Network(unreachable, unreachable))
    for row in sound(rows_of(aws_checks(made, needs))):
        assert (row.answered, row.found.startswith(NO_ANSWER)) == (False, True), row


def unreachable(*_: object) -> Any:
    raise OSError("Temporary failure in name resolution")


def test_a_role_that_may_not_be_assumed_is_one_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    site = settings().sites["awsuae"]
    monkeypatch.setattr("boto3.Session", unreachable)
    made = AwsContext("prod-uae", settings(), "awsuae", site, connect(site))
    assert {row.answered for row in rows_of(aws_checks(made, needs))} == {False}


ARM_ANSWERS: Bodies = {
    SCOPE: {"subscriptionId": SUBSCRIPTION, "state": "Enabled"},
    f"{SCOPE}/locations": {"value": [{"name": "uaenorth"}]},
    f"{SCOPE}/providers": {"value": []},
    "/EncryptionAtHost": {"properties": {"state": "Registered"}},
    "/policyAssignments": {"value": [{"name": "a", "properties": {
        "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/d"}}]},
    "/policyDefinitions/d": {"properties": {"policyRule": {"then": {"effect": "audit"}}}},
    "/skus": skus(),
    "/Microsoft.Compute/locations/uaenorth/usages": {"value": [usage("cores", 9000)]},
    "/Microsoft.Network/locations/uaenorth/usages": {"value": [usage("PublicIPAddresses", 10)]},
    "/kubernetesVersions": {"values": []},
    "/networkWatchers": {"value": []},
    "/deletedVaults": {"value": []},
    "/managedClusters": {"value": []},
    "/permissions": {"value": [{"actions": ["*"], "notActions": []}]},
}  # fmt: skip


def test_every_check_of_azure_is_answered_if_everything_may_be_asked() -> None:
    with served(ARM_ANSWERS) as made:
        assert all(row.answered for row in sound(rows_of(azure_checks(made, operations))))


@pytest.mark.parametrize("path", ARM_ANSWERS)
@pytest.mark.parametrize("refusal", [DENIED, (401, b"{}"), (403, b"<html>")])
def test_each_request_to_azure_is_denied_in_turn(path: str, refusal: Any) -> None:
    with served({**ARM_ANSWERS, path: refusal}) as made:
        rows = [*sound(rows_of(azure_checks(made, operations)))]
    unanswered = [row for row in rows if not row.answered]
    assert {row.found for row in unanswered} == {NOT_ALLOWED}


def test_nothing_of_azure_is_reached() -> None:
    def no_token() -> str:
        raise NoAnswer("no credentials: no network")

    network = Network(unreachable, unreachable)
    site = settings().sites["azuae"]
    for arm in (Arm(no_token), Arm(lambda: "token", "http://127.0.0.1:9")):
        made = AzureContext("prod-uae", settings(), "azuae", site, arm, network, SUBSCRIPTION)
        checks = azure_checks(made, operations)[: None if arm.token is no_token else 2]
        for row in sound(rows_of(checks)):
            assert (row.answered, row.found.startswith(NO_ANSWER)) == (False, True), row
