"""Reads the tags that a resource will have in the cloud, from the resource and its provider.

Default tags from the environment (`TF_AWS_DEFAULT_TAGS_...`) are not visible to the pack, and do not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from falaj.facts.tags import COST_TAGS

from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, items_of
from ..engine.rows import aws, azure
from ..engine.sdk_types import IN_A_PERIMETER, IN_A_VAULT, TAGGABLE, UNTRACKED_PARTS
from ..engine.verdicts import Outcome, failed, passed, undetermined

NEVER_TAG = frozenset(
    (
        # Selectors: their "tags" select other resources.
        *aws("inspector/ResourceGroup", "devopsguru/ResourceCollection"),
        # S3 objects support only ten tags, which do not appear on the bill.
        *aws("s3/BucketObject", "s3/BucketObjectv2", "s3/ObjectCopy"),
        # The tags are legal holds on a container.
        *azure("storage:BlobContainerLegalHold"),
        # What lies in a vault of Recovery Services: only the vault has tags that are shown with costs.
        *IN_A_VAULT,
        # Parts of a perimeter, for which Azure shows no tags with costs: nothing of it is charged.
        *IN_A_PERIMETER,
        *UNTRACKED_PARTS,
        # "tags" with another meaning: lists, labels of a rule, typed objects.
        *azure("operationalinsights:SavedSearch", "operationalinsights:Query"),
        *azure("applicationinsights:Favorite", "apimanagement:NamedValue", "apimanagement:WorkspaceNamedValue"),
        *azure("cloudngfw:PreRule", "cloudngfw:PostRule", "cloudngfw:LocalRule"),
        *azure("migrate:MigrateProject", "migrate:Project", "importexport:Job"),
    )
)
"""Types whose `tags` are not tags of the resource."""

AUTO_SCALING_GROUP = "aws:autoscaling/group:Group"
AUTO_SCALING_TAG = "aws:autoscaling/tag:Tag"
_KEYS = ", ".join(tag.key for tag in COST_TAGS)


@dataclass(frozen=True)
class EffectiveTags:
    """The tags that a resource will have. Keys are in lower case on Azure. `complete` is false if some tags are
    unknown."""

    values: dict[str, Plain]
    complete: bool = True


def merge(*sources: Plain, fold: bool = False) -> EffectiveTags:
    """Merges the tags of several sources; later sources override earlier ones. `fold` converts keys to lower case."""
    values: dict[str, Plain] = {}
    complete = True
    for source in sources:
        if source is UNKNOWN:
            complete = False
        elif isinstance(source, dict):
            values |= {key.lower() if fold else key: value for key, value in source.items()}
    return EffectiveTags(values, complete)


def provider_defaults(resource: Resource) -> Plain:
    """Returns the default tags of an AWS provider, which it receives as a JSON string."""
    if resource.provider is None:
        return MISSING
    defaults = from_json(resource.provider.get("defaultTags"))
    if isinstance(defaults, dict):
        return defaults.get("tags", MISSING)
    return defaults


def _list_tags(items: Plain) -> EffectiveTags:
    """Returns the tags of an Auto Scaling group, which are a list of {key, value, propagateAtLaunch}."""
    if items is UNKNOWN:
        return EffectiveTags({}, complete=False)
    entries = [item for item in items_of(items) if isinstance(item, dict)]
    return EffectiveTags({str(item.get("key")): item.get("value", MISSING) for item in entries})


def effective_tags(resource: Resource) -> EffectiveTags:
    """Returns the tags that the cloud will show: `tagsAll` if the provider has merged it, else the provider's default
    tags overridden by `tags`."""
    if resource.type == AUTO_SCALING_GROUP:
        return _list_tags(resource.get("tags"))
    if resource.type.startswith("azure-native:"):
        return merge(resource.get("tags"), fold=True)
    merged = resource.get("tagsAll")
    if isinstance(merged, dict):
        return merge(merged)
    return merge(provider_defaults(resource), resource.get("tags"))


def judge_tags(tags: EffectiveTags, owner: str, path: str = "tags") -> Iterator[Outcome]:
    """Yields the verdict on whether all cost tags are set. `owner` describes in messages what has the tags, `path` is
    that of the property that sets them.
    """
    missing = [tag.key for tag in COST_TAGS if tags.values.get(tag.key) in (None, MISSING, "")]
    if missing and tags.complete:
        yield failed(f"{owner} lacks the cost tags {', '.join(missing)}", path)
    elif missing:
        yield undetermined(f"the tags of {owner} are not known before deployment; it must have {_KEYS}", path)
    else:
        yield passed()


def is_taggable(resource: Resource) -> bool:
    """Returns whether a resource type has tags that are tags of the resource."""
    return resource.type in TAGGABLE and resource.type not in NEVER_TAG
