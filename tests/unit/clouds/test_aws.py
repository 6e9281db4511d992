"""What the emulated AWS refuses, in AWS's words, and what it must not refuse."""

from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.rows import Refused
from falaj.sandbox.clouds.values import Json, at, each, text
from tests.unit.clouds.conftest import Driver, Made, Rejected

VPC, SUBNET, GATEWAY = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/internetGateway:InternetGateway"
EIP, NAT, TABLE = "aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway", "aws:ec2/routeTable:RouteTable"
GROUP, TEMPLATE = "aws:ec2/securityGroup:SecurityGroup", "aws:ec2/launchTemplate:LaunchTemplate"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ASSOCIATION, ROUTE = "aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:ec2/route:Route"
ROLE, ATTACHMENT = "aws:iam/role:Role", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
CLUSTER, NODES, ENTRY = "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup", "aws:eks/accessEntry:AccessEntry"
BUCKET, VERSIONING = "aws:s3/bucket:Bucket", "aws:s3/bucketVersioning:BucketVersioning"
KEY, ALIAS, LOGS = "aws:kms/key:Key", "aws:kms/alias:Alias", "aws:cloudwatch/logGroup:LogGroup"
BUDGET, RULE, TARGET = (
    "aws:budgets/budget:Budget",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
)
ASSUME = '{"Statement":[{"Effect":"Allow"}]}'
GPU = "aws:autoscaling/tag:Tag"


class Site:
    """A small network, a role and a cluster to try things on."""

    def __init__(self, aws: Driver) -> None:
        self.aws = aws
        self.vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16")
        self.subnets = [self.subnet(f"10.0.{i}.0/24", zone) for i, zone in enumerate("ab")]

    def subnet(self, block: str, zone: str = "a") -> Made:
        return self.aws.create(
            SUBNET, block, vpcId=self.vpc.id, cidrBlock=block, availabilityZone=f"me-central-1{zone}"
        )

    def role(self, name: str = "nodes") -> Made:
        return self.aws.create(ROLE, name, name=name, assumeRolePolicy=ASSUME)

    def cluster(self, role: Made, **more: Json) -> Made:
        config = {"subnetIds": [subnet.id for subnet in self.subnets], "endpointPrivateAccess": True}
        return self.aws.create(CLUSTER, "c", name="c", roleArn=role["arn"], vpcConfig=config, **more)

    def nodes(self, role: Made, **more: Json) -> Made:
        given: dict[str, Json] = {
            "clusterName": "c",
            "nodeRoleArn": role["arn"],
            "subnetIds": [self.subnets[0].id],
            "scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 2},
            **more,
        }
        return self.aws.create(NODES, "n", **given)


@pytest.fixture
def site(aws: Driver) -> Site:
    """A VPC with two subnets in two zones."""
    return Site(aws)


def refused(action: Callable[[], object]) -> str:
    """The message with which the cloud refuses."""
    with pytest.raises(Refused) as caught:
        action()
    return str(caught.value)


@pytest.mark.parametrize(
    ("block", "zone", "message"),
    [
        ("10.0.0.0/25", "a", "InvalidSubnet.Conflict: The CIDR '10.0.0.0/25' conflicts with another subnet"),
        ("10.1.0.0/24", "a", "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid."),
        ("10.0.9.0/29", "a", "InvalidSubnet.Range: The CIDR '10.0.9.0/29' is invalid."),
        ("10.0.9.0/24", "d", "Value (me-central-1d) for parameter availabilityZone is invalid."),
    ],
)
def test_subnets(site: Site, block: str, zone: str, message: str) -> None:
    said = refused(lambda: site.subnet(block, zone))
    assert said.startswith("creating EC2 Subnet: operation error EC2: CreateSubnet, api error ")
    assert message in said
    assert len(site.aws.everything()) == 3


def test_a_vpc_has_a_sensible_block(aws: Driver) -> None:
    assert "InvalidVpc.Range" in refused(lambda: aws.create(VPC, "v", cidrBlock="10.0.0.0/8"))
    assert "not a valid CIDR block" in refused(lambda: aws.create(VPC, "v", cidrBlock="10.0.0.1/16"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"vpcId": "vpc-0123456789abcdef0"},
            "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist",
        ),
        ({"tags": {"sees": "subnet-0123456789abcdef0"}}, "InvalidSubnetID.NotFound"),
        ({"tags": {"sees": "arn:aws:kms:me-central-1:123456789012:key/none"}}, "NotFoundException: Key"),
        ({"tags": {"sees": "arn:aws:iam::123456789012:role/none"}}, "NoSuchEntity"),
    ],
)
def test_references_must_exist(aws: Driver, given: dict[str, Json], message: str) -> None:
    assert message in refused(lambda: aws.create(GROUP, "g", **given))


