"""Attacks on the ceiling by the least capacity of scaling, which is charged whatever a service states itself, and by
warm pools (2026-12-03).

Read on 2026-12-03: botocore 1.44.8, application-autoscaling, PutScheduledAction and ScalableDimension, and autoscaling,
WarmPoolConfiguration; MicrosoftDocs/azure-docs, articles/azure-monitor/autoscale/autoscale-overview.md (services whose
capacity autoscale settings keep).
"""

from dataclasses import replace

from ..blind import HERE, SUB, TAGS, aws, az
from ..harness import UNKNOWN, Given
from ..idioms.aws_data import IDIOMS as DATA
from ..idioms.aws_platform import BUDGET, LAUNCH
from ..idioms.azure_platform import IDIOMS as PLATFORM
from ..idioms.eighteenth_aws_work import IDIOMS as WORK
from ..idioms.priced_stores import changed
from ..idioms.twentieth_gooda_aws import IDIOMS as FUNCTIONS
from . import Attack
from .cost_services import AWS, ON_TASK, STACK, TASK

CEILING = ("FJ-COST-004",)
PLANS = tuple(idiom.plan for family in (DATA, PLATFORM, WORK, FUNCTIONS) for idiom in family)
TEMPLATE = replace(LAUNCH, props={**LAUNCH.props, "instanceType": "t3.micro"}, name="machines")


def of(kind: str, **props: object) -> tuple[Given, ...]:
    """Returns the first good plan with a resource of a type, with other properties of it."""
    plan = next(plan for plan in PLANS if any(given.type == kind for given in plan))
    return changed(plan, kind, **props)


def attack(name: str, harm: str, *plan: Given) -> Attack:
    """Returns an attack on the ceiling of a stack."""
    return Attack(name, CEILING, (STACK, AWS, *plan), "critical", harm)


def service(**props: object) -> Given:
    """Returns a service of tasks of sixteen processors."""
    return aws("ecs/Service", {
        "name": "api", "cluster": "claims", "desiredCount": 1, "taskDefinition": UNKNOWN, "tags": TAGS,
        "propagateTags": "SERVICE", **props}, "service", links=ON_TASK)  # fmt: skip


def bounds(kind: str, resource: str, dimension: str, least: int, links: tuple[str, ...] = ()) -> Given:
    """Returns a scalable target (`Target`), or a schedule that changes one (`ScheduledAction`), with its least
    capacity. `dimension` starts with the namespace of the service."""
    is_target = kind == "Target"
    sizes = {"minCapacity": least, "maxCapacity": least}
    more = {**sizes, "tags": TAGS} if is_target else {
        "name": "mornings", "schedule": "cron(0 4 * * ? *)", "scalableTargetAction": sizes}  # fmt: skip
    props = {"resourceId": resource, "scalableDimension": dimension, "serviceNamespace": dimension.partition(":")[0]}
    return aws(f"appautoscaling/{kind}", {**props, **more}, kind.lower(), links={"resourceId": links} if links else {})


def group(template: Given = TEMPLATE, **more: object) -> tuple[Given, ...]:
    """Returns a group of up to four machines of a template, of which none runs."""
    tags = [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]
    props = {"name": "training", "minSize": 0, "maxSize": 4, "vpcZoneIdentifiers": ["subnet-1"], "tags": tags,
             "launchTemplate": {"id": UNKNOWN, "version": UNKNOWN}}  # fmt: skip
    return BUDGET, template, aws("autoscaling/Group", {**props, **more}, "group", links={
        "launchTemplate": ("machines",)})  # fmt: skip


def of_size(gib: int, name: str = "machines") -> Given:
    """Returns a template of machines with a disk of so many GiB."""
    (mapping,) = LAUNCH.props["blockDeviceMappings"]  # type: ignore[misc]
    disk = {**mapping, "ebs": {**mapping["ebs"], "volumeSize": gib}}
    return replace(TEMPLATE, props={**TEMPLATE.props, "blockDeviceMappings": [disk]}, name=name)


def nights(**sizes: object) -> Given:
    """Returns a schedule of the group."""
    return aws("autoscaling/Schedule", {
        "scheduledActionName": "nights", "recurrence": "0 20 * * *", "autoscalingGroupName": "training", **sizes},
        "nights")  # fmt: skip


def setting(target: str, least: str = "50") -> Given:
    """Returns an autoscale setting of a resource, by the end of its ID."""
    return az("monitor:AutoscaleSetting", {
        **HERE, "autoscaleSettingName": "scale", "enabled": True, "targetResourceUri":
        f"{SUB}/resourceGroups/rg-platform/providers/{target}", "profiles": [{
            "name": "always", "rules": [], "capacity": {"minimum": least, "default": least, "maximum": least}}]},
        "scale")  # fmt: skip


