"""Policies of snapshots that leave out what they are for.

Data volumes with one of the tags are left out of the snapshots of a machine (Amazon Data Lifecycle Manager API,
Parameters, ExcludeDataVolumeTags), and a default policy leaves out volumes of the listed types and, for images, those
with the listed tags (the same, Exclusions; both read 2026-12-02). A tag of cost is on every resource, whatever its
value, so it tells no disk from another; so does a tag by which the policy finds its machines. Types of volumes on which
machines run are the general ones and those with provisioned IOPS: no other current type can be booted from
(awsdocs/amazon-ec2-user-guide 0147f878, ebs-volume-types, read 2026-12-03).
"""

from collections.abc import Iterator, Mapping

from falaj.facts.tags import COST_TAGS

from ..engine.reading import Plain, Resource, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_POLICY = aws("dlm/LifecyclePolicy")
_TAGS = ("policyDetails?.parameters?.excludeDataVolumeTags?", "policyDetails?.exclusions?.excludeTags?")
_TYPES, _GENERAL = "policyDetails?.exclusions?.excludeVolumeTypes?", frozenset({"gp2", "gp3", "io1", "io2"})
_OF_COST = frozenset(tag.key.lower() for tag in COST_TAGS)


def check_excluded_volumes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each exclusion that is of every disk with data."""
    if resource.type not in _POLICY:
        return
    wanted = {item for _, tags in walk(resource.props, "policyDetails?.targetTags?") for item in _items(tags)}
    for pattern in _TAGS:
        for path, tags in walk(resource.props, pattern):
            for key, value in _items(tags):
                if key.lower() in _OF_COST or (key, value) in wanted:
                    yield failed(f"{path} leaves out each disk with {key}, as all have it", path)
    for path, types in walk(resource.props, _TYPES):
        left_out = {str(item).lower() for item in types} if isinstance(types, list) else set()
        if left_out >= _GENERAL:
            yield failed(f"{path} leaves out each type of disk on which machines run", path)


def _items(tags: Plain) -> Iterator[tuple[str, str]]:
    yield from ((key, str(value)) for key, value in tags.items()) if isinstance(tags, Mapping) else ()