def test_references_into_other_accounts_and_default_groups_pass(site: Site) -> None:
    group = {"sees": "arn:aws:iam::999999999999:role/theirs", "own": str(site.vpc["defaultSecurityGroupId"])}
    site.aws.create(GROUP, "g", vpcId=site.vpc.id, tags=group)


def test_an_id_of_another_region_does_not_exist_here(site: Site) -> None:
    said = refused(lambda: site.aws.create(SUBNET, "s", vpcId=site.vpc.id, cidrBlock="10.0.5.0/24", region="eu-west-1"))
    assert "InvalidVpcID.NotFound" in said


def test_a_network_is_deleted_from_the_leaves(site: Site) -> None:
    said = refused(lambda: site.aws.delete(site.vpc))
    assert "api error DependencyViolation: The vpc '" in said
    assert said.startswith("deleting EC2 Vpc")
    for subnet in site.subnets:
        site.aws.delete(subnet)
    site.aws.delete(site.vpc)
    assert site.aws.everything() == []


def test_an_association_blocks_its_table_and_not_its_subnet(site: Site) -> None:
    aws = site.aws
    table = aws.create(TABLE, "t", vpcId=site.vpc.id)
    both = aws.create(ASSOCIATION, "a", routeTableId=table.id, subnetId=site.subnets[0].id)
    assert "DependencyViolation" in refused(lambda: aws.delete(table))
    assert "Resource.AlreadyAssociated" in refused(
        lambda: aws.create(ASSOCIATION, "b", routeTableId=table.id, subnetId=site.subnets[0].id)
    )
    aws.delete(both)
    aws.delete(table)


def test_nat_gateways(site: Site) -> None:
    aws, subnet = site.aws, site.subnets[0].id
    gateway = aws.create(GATEWAY, "g", vpcId=site.vpc.id)
    assert "already attached" in refused(lambda: aws.create(GATEWAY, "h", vpcId=site.vpc.id))
    assert "allocationId" in refused(lambda: aws.create(NAT, "n", subnetId=subnet))
    address = aws.create(EIP, "e", domain="vpc")
    nat = aws.create(NAT, "n", subnetId=subnet, allocationId=address.id)
    assert nat["publicIp"] == address["publicIp"]
    assert nat["vpcId"] == site.vpc.id
    assert "already associated" in refused(lambda: aws.create(NAT, "m", subnetId=subnet, allocationId=address.id))
    assert "InvalidIPAddress.InUse" in refused(lambda: aws.delete(address))
    assert "DependencyViolation" in refused(lambda: aws.delete(site.subnets[0]))
    assert "mapped public address" in refused(lambda: aws.delete(gateway))
    table = aws.create(TABLE, "t", vpcId=site.vpc.id)
    aws.create(ROUTE, "r", routeTableId=table.id, destinationCidrBlock="0.0.0.0/0", natGatewayId=nat.id)
    assert "RouteAlreadyExists" in refused(
        lambda: aws.create(ROUTE, "s", routeTableId=table.id, destinationCidrBlock="0.0.0.0/0", gatewayId=gateway.id)
    )
    aws.delete(nat)
    aws.delete(address)
    aws.delete(gateway)


def test_security_groups(site: Site) -> None:
    aws = site.aws
    one = aws.create(GROUP, "one", name="one", vpcId=site.vpc.id)
    assert "InvalidGroup.Duplicate" in refused(lambda: aws.create(GROUP, "x", name="one", vpcId=site.vpc.id))
    two = aws.create(GROUP, "two", name="two", vpcId=site.vpc.id)
    rule: dict[str, Json] = {"securityGroupId": two.id, "ipProtocol": "-1", "referencedSecurityGroupId": one.id}
    made = aws.create(INGRESS, "r", **rule)
    assert "InvalidPermission.Duplicate" in refused(lambda: aws.create(INGRESS, "s", **rule))
    assert "has a dependent object" in refused(lambda: aws.delete(one))
    aws.delete(two)  # its own rules go with it
    aws.delete(made)
    aws.delete(one)


