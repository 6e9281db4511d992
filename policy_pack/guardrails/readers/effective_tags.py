"""The tags that a resource will have in the cloud, set on the resource or by its provider.

Default tags from the environment (`TF_AWS_DEFAULT_TAGS_...`) are not visible, and do not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from falaj.facts.tags import COST_TAGS

from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json
from ..engine.rows import aws, azure
from ..engine.sdk_types import TAGGABLE
from ..engine.verdicts import Outcome, failed, passed, undetermined

NEVER_TAG = frozenset(
    (
        # Selectors: their "tags" select other resources.
        *aws("inspector/ResourceGroup", "devopsguru/ResourceCollection"),
        # Objects support ten tags only, which do not appear on the bill.
        *aws("s3/BucketObject", "s3/BucketObjectv2", "s3/ObjectCopy"),
        # These tags are legal holds on a container.
        *azure("storage:BlobContainerLegalHold"),
        # "tags" with another meaning: lists, labels of a rule, typed objects.
        *azure("operationalinsights:SavedSearch", "operationalinsights:Query"),
        *azure("applicationinsights:Favorite", "apimanagement:NamedValue", "apimanagement:WorkspaceNamedValue"),
        *azure("cloudngfw:PreRule", "cloudngfw:PostRule", "cloudngfw:LocalRule"),
        *azure("migrate:MigrateProject", "migrate:Project", "importexport:Job"),
    )
)
"""Types whose `tags` are not tags of the resource."""

AUTO_SCALING_GROUP = "aws:autoscaling/group:Group"
_KEYS = ", ".join(tag.key for tag in COST_TAGS)


@dataclass(frozen=True)
class EffectiveTags:
    """The tags that a resource will have, keys in lower case on Azure; not `complete` if some are unknown."""

    values: dict[str, Plain]
    complete: bool = True


def merge(*sources: Plain, fold: bool = False) -> EffectiveTags:
    """Merges tags of several sources; later sources override earlier ones."""
    values: dict[str, Plain] = {}
    complete = True
    for source in sources:
        if source is UNKNOWN:
            complete = False
        elif isinstance(source, dict):
            values |= {key.lower() if fold else key: value for key, value in source.items()}
    return EffectiveTags(values, complete)


def provider_defaults(resource: Resource) -> Plain:
    """Default tags of an AWS provider, which arrive as a JSON string."""
    if resource.provider is None:
        return MISSING
    defaults = from_json(resource.provider.get("defaultTags"))
    if isinstance(defaults, dict):
        return defaults.get("tags", MISSING)
    return defaults


def _list_tags(items: Plain) -> EffectiveTags:
    """Tags in the list form of an Auto Scaling group: {key, value, propagateAtLaunch}."""
    if items is UNKNOWN:
        return EffectiveTags({}, complete=False)
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return EffectiveTags({str(item.get("key")): item.get("value", MISSING) for item in entries})


def effective_tags(resource: Resource) -> EffectiveTags:
    """The tags that the cloud will show: `tagsAll` where the provider has merged it, else its defaults under `tags`."""
    if resource.type == AUTO_SCALING_GROUP:
        return _list_tags(resource.get("tags"))
    if resource.type.startswith("azure-native:"):
        return merge(resource.get("tags"), fold=True)
    merged = resource.get("tagsAll")
    if isinstance(merged, dict):
        return merge(merged)
    return merge(provider_defaults(resource), resource.get("tags"))


def judge_tags(tags: EffectiveTags, owner: str) -> Iterator[Outcome]:
    """Whether all cost tags are set; messages name the `owner` of the tags."""
    missing = [tag.key for tag in COST_TAGS if tags.values.get(tag.key) in (None, MISSING, "")]
    if missing and tags.complete:
        yield failed(f"{owner} lacks the cost tags {', '.join(missing)}", "tags")
    elif missing:
        yield undetermined(f"the tags of {owner} are not known before deployment; it must have {_KEYS}", "tags")
    else:
        yield passed()


def is_taggable(resource: Resource) -> bool:
    """Whether a resource type has tags, in the usual sense."""
    return resource.type in TAGGABLE and resource.type not in NEVER_TAG
