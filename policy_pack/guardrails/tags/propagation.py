"""Cost tags of resources that other resources create: machines, disks, tasks, snapshots and backups do not inherit
tags.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Iterator

from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS

from ..engine.conditions import SET, TRUE, one_of
from ..engine.families import tag_rule
from ..engine.number_conditions import at_least
from ..engine.plan import Plan, named_by
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, items_of, one_or_many, texts_in, walk
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.effective_tags import (
    AUTO_SCALING_GROUP,
    AUTO_SCALING_TAG,
    EffectiveTags,
    judge_tags,
    merge,
    provider_defaults,
)
from .launchers import LAUNCHER_TYPES, check_launcher

_LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_INSTANCE = "aws:ec2/instance:Instance"
_LAUNCHED_RESOURCES = ("instance", "volume")

ROWS = (
    Check(aws("ecs/Service"), "propagateTags", one_of("SERVICE", "TASK_DEFINITION")),
    Check(aws("ecs/CapacityProvider"), "managedInstancesProvider?.propagateTags", one_of("CAPACITY_PROVIDER")),
    Check(aws("ecs/Daemon"), "propagateTags", one_of("DAEMON")),
    Check(aws("batch/JobDefinition"), "propagateTags", TRUE),
    # Aurora takes snapshots of the cluster; the DocumentDB cluster has no such property.
    Check(aws("rds/Instance", "rds/Cluster", "neptune/Cluster", "docdb/ClusterInstance"), "copyTagsToSnapshot", TRUE),
    Check(aws("fsx/WindowsFileSystem", "fsx/OpenZfsFileSystem", "fsx/OntapVolume"), "copyTagsToBackups", TRUE),
    # Without a retention, a Lustre file system creates no backups.
    Check(aws("fsx/LustreFileSystem"), "copyTagsToBackups", TRUE, when=("automaticBackupRetentionDays", at_least(1))),
    Check(aws("dlm/LifecyclePolicy"), "policyDetails?.schedules[*].copyTags", TRUE),
    # Default policies copy no tags unless they say so (botocore 1.44.8, dlm, CopyTags; read 2026-11-30).
    Check(aws("dlm/LifecyclePolicy"), "policyDetails?.copyTags", TRUE, when=("defaultPolicy", SET)),
    Check(aws("dynamodb/Table"), "replicas[*].propagateTags", TRUE),
)  # fmt: skip

ACTIVE_ROWS = (Check(aws("costexplorer/CostAllocationTag"), "status", one_of("Active")),)


_STARTED = {
    **dict.fromkeys(aws("cloudwatch/EventTarget"), "ecsTarget"),
    **dict.fromkeys(aws("pipes/Pipe"), "targetParameters?.ecsTaskParameters"),
    **dict.fromkeys(aws("scheduler/Schedule"), "target?.ecsParameters"),
}
"""Type -> the tasks of ECS that it starts, which have no tags unless it says so (botocore 1.44.8, events,
EcsParameters, PropagateTags; read 2026-11-30)."""


def _check_started(resource: Resource) -> Iterator[Outcome]:
    """Checks that tasks which an event, a message or a schedule starts carry the tags of their definition, or all cost
    tags of their own."""
    for path, value in walk(resource.props, f"{_STARTED[resource.type]}?"):
        if isinstance(value, dict):
            source = value.get("propagateTags")
            if source is UNKNOWN:
                yield undetermined(f"{path}.propagateTags is not known before deployment", f"{path}.propagateTags")
            elif source == "TASK_DEFINITION":
                yield passed()
            elif value.get("tags"):
                yield from judge_tags(merge(value.get("tags")), "a task that it starts", f"{path}.tags")
            else:
                yield failed(f"{path}.propagateTags must be TASK_DEFINITION", f"{path}.propagateTags")


_CREATED = {
    **dict.fromkeys(aws("imagebuilder/InfrastructureConfiguration"), "resourceTags"),
    **dict.fromkeys(aws("ecr/RepositoryCreationTemplate"), "resourceTags"),
    **dict.fromkeys(aws("drs/ReplicationConfigurationTemplate"), "stagingAreaTags"),
    **dict.fromkeys(azure("batch:Pool"), "resourceTags"),
}
"""Type -> the tags of the machines, disks and repositories that it creates, which its own tags are not (Amazon EC2
Image Builder API, InfrastructureConfigurationSummary, resourceTags, read 2026-12-01; pulumi-aws 7.51.1 and
pulumi-azure-native 3.29.0, the two properties of each type)."""


def _check_launched(resource: Resource) -> Iterator[Outcome]:
    if path := _CREATED.get(resource.type):
        yield from judge_tags(merge(resource.get(path)), "what it creates", path)
    elif resource.type == AUTO_SCALING_GROUP:
        for path, value in walk(resource.props, "tags[*].propagateAtLaunch"):
            yield _check_propagation(value, path)
    elif resource.type == AUTO_SCALING_TAG:
        tag = resource.get("tag")
        if isinstance(tag, dict) and tag.get("key") in MANDATORY_KEYS:
            yield _check_propagation(tag.get("propagateAtLaunch", MISSING), "tag.propagateAtLaunch")
    elif resource.type == _LAUNCH_TEMPLATE:
        yield from _check_launch_template(resource)
    elif resource.type == _INSTANCE:
        yield from _check_disks(resource)


def _check_group(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks launchers, and that a tag that says who pays is of a group of the plan: on another it takes the place of
    what the group's own program states (botocore 0e6e2404, autoscaling, CreateOrUpdateTags, read 2026-12-01)."""
    yield from check_launcher(resource, plan)
    tag = resource.get("tag") if resource.type == AUTO_SCALING_TAG else None
    if isinstance(tag, dict) and tag.get("key") in MANDATORY_KEYS:
        name = resource.get("autoscalingGroupName")
        groups = plan.by_key(named_by((AUTO_SCALING_GROUP,), "name", "id"))
        is_of_another = isinstance(name, str) and name not in groups
        if is_of_another and not resource.dependencies.get("autoscalingGroupName"):
            yield failed(f"it changes {tag.get('key')} of the group {name}, which another program made", "tag.key")


