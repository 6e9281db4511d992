"""The emulated AWS refuses inputs that do not fit CloudFormation's resource schemas."""

import pytest

from falaj.facts.aws_permissions import types
from falaj.sandbox.clouds.aws import SPEC
from falaj.sandbox.clouds.aws.cloudformation import (
    LOOSER,
    MORE_VALUES,
    limits_of,
    model_limits_of,
    schema_failures,
    table,
)
from falaj.sandbox.clouds.values import UNKNOWN, Json
from tests.project.aws_cloudformation_coverage import Coverage
from tests.project.aws_cloudformation_names import reasons
from tests.unit.clouds.aws_site import BUCKET, CLUSTER, KEY, LOGS, VERSIONING
from tests.unit.clouds.driver import Driver, Rejected

ADDON = "aws:eks/addon:Addon"
ALIAS = "aws:kms/alias:Alias"
EXPORT = "aws:bcmdata/export:Export"
BUDGET_ACTION = "aws:budgets/budgetAction:BudgetAction"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
NODES = "aws:eks/nodeGroup:NodeGroup"
PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
ROLE = "aws:iam/role:Role"
BUDGET = "aws:budgets/budget:Budget"
LONG = "x" * 300
WITHOUT_LIMITS = {
    "aws:backup/regionSettings:RegionSettings",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/route:Route",
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:sqs/queue:Queue",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
}
"""Types of which neither a schema nor a model states a limit: IDs, documents, truth values, and texts in a map."""


def test_every_planned_type_has_a_schema_or_a_reason() -> None:
    without = {token for token, path in reasons() if not path}
    assert table()["types"].keys() == types().keys() - without, (
        "run: .venv/bin/python -m tests.project.aws_cloudformation CHECKOUT"
    )


def test_the_table_names_its_source_and_what_it_lacks() -> None:
    assert table()["source"]["repository"] == "pulumi/pulumi-aws-native"
    assert len(table()["source"]["commit"]) == 40
    assert table()["source"]["models"].startswith("botocore ")
    dialect = [pattern for pattern in table()["dropped_patterns"] if r"\p{" in pattern or "(?i)" in pattern]
    assert len(table()["dropped_patterns"]) - len(dialect) == 3  # two in exponential time, one of surrogates


def test_every_reason_is_needed() -> None:
    unmatched = {(token, path) for token, row in table()["types"].items() for path in row["unmatched"]}
    stated = {(token, path) for token, path in reasons() if path and token != "*"}
    assert stated <= unmatched
    assert {path for token, path in reasons() if token == "*"} <= {path for _, path in unmatched}
    assert all(reasons().values())


def test_every_exception_names_a_limit() -> None:
    limits = {
        (token, path): limits for token, row in table()["types"].items() for path, limits in row["limits"].items()
    }
    assert LOOSER.keys() <= limits.keys()
    for place, value in MORE_VALUES.items():
        assert value not in map(str, limits[place]["enum"])
    assert schema_failures(ADDON, {"tags": {"k" * 128: "v" * 256}}) == []
    assert schema_failures(LOGS, {"retentionInDays": 0}) == []


def test_no_enum_is_repeated_beside_the_types() -> None:
    repeated = {
        (token, path)
        for token, row in SPEC.resource_types.items()
        for path, values in row.enums.items()
        for limits in (limits_of(token), model_limits_of(token))
        if set(map(str, limits.get(path, {}).get("enum", ()))) == set(values)
    }
    assert repeated == set()


@pytest.mark.parametrize(
    ("token", "inputs", "path", "message"),
    [
        (CLUSTER, {"enabledClusterLogTypes": ["api", "all"]}, "enabledClusterLogTypes[1]",
         "satisfy enum value set: [api, audit, authenticator, controllerManager, scheduler], not all"),
        (LOGS, {"retentionInDays": 31.0}, "retentionInDays", "satisfy enum value set: [1, 3, 5, "),
        (KEY, {"deletionWindowInDays": 5}, "deletionWindowInDays", "have value greater than or equal to 7, not 5"),
        (KEY, {"deletionWindowInDays": "31"}, "deletionWindowInDays", "have value less than or equal to 30, not 31"),
        (KEY, {"deletionWindowInDays": "soon"}, "deletionWindowInDays", "be a number"),
        (KEY, {"description": "x" * 8193}, "description", "have length less than or equal to 8192"),
        (ALIAS, {"targetKeyId": "x" * 257, "name": "alias/a"}, "targetKeyId", "have length less than or equal to 256"),
        ("aws:ecr/lifecyclePolicy:LifecyclePolicy", {"policy": "{}"}, "policy",
         "have length greater than or equal to 100"),
        (PROVIDER, {"thumbprintLists": ["ab" * 20] * 6}, "thumbprintLists", "have length less than or equal to 5"),
        (ALIAS, {"name": "platform"}, "name", "satisfy regular expression pattern: ^(alias/)"),
        ("aws:backup/vault:Vault", {"name": "v"}, "name", "satisfy regular expression pattern: ^[a-zA-Z0-9"),
        ("aws:ecr/repository:Repository", {"name": "UAE/models"}, "name", "satisfy regular expression pattern"),
        (EXPORT, {"export": {"name": "my bill"}}, "export.name", "satisfy regular expression pattern"),
        (BUDGET_ACTION, {"subscribers": []}, "subscribers", "have length greater than or equal to 1"),
        (KEY, {"tags": {"owner": LONG}}, "tags.owner", "have length less than or equal to 256"),
        (KEY, {"tags": {LONG: "x"}}, "tags", f"has the key '{LONG}', which failed to satisfy constraint: Member must"),
        (NODES, {"scalingConfig": {"maxSize": 0}}, "scalingConfig.maxSize", "have value greater than or equal to 1"),
        (NODES, {"updateConfig": {"maxUnavailablePercentage": 101}}, "updateConfig.maxUnavailablePercentage",
         "have value less than or equal to 100, not 101"),
        (EXPORT, {"export": {"exportArn": "arn"}}, "export.exportArn", "is read-only"),
        (VERSIONING, {"versioningConfiguration": {"status": "Off"}}, "versioningConfiguration.status",
         "[Enabled, Suspended, Disabled], not Off"),
    ],
)  # fmt: skip
def test_violations(token: str, inputs: dict[str, Json], path: str, message: str) -> None:
    ((where, text),) = schema_failures(token, inputs)
    assert where == path
    assert text.startswith(f"ValidationException: {path} ")
    assert message in text
    assert text.endswith(f"(schema of AWS::{table()['types'][token]['schema']})")