def defaults(provider: object, **more: object) -> Given:
    """Returns where the tasks of a cluster run unless a service says otherwise."""
    return aws("ecs/ClusterCapacityProviders", {
        "clusterName": "claims", "capacityProviders": [provider], "defaultCapacityProviderStrategies": [
            {"capacityProvider": provider, "weight": 1}], **more}, "defaults")  # fmt: skip


def managed(**provider: object) -> Given:
    """Returns machines that ECS starts itself, of any type that fits."""
    return aws("ecs/CapacityProvider", {
        "name": "managed", "cluster": "claims", "tags": TAGS, "managedInstancesProvider": {
            "infrastructureRoleArn": "arn:aws:iam::123456789012:role/ecs", "propagateTags": "CAPACITY_PROVIDER",
            "instanceLaunchTemplate": {
                "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecs",
                "networkConfiguration": {"subnets": ["subnet-1"]}}, **provider}}, "managed")  # fmt: skip


FARGATE, ON_FARGATE = {"launchType": "FARGATE"}, {"requiresCompatibilities": ["FARGATE"]}
TASKS, OF_SERVICE, READERS = "ecs:service:DesiredCount", "service/claims/api", "rds:cluster:ReadReplicaCount"
MEMBER, SCALE_SET = "aws:rds/clusterInstance:ClusterInstance", "azure-native:compute:VirtualMachineScaleSet"
CACHE, SHARDS = "aws:elasticache/replicationGroup:ReplicationGroup", "elasticache:replication-group:NodeGroups"
WARM = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
COPIES = "lambda:function:ProvisionedConcurrency"
LARGE = of(MEMBER, instanceClass="db.r6g.16xlarge")