def test_endpoint_services_are_of_the_region(site: Site) -> None:
    endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint"
    wrong = {"vpcId": site.vpc.id, "serviceName": "com.amazonaws.eu-west-1.s3"}
    assert "InvalidServiceName" in refused(lambda: site.aws.create(endpoint, "e", **wrong))
    site.aws.create(endpoint, "e", vpcId=site.vpc.id, serviceName="com.amazonaws.me-central-1.s3")


def test_launch_templates_grow_versions(aws: Driver) -> None:
    template = aws.create(TEMPLATE, "t", name="t", imageId="ami-1")
    assert "AlreadyExists" in refused(lambda: aws.create(TEMPLATE, "u", name="t"))
    assert (template["latestVersion"], template["defaultVersion"]) == (1, 1)
    aws.update(template, name="t", imageId="ami-2", updateDefaultVersion=True)
    assert (template["latestVersion"], template["defaultVersion"]) == (2, 2)
    assert aws.read(template).properties == template.outputs
    disk: Json = [{"deviceName": "/dev/xvda", "ebs": {"kmsKeyId": "k"}}]
    assert "Encrypted" in refused(lambda: aws.create(TEMPLATE, "v", blockDeviceMappings=disk))


def test_clusters(site: Site) -> None:
    role = site.role()
    cluster = site.cluster(role)
    assert str(cluster["endpoint"]).endswith(".gr7.me-central-1.eks.amazonaws.com")
    assert at(cluster["vpcConfig"], "vpcId") == site.vpc.id
    assert at(cluster["vpcConfig"], "subnetIds") == [subnet.id for subnet in site.subnets]
    assert text(cluster["vpcConfig"], "clusterSecurityGroupId").startswith("sg-")
    assert "ResourceInUseException: Cluster already exists with name: c" in refused(lambda: site.cluster(role))
    nodes = site.nodes(role)
    assert nodes.id.startswith("c:n-")
    assert "Cluster has nodegroups attached" in refused(lambda: site.aws.delete(cluster))
    assert "DependencyViolation" in refused(lambda: site.aws.delete(site.subnets[0]))
    group = str(each(nodes["resources"], "[*].autoscalingGroups[*].name")[0])
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
    given: Json = {"subnetIds": [subnet.id for subnet in subnets], **config}
    role = site.role()["arn"]
    assert message in refused(lambda: site.aws.create(CLUSTER, "c", roleArn=role, vpcConfig=given))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"clusterName": "none"}, "No cluster found for name: none."),
        ({"instanceTypes": ["p4d.24xlarge"]}, "do not exist in me-central-1: [p4d.24xlarge]. Nearest offered here: "),
        ({"nodeRoleArn": "arn:aws:iam::123456789012:role/none"}, "NoSuchEntity"),
        ({"scalingConfig": {"minSize": 2, "desiredSize": 1, "maxSize": 2}}, "less than min size"),
        ({"scalingConfig": {"minSize": 0, "desiredSize": 3, "maxSize": 2}}, "greater than max size"),
        ({"scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 0}}, "maxSize must be at least 1"),
    ],
)
def test_node_groups(site: Site, change: dict[str, Json], message: str) -> None:
    role = site.role()
    site.cluster(role)
    assert message in refused(lambda: site.nodes(role, **change))


def test_a_launch_template_says_things_once_and_its_machine_must_exist(site: Site) -> None:
    role = site.role()
    site.cluster(role)
    absent = site.aws.create(TEMPLATE, "t", instanceType="g4dn.xlarge")
    wrong: Json = {"id": absent.id, "version": "1"}
    assert "[g4dn.xlarge]" in refused(lambda: site.nodes(role, launchTemplate=wrong))
    template = site.aws.create(TEMPLATE, "u", instanceType="g5.xlarge")
    named: dict[str, Json] = {"launchTemplate": {"id": template.id, "version": "1"}}
    assert "Disk size" in refused(lambda: site.nodes(role, **named, diskSize=20))
    assert "not both" in refused(lambda: site.nodes(role, **named, instanceTypes=["g5.xlarge"]))


