"""Mandatory cost tags: what a resource will carry in the cloud is judged, wherever the program wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from falaj.facts.tags import COST_TAGS

from .controls import OWNERSHIP
from .reading import MISSING, UNKNOWN, Plain, Resource, from_json, walk
from .rows import Concern, Guardrail, Severity, aws, azure
from .sdk_types import TAGGABLE
from .verdicts import Outcome, failed, passed, undetermined

NEVER_TAG = frozenset(
    (
        # Selectors: their "tags" choose other resources.
        *aws("inspector/ResourceGroup", "devopsguru/ResourceCollection"),
        # Objects allow ten tags, and no bill is split by them.
        *aws("s3/BucketObject", "s3/BucketObjectv2", "s3/ObjectCopy"),
        # Tags put a legal hold on a container.
        *azure("storage:BlobContainerLegalHold"),
        # "tags" of another shape: lists, labels of a rule, typed objects.
        *azure("operationalinsights:SavedSearch", "operationalinsights:Query", "operationalinsights:QueryPack"),
        *azure("applicationinsights:Favorite", "apimanagement:NamedValue", "apimanagement:WorkspaceNamedValue"),
        *azure("cloudngfw:PreRule", "cloudngfw:PostRule", "cloudngfw:LocalRule"),
        *azure("migrate:MigrateProject", "migrate:Project", "importexport:Job"),
    )
)
"""Types whose `tags` are not tags of the resource."""

AUTO_SCALING_GROUP = "aws:autoscaling/group:Group"
_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_LAUNCHED = ("instance", "volume")
_KEYS = ", ".join(tag.key for tag in COST_TAGS)


@dataclass(frozen=True)
class _Tags:
    """The tags a resource will carry, keys folded where the cloud does; not `complete` if any may be unseen."""

    values: dict[str, Plain]
    complete: bool = True


def _merge(*sources: Plain, fold: bool = False) -> _Tags:
    values: dict[str, Plain] = {}
    complete = True
    for source in sources:
        if source is UNKNOWN:
            complete = False
        elif isinstance(source, dict):
            values |= {key.lower() if fold else key: value for key, value in source.items()}
    return _Tags(values, complete)


def _provider_defaults(resource: Resource) -> Plain:
    """Default tags of an AWS provider; they arrive as a JSON string."""
    if resource.provider is None:
        return MISSING
    defaults = from_json(resource.provider.get("defaultTags"))
    if isinstance(defaults, dict):
        return defaults.get("tags", MISSING)
    return defaults


def _list_tags(items: Plain) -> _Tags:
    """Tags in the list form of an Auto Scaling group: {key, value, propagateAtLaunch}."""
    if items is UNKNOWN:
        return _Tags({}, complete=False)
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return _Tags({str(item.get("key")): item.get("value", MISSING) for item in entries})


def effective_tags(resource: Resource) -> _Tags:
    """The tags that the cloud will show: `tagsAll` where the provider has merged it, else its defaults under `tags`."""
    if resource.type == AUTO_SCALING_GROUP:
        return _list_tags(resource.get("tags"))
    if resource.type.startswith("azure-native:"):
        return _merge(resource.get("tags"), fold=True)
    merged = resource.get("tagsAll")
    if isinstance(merged, dict):
        return _merge(merged)
    return _merge(_provider_defaults(resource), resource.get("tags"))


def _judge(tags: _Tags, owner: str) -> Iterator[Outcome]:
    missing = [tag.key for tag in COST_TAGS if tags.values.get(tag.key) in (None, MISSING, "")]
    if missing and tags.complete:
        yield failed(f"{owner} lacks the cost tags {', '.join(missing)}", "tags")
    elif missing:
        yield undetermined(f"the tags of {owner} are not known before deployment; it must have {_KEYS}", "tags")
    else:
        yield passed()


def is_taggable(resource: Resource) -> bool:
    """Whether a resource has tags that are tags."""
    return resource.type in TAGGABLE and resource.type not in NEVER_TAG


def _present(resource: Resource) -> Iterator[Outcome]:
    if is_taggable(resource):
        yield from _judge(effective_tags(resource), "it")


def _valid(resource: Resource) -> Iterator[Outcome]:
    if not is_taggable(resource):
        return
    values = effective_tags(resource).values
    for tag in COST_TAGS:
        value = values.get(tag.key, UNKNOWN)
        if isinstance(value, str) and value and not tag.accepts(value):
            yield failed(
                f"the value of tag '{tag.key}' is not {tag.meaning} (such as '{tag.example}')", f"tags.{tag.key}"
            )
        elif value is not UNKNOWN:
            yield passed()


def _propagated(resource: Resource) -> Iterator[Outcome]:
    if resource.type == AUTO_SCALING_GROUP:
        for path, value in walk(resource.props, "tags[*].propagateAtLaunch"):
            good = value is UNKNOWN or value is True or value == "true"
            yield passed() if good else failed(f"{path} is not true, so its machines cost under no name", path)
    elif resource.type == _TEMPLATE:
        yield from _template(resource)


def _template(resource: Resource) -> Iterator[Outcome]:
    specifications = resource.get("tagSpecifications")
    if specifications is UNKNOWN:
        yield undetermined("its tagSpecifications are not known before deployment", "tagSpecifications")
        return
    entries = specifications if isinstance(specifications, list) else []
    for kind in _LAUNCHED:
        tags = [entry.get("tags") for entry in entries if isinstance(entry, dict) and entry.get("resourceType") == kind]
        yield from _judge(_merge(*tags), f"the tag specification for '{kind}'")


def _row(number: int, severity: Severity, what: str, why: str, remedy: str) -> Guardrail:
    return Guardrail(f"FJ-TAG-{number:03}", Concern.TAGS, severity, what, why, remedy, OWNERSHIP)


TAGS: tuple[Guardrail, ...] = (
    replace(
        _row(1, Severity.HIGH, "Every resource that can be tagged has all cost tags",
             "a cost without a project, unit and owner cannot be allocated, budgeted or questioned",
             f"Set the tags {_KEYS} on the resource or as default tags of its provider"),
        predicate=_present),
    replace(
        _row(2, Severity.MEDIUM, "Cost tags have legal values",
             "a report by tag is only as good as its spelling", "Correct the value"),
        predicate=_valid),
    replace(
        _row(3, Severity.HIGH, "Machines and disks that a template or group launches carry its cost tags",
             "launched machines inherit no tags by themselves, and they are most of the bill",
             "Give the launch template tag_specifications for 'instance' and 'volume', "
             "and set propagate_at_launch on group tags"),
        predicate=_propagated),
)  # fmt: skip
