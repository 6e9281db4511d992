"""Inputs that the emulated AWS rejects and accepts: IAM, EKS, KMS and others."""

import asyncio
from collections.abc import Callable

import pytest
from pulumi.provider.experimental import provider as rpc

from falaj.sandbox.clouds.property_values import to_property_value
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str
from tests.unit.clouds.aws_site import (
    ALIAS,
    ASSUME,
    ATTACHMENT,
    BUCKET,
    BUDGET,
    CLUSTER,
    ENTRY,
    GPU,
    KEY,
    LOGS,
    ROLE,
    RULE,
    TARGET,
    TEMPLATE,
    VERSIONING,
    VPC,
    Site,
)
from tests.unit.clouds.driver import Driver, Rejected, refused


@pytest.fixture
def site(aws: Driver) -> Site:
    """A VPC with two subnets in two zones."""
    return Site(aws)


def test_clusters(site: Site) -> None:
    role = site.role()
    cluster = site.cluster(role)
    assert str(cluster["endpoint"]).endswith(".gr7.me-central-1.eks.amazonaws.com")
    assert get_path(cluster["vpcConfig"], "vpcId") == site.vpc.id
    assert get_path(cluster["vpcConfig"], "subnetIds") == [subnet.id for subnet in site.subnets]
    assert get_str(cluster["vpcConfig"], "clusterSecurityGroupId").startswith("sg-")
    assert "ResourceInUseException: Cluster already exists with name: c" in refused(lambda: site.cluster(role))
    nodes = site.nodes(role)
    assert nodes.id.startswith("c:n-")
    assert "Cluster has nodegroups attached" in refused(lambda: site.aws.delete(cluster))
    assert "DependencyViolation" in refused(lambda: site.aws.delete(site.subnets[0]))
    group = str(get_all(nodes["resources"], "[*].autoscalingGroups[*].name")[0])
    tag: Json = {"key": "k", "value": "v", "propagateAtLaunch": False}
    site.aws.create(GPU, "t", autoscalingGroupName=group, tag=tag)
    assert "not found" in refused(lambda: site.aws.create(GPU, "u", autoscalingGroupName="eks-none", tag=tag))
    site.aws.delete(nodes)
    site.aws.delete(cluster)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"endpointPrivateAccess": True}, "at least two different AZs"),
        ({"endpointPublicAccess": False}, "Private and public endpoint access cannot be false"),
    ],
)
def test_a_cluster_needs_zones_and_an_endpoint(site: Site, config: dict[str, Json], message: str) -> None:
    subnets = site.subnets[:1] if "AZs" in message else site.subnets
    inputs: Json = {"subnetIds": [subnet.id for subnet in subnets], **config}
    role = site.role()["arn"]
    assert message in refused(lambda: site.aws.create(CLUSTER, "c", roleArn=role, vpcConfig=inputs))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"clusterName": "none"}, "No cluster found for name: none."),
        ({"instanceTypes": ["p4d.24xlarge"]}, "do not exist in me-central-1: [p4d.24xlarge]. Nearest offered here: "),
        ({"nodeRoleArn": "arn:aws:iam::123456789012:role/none"}, "NoSuchEntity"),
        ({"scalingConfig": {"minSize": 2, "desiredSize": 1, "maxSize": 2}}, "less than min size"),
        ({"scalingConfig": {"minSize": 0, "desiredSize": 3, "maxSize": 2}}, "greater than max size"),
    ],
)
def test_node_groups(site: Site, change: dict[str, Json], message: str) -> None:
    role = site.role()
    site.cluster(role)
    assert message in refused(lambda: site.nodes(role, **change))


def test_a_launch_template_sets_each_option_once_and_its_instance_type_exists(site: Site) -> None:
    role = site.role()
    site.cluster(role)
    absent = site.aws.create(TEMPLATE, "t", instanceType="g4dn.xlarge")
    wrong: Json = {"id": absent.id, "version": "1"}
    assert "[g4dn.xlarge]" in refused(lambda: site.nodes(role, launchTemplate=wrong))
    template = site.aws.create(TEMPLATE, "u", instanceType="g5.xlarge")
    named: dict[str, Json] = {"launchTemplate": {"id": template.id, "version": "1"}}
    assert "Disk size" in refused(lambda: site.nodes(role, **named, diskSize=20))
    assert "not both" in refused(lambda: site.nodes(role, **named, instanceTypes=["g5.xlarge"]))