def _check_propagation(value: Plain, path: str) -> Outcome:
    if value is UNKNOWN or value is True or value == "true":
        return passed()
    return failed(f"{path} is not true, so its machines have no cost tags", path)


def _check_launch_template(resource: Resource) -> Iterator[Outcome]:
    specifications = resource.get("tagSpecifications")
    if specifications is UNKNOWN:
        yield undetermined("its tagSpecifications are not known before deployment", "tagSpecifications")
        return
    entries = items_of(specifications)
    for kind in _LAUNCHED_RESOURCES:
        tags = [entry.get("tags") for entry in entries if isinstance(entry, dict) and entry.get("resourceType") == kind]
        yield from judge_tags(merge(*tags), f"the tag specification for '{kind}'", "tagSpecifications")


def _check_disks(resource: Resource) -> Iterator[Outcome]:
    """Checks the disks of a machine. They are tagged by `volumeTags`, one by one, or by the launch template, which is
    evaluated itself."""
    if resource.get("launchTemplate") is not MISSING:
        return
    defaults = provider_defaults(resource)
    volume_tags = resource.get("volumeTags")
    if volume_tags is not MISSING:
        yield from judge_tags(merge(defaults, volume_tags), "volumeTags", "volumeTags")
        return
    root = resource.get("rootBlockDevice")
    devices = resource.get("ebsBlockDevices")
    for path, disks in (
        ("rootBlockDevice", one_or_many(root)),
        ("ebsBlockDevices", items_of(devices)),
    ):
        for disk in disks:
            yield from judge_tags(_disk_tags(disk, defaults), "a disk of the machine", path)


def _disk_tags(disk: Plain, defaults: Plain) -> EffectiveTags:
    if disk is UNKNOWN:
        return EffectiveTags({}, complete=False)
    return merge(defaults, disk.get("tags")) if isinstance(disk, dict) else EffectiveTags({})