@pytest.mark.parametrize(
    ("token", "inputs", "path", "message"),
    [
        (ROLE, {"name": "n" * 65}, "name", "have length less than or equal to 64"),
        (ROLE, {"maxSessionDuration": 60}, "maxSessionDuration", "have value greater than or equal to 3600, not 60"),
        (ROLE, {"path": "platform"}, "path", "satisfy regular expression pattern"),
        ("aws:cloudwatch/eventTarget:EventTarget", {"targetId": "a b"}, "targetId", "satisfy regular expression"),
        ("aws:costexplorer/costAllocationTag:CostAllocationTag", {"status": "on"}, "status", "[Active, Inactive]"),
        ("aws:ec2/vpc:Vpc", {"instanceTenancy": "shared"}, "instanceTenancy", "[default, dedicated, host]"),
        ("aws:efs/fileSystem:FileSystem", {"throughputMode": "fast"}, "throughputMode", "not fast"),
        ("aws:fsx/lustreFileSystem:LustreFileSystem", {"deploymentType": "PERSISTENT_3"}, "deploymentType", "_2]"),
        (BUDGET, {"timeUnit": "WEEKLY"}, "timeUnit", "MONTHLY"),
    ],
)
def test_violations_that_only_the_model_of_the_api_states(
    token: str, inputs: dict[str, Json], path: str, message: str
) -> None:
    ((where, text),) = schema_failures(token, inputs)
    assert where == path
    assert message in text
    assert text.endswith(f"(model of {', '.join(table()['models'][token]['operations'])})")


def test_the_model_repeats_no_limit_of_the_schema() -> None:
    for token, row in table()["models"].items():
        for path, limits in row["limits"].items():
            assert not limits.keys() & limits_of(token).get(path, {}).keys(), (token, path)


def test_few_types_are_held_against_no_limit() -> None:
    bare = {token for token in types() if not limits_of(token) and not model_limits_of(token)}
    assert bare == WITHOUT_LIMITS


@pytest.mark.parametrize(
    ("token", "inputs"),
    [
        (KEY, {"deletionWindowInDays": 30.0, "keyUsage": "SIGN_VERIFY", "tags": {"owner": "a"}, "__defaults": []}),
        (KEY, {"deletionWindowInDays": UNKNOWN, "tags": {"owner": UNKNOWN}, "description": None, "keyUsage": ""}),
        (CLUSTER, {"enabledClusterLogTypes": UNKNOWN, "vpcConfig": {"subnetIds": [UNKNOWN]}}),
        (EXPORT, {"export": {"exportArn": UNKNOWN}}),
        ("aws:costexplorer/costAllocationTag:CostAllocationTag", {"status": "Active"}),
        ("aws:redshift/cluster:Cluster", {"nodeType": "none"}),
    ],
)
def test_accepted(token: str, inputs: dict[str, Json]) -> None:
    assert schema_failures(token, inputs) == []


def test_a_create_and_an_update_are_refused(aws: Driver) -> None:
    with pytest.raises(Rejected) as refused:
        aws.create(KEY, "k", deletionWindowInDays=3)
    assert "must have value greater than or equal to 7" in refused.value.failures["deletionWindowInDays"]
    group = aws.create(LOGS, "g", retentionInDays=30)
    with pytest.raises(Rejected) as refused:
        aws.update(group, retentionInDays=31)
    assert "must satisfy enum value set" in refused.value.failures["retentionInDays"]
    with pytest.raises(Rejected) as refused:  # a type without tags
        aws.create(ALIAS, "a", name="platform", targetKeyId="k")
    assert "regular expression" in refused.value.failures["name"]


def test_coverage_counts_paths_once() -> None:
    coverage = Coverage()
    rule = {"id": "a", "status": "Enabled", "filter": {"prefix": "x"}}
    coverage.add(LIFECYCLE, {"rules": [rule, rule]})
    coverage.add(BUCKET, {"forceDestroy": True, "tags": {"a": "b"}, "tagsAll": {"a": "b"}, "region": "me-central-1"})
    coverage.add(BUCKET, {"requestPayer": "Requester"})
    assert {path for _, path in coverage.explained} == {"forceDestroy"}
    assert {path for _, path in coverage.bare} == {"requestPayer"}
    assert {(BUCKET, "tags"), (LIFECYCLE, "rules[*].filter.prefix")} <= coverage.matched
    assert len(coverage.matched) == 6
    assert coverage.share == pytest.approx(len(coverage.matched) / (len(coverage.matched) + 2))
