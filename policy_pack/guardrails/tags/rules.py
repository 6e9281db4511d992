"""Mandatory cost tags, evaluated on the tags that a resource will have in the cloud."""

from collections.abc import Iterator

from falaj.facts.clouds import CLOUDS
from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS

from ..engine.families import tag_rule
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.settings import TagSettings
from ..engine.verdicts import Outcome, failed, passed
from ..readers.effective_tags import effective_tags, is_taggable, judge_tags
from .cluster_machines import CLUSTER_CREATED_TAGS
from .kubernetes import kubernetes_tags
from .propagation import TAG_PROPAGATION

_CLOUDS = tuple(f"{entry.package}:" for entry in CLOUDS.values())


def _check_present(resource: Resource) -> Iterator[Outcome]:
    if is_taggable(resource):
        yield from judge_tags(effective_tags(resource), "it")


def _check_valid(cost_centres: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        if not is_taggable(resource):
            return
        values = effective_tags(resource).values
        for tag in COST_TAGS:
            value = values.get(tag.key, UNKNOWN)
            if value is UNKNOWN:
                continue
            path = f"tags.{tag.key}"
            if isinstance(value, str) and value and not tag.accepts(value):
                yield failed(f"the value of tag '{tag.key}' is not {tag.meaning} (such as '{tag.example}')", path)
            elif tag.key == "cost-centre" and cost_centres and isinstance(value, str) and value not in cost_centres:
                yield failed("the value of tag 'cost-centre' is not on the pack's list of cost centres", path)
            else:
                yield passed()

    return judge


def tag_guardrails(settings: TagSettings) -> tuple[Guardrail, ...]:
    """Returns the guardrails of cost tags, on resources and on the resources that these create."""
    return (
        tag_rule(1, Severity.HIGH, "Every taggable resource has all cost tags",
                 "a cost without a project, business unit and owner cannot be allocated or budgeted",
                 f"Set the tags {', '.join(MANDATORY_KEYS)} on the resource or as default tags of its provider",
                 predicate=_check_present, types=_CLOUDS),
        tag_rule(2, Severity.MEDIUM, "Cost tags have valid values",
                 "reports by tag split on every misspelt value", "Correct the value",
                 predicate=_check_valid(settings.cost_centres), types=_CLOUDS),
        kubernetes_tags(settings),
        *TAG_PROPAGATION,
        CLUSTER_CREATED_TAGS,
    )  # fmt: skip
