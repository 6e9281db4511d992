"""Rows of an AWS account: ok, refused, and not allowed to ask, of every check."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from falaj.preflight.aws import account, cluster, services, zones
from falaj.preflight.aws.checks import aws_checks
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.aws.rights import rights
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import NOT_ALLOWED, PreflightRow, Verdict
from tests.unit.preflight.aws_answers import ACCOUNT, IDENTITY, Answers, changed, context, settings

Rows = Callable[[AwsContext], Iterable[PreflightRow]]
OTHER = "444455556666"


def one(check: Rows, answers: Answers, given: Any = None) -> PreflightRow:
    """Returns the only row of a check."""
    (row,) = check(context(answers, given))
    return row


SUBJECTS = [check.subject for check in aws_checks(context({}))]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_check_states_that_it_may_not_ask(subject: str) -> None:
    checks = aws_checks(context({"GetCallerIdentity": "AccessDenied"}))
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
    assert account.denied_by(scp(statement), "me-central-1") == denied


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
    row = one(account.control_policies, answers)
    assert (row.subject, row.verdict) == ("service control policy regions", Verdict.REFUSED)


def simulated(action: str, decision: str, **more: Any) -> Any:
    return {"EvaluationResults": [{"EvalActionName": action, "EvalDecision": decision, **more}], "IsTruncated": False}


CREATE = "eks:CreateCluster"
ORGANISATION = {"OrganizationsDecisionDetail": {"AllowedByOrganizations": False}}
BOUNDARY = {"PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": False}}


@pytest.mark.parametrize(
    ("decision", "more", "resources", "verdict", "says"),
    [
        ("allowed", {}, (), Verdict.OK, "all of 1 actions are allowed"),
        ("explicitDeny", {}, (), Verdict.REFUSED, f"a policy denies: {CREATE}"),
        ("implicitDeny", ORGANISATION, (), Verdict.REFUSED, f"the organisation does not allow: {CREATE}"),
        ("implicitDeny", BOUNDARY, (), Verdict.REFUSED, f"the permissions boundary does not allow: {CREATE}"),
        ("implicitDeny", {}, (), Verdict.UNKNOWN, f"not on every resource: {CREATE}"),
        ("implicitDeny", {}, ("arn:aws:eks:me-central-1:1:cluster/a",), Verdict.REFUSED, f"no policy allows {CREATE}"),
    ],
)
def test_permissions(decision: str, more: Any, resources: tuple[str, ...], verdict: Verdict, says: str) -> None:
    answers = {"SimulatePrincipalPolicy": simulated(CREATE, decision, **more)}
    (row,) = rights(context(answers), [ActionNeed(CREATE, resources)])
    assert (row.verdict, row.found) == (verdict, says)


def test_a_session_is_simulated_as_its_role_with_the_roles_path() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:role/platform/deployer"
    role = {"Path": "/platform/", "RoleName": "deployer", "RoleId": "AROAEXAMPLE000000000", "Arn": arn,
            "CreateDate": datetime(2026, 1, 1, tzinfo=UTC)}  # fmt: skip
    asked: list[str] = []

    def simulate(request: Any) -> Any:
        asked.append(request["body"]["PolicySourceArn"])
        return simulated(CREATE, "allowed")

    session = {**IDENTITY, "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/deployer/pipeline"}
    answers = {"GetCallerIdentity": session, "GetRole": {"Role": role}, "SimulatePrincipalPolicy": simulate}
    assert [row.verdict for row in rights(context(answers), [ActionNeed(CREATE)])] == [Verdict.OK]
    assert asked == [arn]


def test_the_root_user_is_warned_about() -> None:
    root = {"GetCallerIdentity": {**IDENTITY, "Arn": f"arn:aws:iam::{ACCOUNT}:root"}}
    assert [row.verdict for row in rights(context(root))] == [Verdict.COSTS]


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


def test_the_machine_images_of_all_architectures() -> None:
    def published(request: Any) -> Any:
        names = json.loads(request["body"])["Names"]
        return {"Parameters": [{"Name": name, "Value": "ami-1"} for name in names if "/arm64/" in name]}

    rows = {row.subject: row.verdict for row in cluster.machine_image(context({"GetParameters": published}))}
    assert rows == {"machine image arm64 standard": Verdict.OK, "machine image x86_64 nvidia": Verdict.REFUSED}


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