def test_access_entries_are_single_and_come_before_their_policies(site: Site) -> None:
    role = site.role()
    site.cluster(role)
    association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
    given: dict[str, Json] = {"clusterName": "c", "principalArn": role["arn"], "policyArn": "arn:aws:eks::aws:x"}
    scope: Json = {"type": "cluster"}
    assert "could not be found" in refused(lambda: site.aws.create(association, "a", accessScope=scope, **given))
    site.aws.create(ENTRY, "e", clusterName="c", principalArn=role["arn"])
    assert "already in use" in refused(lambda: site.aws.create(ENTRY, "f", clusterName="c", principalArn=role["arn"]))
    site.aws.create(association, "a", accessScope=scope, **given)


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


def test_an_attached_policy_stays(site: Site) -> None:
    site.role()
    policy = site.aws.create("aws:iam/policy:Policy", "p", policy=ASSUME)
    site.aws.create(ATTACHMENT, "a", role="nodes", policyArn=policy["arn"])
    assert "DeleteConflict: Cannot delete a policy attached to entities." in refused(lambda: site.aws.delete(policy))


def test_bucket_names_are_shared_by_all(aws: Driver, open_cloud: Callable[..., Driver]) -> None:
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
    assert [found.name for found in aws.everything()] == ["alias/x"]


def test_log_groups(aws: Driver) -> None:
    aws.create(LOGS, "l", name="/aws/eks/c/cluster", retentionInDays=90)
    said = refused(lambda: aws.create(LOGS, "m", name="/aws/eks/c/cluster"))
    assert said == (
        "creating CloudWatch Logs LogGroup: operation error CloudWatch Logs: CreateLogGroup, api error "
        "ResourceAlreadyExistsException: The specified log group already exists"
    )
    assert "retentionInDays" in refused(lambda: aws.create(LOGS, "n", retentionInDays=91))


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


def test_rules_with_targets_stay(aws: Driver) -> None:
    rule = aws.create(RULE, "r", name="spot", eventPattern="{}")
    target = aws.create(TARGET, "t", rule="spot", arn="arn:aws:sqs:me-central-1:999999999999:q")
    assert "it has targets" in refused(lambda: aws.delete(rule))
    assert "must be specified" in refused(lambda: aws.create(RULE, "s"))
    aws.delete(target)
    aws.delete(rule)


def test_a_machine_of_another_region_is_not_judged(aws: Driver) -> None:
    instance = "aws:ec2/instance:Instance"
    aws.create(instance, "i", instanceType="p4d.24xlarge", ami="ami-1", region="us-east-1")
    said = refused(lambda: aws.create(instance, "i", instanceType="p4d.24xlarge", ami="ami-1"))
    assert "instance type p4d.24xlarge is not offered in me-central-1" in said


def test_functions(aws: Driver) -> None:
    assert aws.invoke("aws:index/getCallerIdentity:getCallerIdentity")["accountId"] == "123456789012"
    assert aws.invoke("aws:index/getRegion:getRegion")["region"] == "me-central-1"
    assert aws.invoke("aws:index/getPartition:getPartition")["partition"] == "aws"
    zones = aws.invoke("aws:index/getAvailabilityZones:getAvailabilityZones")
    assert zones["names"] == ["me-central-1a", "me-central-1b", "me-central-1c"]
    assert aws.invoke("aws:eks/getAddonVersion:getAddonVersion", addonName="coredns", kubernetesVersion="1.34")[
        "version"
    ]
    assert "couldn't find resource" in refused(
        lambda: aws.invoke("aws:eks/getAddonVersion:getAddonVersion", addonName="none", kubernetesVersion="1.34")
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


def test_the_provider_wants_a_region(open_cloud: Callable[..., Driver]) -> None:
    import asyncio

    from pulumi.provider.experimental import provider as rpc

    from falaj.sandbox.clouds.wire import wire

    cloud = open_cloud("aws").cloud

    def failures(**config: str) -> list[str]:
        request = rpc.CheckRequest("urn", {}, {key: wire(value) for key, value in config.items()}, b"")
        found = asyncio.run(cloud.check_config(request)).failures or []
        return [failure.property for failure in found]

    assert failures() == ["region"]
    assert failures(region="uaenorth") == ["region"]
    assert failures(region="me-central-1") == []


def test_enum_values_of_the_api_are_checked(aws: Driver) -> None:
    with pytest.raises(Rejected) as caught:
        aws.create(VPC, "v", instanceTenancy="shared")
    assert set(caught.value.failures) == {"instanceTenancy"}