ATTACKS = (
    attack("a schedule keeps fifty large tasks of a service of one", "1,043 dollars a month for each task",
           TASK, service(**FARGATE), bounds("ScheduledAction", OF_SERVICE, TASKS, 50)),
    attack("a schedule of a target keeps fifty large tasks", "1,043 dollars a month for each task", TASK,
           service(**FARGATE), bounds("Target", OF_SERVICE, TASKS, 1),
           bounds("ScheduledAction", UNKNOWN, TASKS, 50, ("target",))),
    attack("a target keeps fifteen readers of a database of two", "each is as large as the writer", *LARGE,
           bounds("Target", "cluster:orders", READERS, 15)),
    attack("a schedule keeps fifteen readers of a database of two", "each is as large as the writer", *LARGE,
           bounds("ScheduledAction", "cluster:orders", READERS, 15)),
    attack("a schedule keeps fifty shards of a cache", "each has the price of a node",
           *of(CACHE, nodeType="cache.r6g.16xlarge"),
           bounds("ScheduledAction", "replication-group/sessions", SHARDS, 50)),
    attack("a schedule keeps a thousand copies of a function ready", "each is paid for whether it is called or not",
           *changed(of(WARM), "aws:lambda/function:Function", memorySize=8192),
           bounds("ScheduledAction", "function:quotes:live", COPIES, 1000)),
    *(attack(f"a {kind} keeps much of {dimension} that the plan does not have", "no charge of the plan counts it",
             bounds(kind, resource, dimension, least))
      for kind, resource, dimension, least in (
          ("Target", "endpoint/llm/variant/main", "sagemaker:variant:DesiredInstanceCount", 40),
          ("ScheduledAction", "endpoint/llm/variant/main", "sagemaker:variant:DesiredProvisionedConcurrency", 40),
          ("Target", "function:claims:live", COPIES, 1000),
          ("Target", "instancegroup/j-1/ig-1", "elasticmapreduce:instancegroup:InstanceCount", 40),
          ("Target", "spot-fleet-request/sfr-1", "ec2:spot-fleet-request:TargetCapacity", 40),
          ("ScheduledAction", "fleet/desktops", "appstream:fleet:DesiredCapacity", 40))),
    attack("a schedule keeps forty machines of a group of another stack", "no charge of the plan counts them",
           nights(minSize=40, maxSize=40, desiredCapacity=40)),
    attack("a schedule starts forty machines of a group that is known later", "no charge of the plan counts them",
           nights(desiredCapacity=40, autoscalingGroupName=UNKNOWN)),
    attack("fifty stopped machines of a warm pool keep disks of 16 TiB", "each costs 1,400 dollars a month", *group(
        of_size(16_000), warmPool={"poolState": "Stopped", "minSize": 50})),
    attack("machines of a warm pool rest with disks of 16 TiB by default", "each costs 1,400 dollars a month", *group(
        of_size(16_000), warmPool={"maxGroupPreparedCapacity": 50})),
    attack("a warm pool has as many machines as its group may have at most", "their disks", *group(
        of_size(16_000), maxSize=50, warmPool={"poolState": "Hibernated"})),
    attack("a warm pool is in a state that is known later", "machines may run in it", *group(
        warmPool={"poolState": UNKNOWN, "minSize": 50})),
    attack("fifty large tasks run on Fargate by the default of their cluster", "1,043 dollars a month for each", TASK,
           service(desiredCount=50), defaults("FARGATE")),
    attack("fifty large tasks run on spot of Fargate by the default of a cluster that is known later",
           "1,043 dollars a month for each", TASK, service(desiredCount=50, cluster=UNKNOWN), defaults("FARGATE_SPOT")),
    attack("fifty large tasks that fit no machine run in a cluster of another stack", "1,043 dollars a month for each",
           replace(TASK, props={**TASK.props, **ON_FARGATE}), service(desiredCount=50)),
    attack("tasks run on machines that ECS starts itself", "a fee beside the machines", TASK, managed(), service(
        desiredCount=50, capacityProviderStrategies=[{"capacityProvider": "managed", "weight": 1}])),
    attack("tasks run on machines that ECS starts itself by the default of their cluster", "a fee beside the machines",
           TASK, managed(), service(desiredCount=50), defaults("managed")),
    attack("five hundred small tasks have storage of 200 GiB", "seven thousand dollars a month", replace(TASK, props={
        **TASK.props, "cpu": "256", "memory": "512", "ephemeralStorage": {"sizeInGib": 200}}), service(
            **FARGATE, desiredCount=500)),
    attack("tasks on Fargate run Windows", "a licence for each processor", replace(TASK, props={
        **TASK.props, "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}), service(**FARGATE)),
    attack("a group takes its disks from the second of its templates", "each machine has 16 TiB", BUDGET, of_size(8),
           of_size(16_000, "large"), aws("autoscaling/Group", {
               "name": "mixed", "minSize": 50, "maxSize": 50, "vpcZoneIdentifiers": ["subnet-1"],
               "tags": group()[2].props["tags"], "mixedInstancesPolicy": {"launchTemplate": {
                   "launchTemplateSpecification": {"launchTemplateId": UNKNOWN}, "overrides": [{
                       "instanceType": "t3.micro", "launchTemplateSpecification": {"launchTemplateId": UNKNOWN}}]}}},
               "group", links={"mixedInstancesPolicy": ("machines", "large")})),
    attack("a group of nodes takes its disks from the template that it names", "each machine has 16 TiB", BUDGET,
           of_size(8, "small"), of_size(16_000), aws("eks/NodeGroup", {
               "clusterName": "platform", "nodeRoleArn": "arn:aws:iam::123456789012:role/nodes", "tags": TAGS,
               "subnetIds": ["subnet-1", "subnet-2"], "instanceTypes": ["t3.micro"], "amiType":
               "AL2023_x86_64_STANDARD", "scalingConfig": {"minSize": 50, "desiredSize": 50, "maxSize": 50},
               "launchTemplate": {"id": UNKNOWN, "version": UNKNOWN}}, "nodes", links={
                   "launchTemplate": ("machines",)})),
    attack("machines take their disks from a template", "each has 16 TiB", BUDGET, of_size(16_000), *(
        aws("ec2/Instance", {"launchTemplate": {"id": UNKNOWN}, "tags": TAGS, "subnetId": "subnet-1"}, f"app-{n}",
            links={"launchTemplate": ("machines",)}) for n in range(30))),
    attack("nodes of EKS are kept stopped with disks of 16 TiB", "each costs 1,400 dollars a month", BUDGET,
           of_size(16_000), aws("eks/NodeGroup", {
               "clusterName": "platform", "nodeRoleArn": "arn:aws:iam::123456789012:role/nodes", "tags": TAGS,
               "subnetIds": ["subnet-1", "subnet-2"], "instanceTypes": ["t3.micro"], "amiType":
               "AL2023_x86_64_STANDARD", "scalingConfig": {"minSize": 1, "desiredSize": 1, "maxSize": 3},
               "warmPoolConfig": {"minSize": 50},
               "launchTemplate": {"id": UNKNOWN, "version": UNKNOWN}}, "nodes", links={
                   "launchTemplate": ("machines",)})),
    *(attack(f"an autoscale setting keeps {least} units of {target.rpartition('/')[0]}", "no charge counts them",
             setting(f"Microsoft.{target}", least)) for target, least in (
            ("Compute/virtualMachineScaleSets/gpus", "50"), ("ServiceBus/namespaces/orders", "16"),
            ("ApiManagement/service/inner", "10"),
            ("MachineLearningServices/workspaces/w/onlineEndpoints/e/deployments/blue", "10"))),
    attack("an autoscale setting spells its scale set in capitals", "fifty of the largest machines", *of(
        SCALE_SET, sku={"name": "Standard_D96s_v5", "capacity": 1}), setting(
            "Microsoft.Compute/virtualMachineScaleSets/VMSS")),
)  # fmt: skip
