"""Rows of an AWS account: ok, refused, and not allowed to ask, of every check."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from falaj.components.settings.commitments import CommitmentSettings
from falaj.preflight.aws import account, cluster, services, zones
from falaj.preflight.aws.checks import aws_checks
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import NOT_ALLOWED, NoAnswer, PreflightRow, Verdict
from tests.unit.preflight.aws_answers import ACCOUNT, Answers, changed, context, settings

Rows = Callable[[AwsContext], Iterable[PreflightRow]]
OTHER = "444455556666"


def one(check: Rows, answers: Answers, given: Any = None) -> PreflightRow:
    """Returns the only row of a check."""
    (row,) = check(context(answers, given))
    return row


def needs(account: str) -> list[ActionNeed]:
    return [ActionNeed("eks:CreateCluster", (f"arn:aws:eks:me-central-1:{account}:cluster/a",))]


SUBJECTS = [check.subject for check in aws_checks(context({}), needs)]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_check_states_that_it_may_not_ask(subject: str) -> None:
    held = {"site": "awsuae", "machine": "m7g.large", "count": 4, "option": "reserved_1y", "until": "2027-11-30"}
    given = settings().model_copy(update={"commitments": [CommitmentSettings(**held)]})
    checks = aws_checks(context({"GetCallerIdentity": "AccessDenied"}, given), needs)
    (row,) = next(check for check in checks if check.subject == subject).rows()
    assert (row.found, row.verdict, row.answered) == (NOT_ALLOWED, Verdict.UNKNOWN, False)


def test_the_caller_is_known_where_the_region_is_not_enabled() -> None:
    asked: list[str] = []
    made = context({})

    def client(service: str, region: str) -> Any:
        asked.append(region)
        return made.clients(service, region)

    assert AwsContext("prod-uae", made.settings, "awsuae", made.site, client).account == ACCOUNT
    assert asked == ["us-east-1"]


def test_the_account_is_compared_with_those_that_are_allowed() -> None:
    class Account:
        allowed_account_ids = (OTHER,)

    class Options:
        account = Account()

    assert one(account.caller, {}).verdict is Verdict.OK
    row = one(account.caller, {}, changed("prod-uae", aws=Options()))
    assert (row.verdict, row.needed) == (Verdict.REFUSED, OTHER)
    assert ACCOUNT in row.found


@pytest.mark.parametrize(
    ("status", "verdict"), [("ENABLED", Verdict.OK), ("DISABLED", Verdict.REFUSED), ("ENABLING", Verdict.REFUSED)]
)
def test_the_region_is_opted_in(status: str, verdict: Verdict) -> None:
    row = one(account.region, {"GetRegionOptStatus": {"RegionName": "me-central-1", "RegionOptStatus": status}})
    assert row.verdict is verdict
    assert row.commands == (() if verdict is Verdict.OK else ("aws account enable-region --region-name me-central-1",))


@pytest.mark.parametrize(("status", "verdict"), [("opted-in", Verdict.OK), ("not-opted-in", Verdict.REFUSED)])
def test_ec2_knows_the_region_where_account_management_may_not_be_asked(status: str, verdict: Verdict) -> None:
    regions = {"Regions": [{"RegionName": "me-central-1", "OptInStatus": status}]}
    assert one(account.region, {"DescribeRegions": regions}).verdict is verdict


def test_a_member_account_is_refused_what_only_the_payer_may() -> None:
    member = {"DescribeOrganization": {"Organization": {"MasterAccountId": OTHER}}}
    given = settings()
    finops = {cloud: spec.model_copy(update={"cost_allocation_tags": True}) for cloud, spec in given.finops.items()}
    tagged = given.model_copy(update={"finops": finops})
    assert one(account.organisation, member).found == f"member; account {OTHER} pays"
    assert one(account.organisation, member, tagged).verdict is Verdict.REFUSED
    assert (
        one(account.organisation, {"DescribeOrganization": "AWSOrganizationsNotInUseException"}, tagged).verdict
        is Verdict.OK
    )


def scp(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [*statements]}


OUTSIDE = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}
INSIDE = {"StringNotEquals": {"aws:RequestedRegion": ["me-central-1"]}}


@pytest.mark.parametrize(
    ("statement", "denied"),
    [
        ({"Effect": "Allow", "Action": "*", "Resource": "*"}, []),
        ({"Effect": "Deny", "Action": ["eks:*"], "Resource": "*"}, ["eks"]),
        ({"Effect": "Deny", "Action": "eks:*", "Resource": "*", "Condition": {"Bool": {"x": "true"}}}, []),
        ({"Effect": "Deny", "NotAction": [], "Resource": "*", "Condition": OUTSIDE}, ["everything outside eu-west-1"]),
        ({"Effect": "Deny", "NotAction": ["iam:*"], "Resource": "*", "Condition": INSIDE}, []),
    ],
)  # fmt: skip
def test_what_a_service_control_policy_denies(statement: dict[str, Any], denied: list[str]) -> None:
    assert account.denied_by(scp(statement), "me-central-1", ["ec2", "eks"]) == denied


def test_the_services_are_those_of_the_deployment() -> None:
    def no_plan() -> list[ActionNeed]:
        raise NoAnswer("no plan")

    assert account.needed_services(lambda: needs(ACCOUNT)) == ["eks"]
    assert {"ec2", "eks", "kms", "s3"} < set(account.needed_services(no_plan))


def test_service_control_policies_of_the_units_above_are_read() -> None:
    parents = {ACCOUNT: "ou-1111-22222222", "ou-1111-22222222": "r-1111"}

    def listed(request: Any) -> Any:
        target = json.loads(request["body"])["TargetId"]
        return {"Policies": [{"Id": "p-12345678", "Name": "regions"}] if target == "r-1111" else []}

    def parent(request: Any) -> Any:
        found = parents[json.loads(request["body"])["ChildId"]]
        return {"Parents": [{"Id": found, "Type": "ROOT" if found.startswith("r-") else "ORGANIZATIONAL_UNIT"}]}

    content = json.dumps(scp({"Effect": "Deny", "NotAction": [], "Resource": "*", "Condition": OUTSIDE}))
    answers = {
        "ListParents": parent,
        "ListPoliciesForTarget": listed,
        "DescribePolicy": {"Policy": {"Content": content}},
    }
    row = one(lambda context: account.control_policies(context, ["eks"]), answers)
    assert (row.subject, row.verdict) == ("service control policy regions", Verdict.REFUSED)


@pytest.mark.parametrize(
    ("versions", "verdict"),
    [
        ([{"clusterVersion": "1.34", "versionStatus": "STANDARD_SUPPORT"}], Verdict.OK),
        ([{"clusterVersion": "1.34", "versionStatus": "EXTENDED_SUPPORT"}], Verdict.COSTS),
        ([{"clusterVersion": "1.34", "versionStatus": "UNSUPPORTED"}], Verdict.REFUSED),
        ([], Verdict.REFUSED),
    ],
)
def test_the_kubernetes_version(versions: Any, verdict: Verdict) -> None:
    given = changed("prod-uae", kubernetes_version="1.34")
    row = one(cluster.kubernetes_version, {"DescribeClusterVersions": {"clusterVersions": versions}}, given)
    assert row.verdict is verdict


def test_an_anomaly_monitor_that_exists() -> None:
    arn = f"arn:aws:ce::{ACCOUNT}:anomalymonitor/1"
    monitor = {
        "MonitorArn": arn,
        "MonitorName": "Default-Services-Monitor",
        "MonitorType": "DIMENSIONAL",
        "MonitorDimension": "SERVICE",
    }
    own = [{"Key": "project", "Value": "ai-platform"}, {"Key": "environment", "Value": "prod"}]
    there = {"GetAnomalyMonitors": {"AnomalyMonitors": [monitor]}}
    row = one(services.anomaly_monitor, there)
    assert (row.found, row.verdict, row.setting) == (arn, Verdict.REFUSED, "finops.aws.monitor_arn")
    assert one(services.anomaly_monitor, {**there, "ListTagsForResource": {"ResourceTags": own}}).verdict is Verdict.OK
    assert one(services.anomaly_monitor, {"GetAnomalyMonitors": {"AnomalyMonitors": []}}).verdict is Verdict.OK


@pytest.mark.parametrize(("efs", "found"), [(True, "on: EBS, EFS, S3"), (False, "off: EFS")])
def test_the_opt_in_to_backups_is_shown_and_not_needed(efs: bool, found: str) -> None:
    answer = {"ResourceTypeOptInPreference": {"EBS": True, "EFS": efs, "S3": True}}
    row = one(services.backup_opt_in, {"DescribeRegionSettings": answer})
    assert (row.found, row.verdict, bool(row.commands)) == (found, Verdict.OK, not efs)


def zone(letter: str, number: int, state: str = "available") -> dict[str, str]:
    return {"ZoneName": f"me-central-1{letter}", "ZoneId": f"mec1-az{number}", "State": state}


@pytest.mark.parametrize(
    ("listed", "verdict"),
    [
        ([zone("a", 3), zone("b", 1), zone("c", 2)], Verdict.OK),
        ([zone("a", 3), zone("b", 1, "impaired"), zone("c", 2)], Verdict.REFUSED),
        ([zone("a", 3), zone("b", 2)], Verdict.REFUSED),  # mec1-az2 is lost, and az1 is not offered
    ],
)
def test_the_state_of_the_zones(listed: Any, verdict: Verdict) -> None:
    row = one(zones.zone_state, {"DescribeAvailabilityZones": {"AvailabilityZones": listed}})
    assert row.verdict is verdict
    assert "me-central-1a = mec1-az3" in row.found


def test_a_machine_type_that_this_account_is_offered_in_no_zone() -> None:
    listed = {"AvailabilityZones": [zone("a", 3), zone("b", 1), zone("c", 2)]}
    kinds = {kind for pool in settings().sites["awsuae"].pools.values() for kind in pool.machines} - {"g6e.12xlarge"}
    offerings = [{"InstanceType": kind, "Location": "mec1-az1"} for kind in sorted(kinds)]
    answers = {
        "DescribeAvailabilityZones": listed,
        "DescribeInstanceTypeOfferings": {"InstanceTypeOfferings": offerings},
    }
    rows = {row.subject: row for row in zones.machine_types(context(answers))}
    assert rows["machine types of pool gpu"].verdict is Verdict.OK
    refused = rows["machine types of pool gpuspot"]
    assert (refused.verdict, refused.setting) == (Verdict.REFUSED, "sites.awsuae.pools.gpuspot.machines")
    assert "g6e.12xlarge: no zone" in refused.found


def test_the_log_group_of_a_former_cluster() -> None:
    group = {"logGroups": [{"logGroupName": "/aws/eks/awsuae-cluster-prod-uae/cluster"}]}
    gone = {"DescribeLogGroups": group, "DescribeCluster": "ResourceNotFoundException"}
    assert one(cluster.leftovers, gone).verdict is Verdict.REFUSED
    assert (
        one(cluster.leftovers, {**gone, "DescribeCluster": {"cluster": {"endpoint": "https://x"}}}).verdict
        is Verdict.OK
    )
    assert one(cluster.leftovers, {**gone, "DescribeLogGroups": {"logGroups": []}}).verdict is Verdict.OK


def test_the_api_server_is_reached_if_the_cluster_exists() -> None:
    assert one(cluster.reach, {"DescribeCluster": "ResourceNotFoundException"}).verdict is Verdict.OK
    rows = cluster.reach(context({"DescribeCluster": {"cluster": {"endpoint": "https://x.eks.amazonaws.com"}}}))
    assert [row.found for row in rows] == ["x.eks.amazonaws.com: 10.0.0.1", "connected"]
