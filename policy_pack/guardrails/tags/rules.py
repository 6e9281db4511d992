"""Mandatory cost tags, evaluated on the tags that a resource will have in the cloud."""

from collections.abc import Iterator

from falaj.facts.clouds import CLOUDS
from falaj.facts.tags import MANDATORY_KEYS

from ..engine.families import tag_rule
from ..engine.reading import Resource, walk
from ..engine.rows import Guardrail, Severity
from ..engine.settings import TagSettings
from ..engine.verdicts import Outcome
from ..readers.effective_tags import effective_tags, is_taggable, judge_tags, merge
from ..readers.tag_sets import TAGS_AT_SCOPE
from .cluster_machines import CLUSTER_CREATED_TAGS
from .kubernetes import kubernetes_tags
from .propagation import TAG_PROPAGATION
from .values import value_guardrails

_CLOUDS = tuple(f"{entry.package}:" for entry in CLOUDS.values())


def _check_present(resource: Resource) -> Iterator[Outcome]:
    if is_taggable(resource):
        yield from judge_tags(effective_tags(resource), "it")
    if resource.type == TAGS_AT_SCOPE:
        for path, tags in walk(resource.props, "properties.tags"):
            yield from judge_tags(merge(tags, fold=True), "the set of tags that replaces those of its scope", path)


def tag_guardrails(settings: TagSettings) -> tuple[Guardrail, ...]:
    """Returns the guardrails of cost tags, on resources and on the resources that these create."""
    return (
        tag_rule(1, Severity.HIGH, "Every taggable resource has all cost tags",
                 "a cost without a project, business unit and owner cannot be allocated or budgeted",
                 f"Set the tags {', '.join(MANDATORY_KEYS)} on the resource or as default tags of its provider",
                 predicate=_check_present, types=_CLOUDS),
        *value_guardrails(settings, _CLOUDS),
        kubernetes_tags(settings),
        *TAG_PROPAGATION,
        CLUSTER_CREATED_TAGS,
    )  # fmt: skip
