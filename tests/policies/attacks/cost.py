"""Attacks on the cost ceiling: capacity that the estimate does not see, and stacks without a ceiling."""

from tests.samples import COST_TAGS as TAGS

from ..harness import UNKNOWN, Given
from . import Attack

RULES = ("FJ-COST-004",)
AWS = Given("pulumi:providers:aws", {"region": "me-central-1"}, name="site")
AZURE = Given("pulumi:providers:azure-native", {"location": "uaenorth"}, name="site")
BIG, GPU = "g6.48xlarge", "Standard_ND96isr_H100_v5"


def _stack(name: str) -> Given:
    return Given("pulumi:pulumi:Stack", {}, name=f"falaj-{name}", provider={}, stack=name)


def _aws(token: str, props: dict[str, object], *more: Given, links: dict[str, tuple[str, ...]] | None = None) -> Attack:
    tags = {} if token.startswith("autoscaling/") else {"tags": TAGS}
    resource = Given(f"aws:{token}", {**tags, **props}, links=links or {})
    return Attack(f"too much of {token}", RULES, (_stack("prod-uae"), AWS, *more, resource))


def _azure(token: str, props: dict[str, object]) -> Attack:
    resource = Given(f"azure-native:{token}", {"resourceGroupName": "g", "tags": TAGS, **props})
    return Attack(f"too much of {token}", RULES, (_stack("prod-uae"), AZURE, resource))


def _machines(stack: str, count: int) -> tuple[Given, ...]:
    props = {"instanceType": BIG, "tags": TAGS}
    return tuple(Given("aws:ec2/instance:Instance", props, name=f"i{n}", stack=stack) for n in range(count))


TEMPLATE = Given("aws:ec2/launchTemplate:LaunchTemplate", {"instanceType": BIG, "tags": TAGS}, name="lt")
FLEET = {"totalTargetCapacity": 500, "defaultTargetCapacityType": "on-demand"}
OVERRIDES = [{"overrides": [{"instanceType": BIG}]}]
ML = f"ml.{BIG}"
CONFIGURATION = Given(
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    {"name": "c", "tags": TAGS,
     "productionVariants": [{"initialInstanceCount": 40, "instanceType": ML, "modelName": "m"}]},
    name="c",
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (
    _aws("autoscaling/group:Group",
         {"minSize": 1000, "maxSize": 1000, "desiredCapacity": 1000, "launchTemplate": {"id": UNKNOWN}},
         TEMPLATE, links={"launchTemplate": ("lt",)}),
    _aws("ec2/fleet:Fleet", {"targetCapacitySpecification": FLEET, "launchTemplateConfigs": OVERRIDES}),
    _aws("ec2/spotFleetRequest:SpotFleetRequest",
         {"targetCapacity": 500, "iamFleetRole": "r", "launchSpecifications": [{"ami": "a", "instanceType": BIG}]}),
    _aws("sagemaker/endpoint:Endpoint", {"endpointConfigName": "c"}, CONFIGURATION),
    _aws("redshift/cluster:Cluster", {"clusterIdentifier": "c", "nodeType": "ra3.16xlarge", "numberOfNodes": 100}),
    _aws("ec2/capacityReservation:CapacityReservation",
         {"instanceCount": 100, "instanceType": "p5en.48xlarge", "instancePlatform": "Linux/UNIX",
          "availabilityZone": "me-central-1a"}),
    _aws("bedrock/provisionedModelThroughput:ProvisionedModelThroughput",
         {"commitmentDuration": "SixMonths", "modelUnits": 50, "provisionedModelName": "p",
          "modelArn": "arn:aws:bedrock:me-central-1::foundation-model/amazon.nova-lite-v1:0"}),
    _azure("cognitiveservices:Deployment",
           {"accountName": "a", "deploymentName": "d", "sku": {"name": "ProvisionedManaged", "capacity": 1000},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-08-06"}}}),
    *(Attack(f"uploads are aborted for some objects only: {what}", ("FJ-COST-119",), (
        Given("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
              {"bucket": "b", "rules": [{"id": "a", "status": "Enabled", **rule, "abortIncompleteMultipartUpload": {
                  "daysAfterInitiation": 7}}]}),))
      for what, rule in (("a prefix", {"filter": {"prefix": "only/"}}), ("the older prefix", {"prefix": "only/"}),
                         ("a tag", {"filter": {"tag": {"key": "a", "value": "b"}}}))),
    Attack("20 large machines above the ceiling", RULES, (_stack("prod-uae"), AWS, *_machines("prod-uae", 20))),
    Attack("20 large machines in a stack that is not listed", RULES, (_stack("a13"), *_machines("a13", 20))),
)  # fmt: skip
