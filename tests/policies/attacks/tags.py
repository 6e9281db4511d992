"""Attacks on cost tags: placeholders, another environment, and machines that are launched without tags."""

from tests.samples import COST_TAGS as TAGS

from ..harness import UNKNOWN, Given
from . import Attack

BUCKET = "aws:s3/bucket:Bucket"
DEV = TAGS | {"environment": "dev"}
NETWORK: dict[str, object] = {"resourceGroupName": "g", "location": "uaenorth"}
DATABASE = {"tags": DEV, "instanceClass": "db.m6i.large", "engine": "postgres", "backupRetentionPeriod": 0}
TEMPLATE = {"launchTemplateId": "lt-0123456789abcdef0", "version": "1"}
FLEET = {"totalTargetCapacity": 5, "defaultTargetCapacityType": "on-demand"}


def _placeholder(key: str, value: str) -> Attack:
    return Attack(f"{key} '{value}'", ("FJ-TAG-002",), (Given(BUCKET, {"tags": TAGS | {key: value}}),))


def _environment(what: str, token: str, props: dict[str, object]) -> Attack:
    return Attack(f"environment dev in prod-uae: {what}", ("FJ-TAG-009",), (Given(token, props),))


def _untagged(what: str, token: str, props: dict[str, object], *more: Given) -> Attack:
    return Attack(f"untagged machines: {what}", ("FJ-TAG-003",), (Given(token, {"tags": TAGS, **props}), *more))


def _specified(tags: dict[str, str]) -> dict[str, object]:
    return {"tagSpecifications": [{"resourceType": kind, "tags": tags} for kind in ("instance", "volume")]}


PLACEHOLDERS = (
    ("owner", "tbd"), ("owner", "x"), ("owner", "none"), ("owner", "unknown"), ("owner", "n-a"), ("owner", "todo"),
    ("owner", "owner"), ("owner", "xxxx"), ("owner", "to-be-defined"), ("owner", "change-me"), ("owner", "test1"),
    ("owner", "null"), ("project", "foo-bar"), ("project", "project-1"), ("project", "test-test"), ("project", "0000"),
    ("business-unit", "tbc"), ("business-unit", "business-unit"), ("cost-centre", "cc-000"),
    ("cost-centre", "cc-00000000"),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (
    *(_placeholder(key, value) for key, value in PLACEHOLDERS),
    Attack("owner 'TBD' on Azure", ("FJ-TAG-002",),
           (Given("azure-native:network:VirtualNetwork", NETWORK | {"tags": TAGS | {"Owner": "TBD"}}),)),
    Attack("placeholder in a launch template", ("FJ-TAG-002",),
           (Given("aws:ec2/launchTemplate:LaunchTemplate", {"tags": TAGS, **_specified(TAGS | {"owner": "tbd"})}),)),
    Attack("placeholder on a tag of an Auto Scaling group", ("FJ-TAG-002",),
           (Given("aws:autoscaling/tag:Tag", {"autoscalingGroupName": "a", "tag": {
               "key": "owner", "value": "nobody", "propagateAtLaunch": True}}),)),
    Attack("placeholder in the default tags of a provider", ("FJ-TAG-002",),
           (Given(BUCKET, {}, provider={"region": "me-central-1",
                                        "defaultTags": {"tags": TAGS | {"project": "tbd"}}}),)),
    Attack("placeholder label of a deployment", ("FJ-TAG-004",),
           (Given("kubernetes:apps/v1:Deployment",
                  {"metadata": {"name": "a", "namespace": "team", "labels": TAGS | {"owner": "none"}},
                   "spec": {"template": {"spec": {"containers": [{"name": "a"}]}}}}),)),
    Attack("placeholder on the machines of a node class", ("FJ-TAG-002",),
           (Given("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
                  {"metadata": {"name": "a"}, "spec": {"tags": TAGS | {"owner": "todo"}}}),)),
    _environment("a bucket", BUCKET, {"tags": DEV}),
    _environment("an Azure network", "azure-native:network:VirtualNetwork",
                 NETWORK | {"tags": {"Environment": "dev"}}),
    _environment("a namespace", "kubernetes:core/v1:Namespace", {"metadata": {"name": "a", "labels": DEV}}),
    _environment("pods", "kubernetes:apps/v1:Deployment",
                 {"metadata": {"name": "a", "labels": TAGS}, "spec": {"template": {"metadata": {"labels": DEV}}}}),
    _environment("machines of a template", "aws:ec2/launchTemplate:LaunchTemplate", {"tags": TAGS, **_specified(DEV)}),
    _environment("disks of a machine", "aws:ec2/instance:Instance", {"tags": TAGS, "volumeTags": DEV}),
    Attack("environment prod in a development stack", ("FJ-TAG-009",),
           (Given(BUCKET, {"tags": TAGS}, stack="team-dev"),)),
    Attack("a tag lifts the protection of a database", ("FJ-RSL-103",),
           (Given("aws:rds/instance:Instance", DATABASE),)),
    Attack("a tag lifts the protection in a stack of another name", ("FJ-RSL-103",),
           (Given("aws:rds/instance:Instance", DATABASE,
                  stack="platform"),)),
    _untagged("fleet", "aws:ec2/fleet:Fleet",
              {"targetCapacitySpecification": FLEET,
               "launchTemplateConfigs": [{"launchTemplateSpecification": TEMPLATE}]}),
    _untagged("fleet of a template that is not known", "aws:ec2/fleet:Fleet",
              {"targetCapacitySpecification": FLEET,
               "launchTemplateConfigs": [{"launchTemplateSpecification": TEMPLATE | {"launchTemplateId": UNKNOWN}}]}),
    _untagged("spot fleet", "aws:ec2/spotFleetRequest:SpotFleetRequest",
              {"targetCapacity": 5, "iamFleetRole": "r",
               "launchSpecifications": [{"ami": "a", "instanceType": "m6i.large"}]}),
    _untagged("spot fleet, second specification", "aws:ec2/spotFleetRequest:SpotFleetRequest",
              {"targetCapacity": 5, "iamFleetRole": "r",
               "launchSpecifications": [{"ami": "a", "instanceType": "m6i.large", "tags": TAGS},
                                        {"ami": "a", "instanceType": "m6i.xlarge"}]}),
    _untagged("spot request", "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
              {"ami": "a", "instanceType": "m6i.large", "volumeTags": TAGS}),
    _untagged("batch", "aws:batch/computeEnvironment:ComputeEnvironment",
              {"type": "MANAGED", "computeResources": {"type": "EC2", "maxVcpus": 8, "instanceTypes": ["m6i.large"],
                                                       "subnets": ["s"]}}),
    _untagged("node group", "aws:eks/nodeGroup:NodeGroup",
              {"clusterName": "c", "nodeRoleArn": "r", "subnetIds": ["s"],
               "scalingConfig": {"minSize": 1, "maxSize": 2, "desiredSize": 1}}),
)  # fmt: skip