_ACTIVATION, _CATEGORY = aws("costexplorer/CostAllocationTag", "costexplorer/CostCategory")


def _first_activation(plan: Plan, _: str) -> str:
    return min(item.urn for item in plan.of_type(_ACTIVATION))


def _check_activation(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that all cost tags are activated in the payer account if one of them is."""
    if resource.type != _ACTIVATION or resource.urn != plan.once(_first_activation, ""):
        return
    keys = [item.get("tagKey") for item in plan.of_type(_ACTIVATION)]
    missing = [key for key in MANDATORY_KEYS if key not in keys]
    if missing and UNKNOWN not in keys:
        yield failed(f"the cost tags {', '.join(missing)} are not activated in the stack", "tagKey")
    else:
        yield passed()


def _check_category(resource: Resource) -> Iterator[Outcome]:
    """Checks that a cost category has more than one value: all costs would be on one unit (AWS Billing,
    "Creating cost categories": what no rule fits gets the default value; read 2026-11-30)."""
    if resource.type != _CATEGORY:
        return
    default = resource.get("defaultValue")
    values = [value for _, value in walk(resource.props, "rules[*].value")]
    if values and isinstance(default, str) and all(value == default for value in values):
        yield failed("every rule has the default value, so that all costs are on one unit", "rules")
    else:
        yield passed()


def _check_ignored(resource: Resource) -> Iterator[Outcome]:
    """Checks that a provider ignores no cost tag, because it would neither set nor see it."""
    ignored = from_json(resource.get("ignoreTags"))
    for _, keys in walk(ignored, "keys?"):
        yield from (_judge_ignored(key, exact=True) for key in texts_in(keys))
    for _, prefixes in walk(ignored, "keyPrefixes?"):
        yield from (_judge_ignored(prefix, exact=False) for prefix in texts_in(prefixes))


def _judge_ignored(text: str, *, exact: bool) -> Outcome:
    ignored_tag = next((tag.key for tag in COST_TAGS if (tag.key == text if exact else tag.key.startswith(text))), None)
    return failed(f"it ignores the cost tag {ignored_tag}", "ignoreTags") if ignored_tag else passed()


TAG_PROPAGATION: tuple[Guardrail, ...] = (
    tag_rule(3, Severity.HIGH,
             "Machines and disks that a template, group, fleet, node group or machine launches carry the cost tags",
             "launched machines do not inherit tags, and they are most of the bill",
             "Give the launch template tag_specifications for 'instance' and 'volume' with the cost tags, and let "
             "fleets, compute environments and node groups use it; set propagate_at_launch on group tags, tags in "
             "launch_specifications or compute_resources, and volume_tags on machines",
             predicate=_check_launched, plan_predicate=_check_group,
             types=(AUTO_SCALING_GROUP, AUTO_SCALING_TAG, _LAUNCH_TEMPLATE, _INSTANCE, *LAUNCHER_TYPES, *_CREATED)),
    tag_rule(5, Severity.MEDIUM, "Tasks, jobs, snapshots and backups carry the cost tags of their source",
             "copies are charged long after their source is gone",
             "Set the property in the message",
             checks=ROWS, predicate=_check_started, types=tuple(_STARTED)),
    tag_rule(6, Severity.MEDIUM,
             "If one cost tag is activated for cost allocation, all of them are, and cost categories tell units apart",
             "a tag that is not activated in the payer account does not appear on the bill, and a category with one "
             "value books the costs of all units on one",
             "Add an aws.costexplorer.CostAllocationTag with status Active for each cost tag; give each unit a value "
             "of its own in a cost category",
             checks=ACTIVE_ROWS, predicate=_check_category, plan_predicate=_check_activation,
             types=(_CATEGORY, _ACTIVATION)),
    tag_rule(7, Severity.HIGH, "No provider ignores a cost tag",
             "an ignored tag is neither set nor visible", "Remove the key from ignore_tags",
             predicate=_check_ignored, types=("pulumi:providers:aws",)),
)  # fmt: skip