def test_access_entries_are_unique_and_precede_their_policies(site: Site) -> None:
    role = site.role()
    site.cluster(role)
    association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
    inputs: dict[str, Json] = {"clusterName": "c", "principalArn": role["arn"], "policyArn": "arn:aws:eks::aws:x"}
    scope: Json = {"type": "cluster"}
    assert "could not be found" in refused(lambda: site.aws.create(association, "a", accessScope=scope, **inputs))
    site.aws.create(ENTRY, "e", clusterName="c", principalArn=role["arn"])
    assert "already in use" in refused(lambda: site.aws.create(ENTRY, "f", clusterName="c", principalArn=role["arn"]))
    site.aws.create(association, "a", accessScope=scope, **inputs)


def test_roles(site: Site) -> None:
    role = site.role()
    assert "EntityAlreadyExists: Role with name nodes already exists." in refused(lambda: site.role())
    assert "MalformedPolicyDocument" in refused(lambda: site.aws.create(ROLE, "r", assumeRolePolicy="{}"))
    attach = site.aws.create(ATTACHMENT, "a", role="nodes", policyArn="arn:aws:iam::aws:policy/X")
    assert "NoSuchEntity" in refused(
        lambda: site.aws.create(ATTACHMENT, "b", role="none", policyArn="arn:aws:iam::aws:policy/X")
    )
    assert "must detach all policies first" in refused(lambda: site.aws.delete(role))
    site.aws.delete(attach)
    site.aws.delete(role)


def test_an_attached_policy_cannot_be_deleted(site: Site) -> None:
    site.role()
    policy = site.aws.create("aws:iam/policy:Policy", "p", policy=ASSUME)
    site.aws.create(ATTACHMENT, "a", role="nodes", policyArn=policy["arn"])
    assert "DeleteConflict: Cannot delete a policy attached to entities." in refused(lambda: site.aws.delete(policy))


def test_bucket_names_are_globally_unique(aws: Driver, open_cloud: Callable[..., Driver]) -> None:
    aws.create(BUCKET, "b", bucket="falaj-models")
    other = open_cloud("aws", region="eu-west-1")
    assert "BucketAlreadyOwnedByYou" in refused(lambda: other.create(BUCKET, "b", bucket="falaj-models"))
    assert "BucketAlreadyExists" in refused(lambda: aws.create(BUCKET, "b", bucket="models"))
    for name in ("Falaj", "a", "a..b", "x_y"):
        assert "InvalidBucketName" in refused(lambda name=name: aws.create(BUCKET, "b", bucket=name))
    enabled: Json = {"status": "Enabled"}
    assert "NoSuchBucket" in refused(
        lambda: aws.create(VERSIONING, "v", bucket="none-such", versioningConfiguration=enabled)
    )
    aws.create(VERSIONING, "v", bucket="falaj-models", versioningConfiguration=enabled)


def test_keys_and_aliases(aws: Driver) -> None:
    key = aws.create(KEY, "k")
    assert key["arn"] == f"arn:aws:kms:me-central-1:123456789012:key/{key.id}"
    aws.create(ALIAS, "a", name="alias/x", targetKeyId=key.id)
    assert "AlreadyExistsException" in refused(lambda: aws.create(ALIAS, "b", name="alias/x", targetKeyId=key.id))
    assert "NotFoundException" in refused(lambda: aws.create(ALIAS, "c", targetKeyId="none"))
    assert "will not allow you to update" in refused(lambda: aws.create(KEY, "l", policy='{"Statement":[{}]}'))
    aws.delete(key)
    assert [item.name for item in aws.everything()] == ["alias/x"]
    with aws.cloud.inventory.transaction() as transaction:
        assert [scheduled.id for scheduled in transaction.soft_deleted(KEY, "k")] == [key.id]


def test_log_groups(aws: Driver) -> None:
    aws.create(LOGS, "l", name="/aws/eks/c/cluster", retentionInDays=90)
    message = refused(lambda: aws.create(LOGS, "m", name="/aws/eks/c/cluster"))
    assert message == (
        "creating CloudWatch Logs LogGroup: operation error CloudWatch Logs: CreateLogGroup, api error "
        "ResourceAlreadyExistsException: The specified log group already exists"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"limitAmount": "-5"}, "must be a positive number, got '-5'"),
        ({"limitAmount": "10", "limitUnit": "AED"}, "must be USD"),
        ({"notifications": [{"comparisonOperator": "GREATER_THAN", "notificationType": "ACTUAL", "threshold": 80,
                             "thresholdType": "PERCENTAGE"}]}, "at least one subscriber"),
        ({"name": "taken"}, "DuplicateRecordException"),
    ],
)  # fmt: skip
def test_budgets(aws: Driver, change: dict[str, Json], message: str) -> None:
    good: dict[str, Json] = {"budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "10", "limitUnit": "USD"}
    aws.create(BUDGET, "b", name="taken", **good)
    assert message in refused(lambda: aws.create(BUDGET, "c", **{**good, **change}))


def test_rules_with_targets_cannot_be_deleted(aws: Driver) -> None:
    rule = aws.create(RULE, "r", name="spot", eventPattern="{}")
    target = aws.create(TARGET, "t", rule="spot", arn="arn:aws:sqs:me-central-1:999999999999:q")
    assert "it has targets" in refused(lambda: aws.delete(rule))
    assert "must be specified" in refused(lambda: aws.create(RULE, "s"))
    aws.delete(target)
    aws.delete(rule)


def test_instance_types_of_regions_outside_the_uae_are_not_checked(aws: Driver) -> None:
    instance = "aws:ec2/instance:Instance"
    aws.create(instance, "i", instanceType="p4d.24xlarge", ami="ami-1", region="us-east-1")
    message = refused(lambda: aws.create(instance, "i", instanceType="p4d.24xlarge", ami="ami-1"))
    assert "instance type p4d.24xlarge is not offered in me-central-1" in message


def test_functions(aws: Driver) -> None:
    assert aws.invoke("aws:index/getCallerIdentity:getCallerIdentity")["accountId"] == "123456789012"
    assert aws.invoke("aws:index/getRegion:getRegion")["region"] == "me-central-1"
    assert aws.invoke("aws:index/getPartition:getPartition")["partition"] == "aws"
    zones = aws.invoke("aws:index/getAvailabilityZones:getAvailabilityZones")
    assert zones["names"] == ["me-central-1a", "me-central-1b", "me-central-1c"]
    assert aws.invoke("aws:eks/getAddonVersion:getAddonVersion", addonName="coredns", kubernetesVersion="1.36")[
        "version"
    ]
    assert "couldn't find resource" in refused(
        lambda: aws.invoke("aws:eks/getAddonVersion:getAddonVersion", addonName="none", kubernetesVersion="1.36")
    )
    document = aws.invoke(
        "aws:iam/getPolicyDocument:getPolicyDocument",
        statements=[
            {"actions": ["s3:Get*"], "resources": ["*"], "principals": [{"type": "AWS", "identifiers": ["*"]}]}
        ],
    )
    assert document["minifiedJson"] == (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", '
        '"Principal": {"AWS": ["*"]}}]}'
    )


def test_parameters_are_read_back(aws: Driver) -> None:
    aws.create("aws:ssm/parameter:Parameter", "p", name="/falaj/x", type="String", value="v")
    token = "aws:ssm/getParameter:getParameter"
    assert aws.invoke(token, name="/falaj/x")["value"] == "v"
    assert str(aws.invoke(token, name="/aws/service/eks/image_id")["value"]).startswith("ami-")
    assert "couldn't find resource" in refused(lambda: aws.invoke(token, name="/none"))


def test_the_provider_needs_a_region(open_cloud: Callable[..., Driver]) -> None:

    cloud = open_cloud("aws").cloud

    def failures(**config: str) -> list[str]:
        request = rpc.CheckRequest("urn", {}, {key: to_property_value(value) for key, value in config.items()}, b"")
        result = asyncio.run(cloud.check_config(request)).failures or []
        return [failure.property for failure in result]

    assert failures() == ["region"]
    assert failures(region="uaenorth") == ["region"]
    assert failures(region="me-central-1") == []


def test_enum_values_of_the_api_are_checked(aws: Driver) -> None:
    with pytest.raises(Rejected) as caught:
        aws.create(VPC, "v", instanceTenancy="shared")
    assert set(caught.value.failures) == {"instanceTenancy"}
