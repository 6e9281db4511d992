"""Values of cost tags: valid, no placeholders, and the environment of the stack."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from falaj.facts.tags import COST_TAGS, CostTag

from ..engine.families import tag_rule
from ..engine.reading import Plain, Resource, walk
from ..engine.rows import Guardrail, Severity
from ..engine.settings import TagSettings
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import KUBERNETES_TYPES
from ..readers.tag_sets import tag_sets

ENVIRONMENT = next(tag for tag in COST_TAGS if tag.key == "environment")
Problem = Callable[[CostTag, str], str]
"""Returns what is wrong with a value of a tag; an empty text if nothing is."""


_NAMED = 5
"""Cost centres that a message names."""


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def value_problem(cost_centres: tuple[str, ...]) -> Problem:
    """Returns the check of single values. `cost_centres` are the allowed ones; every valid one if it is empty."""

    @lru_cache(1024)  # the resources of a stack repeat their values
    def check(tag: CostTag, value: str) -> str:
        if not tag.accepts(value):
            return f"is not {tag.meaning} (such as '{tag.example}')"
        if tag.is_placeholder(value):
            return f"is a placeholder: write {tag.meaning} (such as '{tag.example}')"
        if tag.key == "cost-centre" and cost_centres and value not in cost_centres:
            return f"is not on the pack's list of cost centres: {_listed(cost_centres)}"
        return ""

    return check


def _check_values(resource: Resource, problem: Problem) -> Iterator[Outcome]:
    for path, tags in tag_sets(resource):
        for tag in COST_TAGS:
            value = tags.get(tag.key)
            if isinstance(value, str) and value:
                sentence = problem(tag, value)
                yield failed(f"the value of tag '{tag.key}' {sentence}", f"{path}.{tag.key}") if sentence else passed()


def _check_environment(resource: Resource, settings: TagSettings) -> Iterator[Outcome]:
    expected = resource.environment
    if not expected:
        return
    label = settings.labels.get("environment", "environment")
    for path, value in (*_tagged(resource), *_labelled(resource, label)):
        if not isinstance(value, str) or not ENVIRONMENT.accepts(value):
            continue  # a value that is none is reported by the rule of values
        if value == expected:
            yield passed()
        else:
            yield failed(f"{path} is not '{expected}', which is the environment of stack '{resource.stack}'", path)


def _tagged(resource: Resource) -> Iterator[tuple[str, Plain]]:
    return ((f"{path}.environment", tags.get("environment")) for path, tags in tag_sets(resource))


def _labelled(resource: Resource, label: str) -> Iterator[tuple[str, Plain]]:
    if resource.type.startswith("kubernetes:"):
        for path in ("metadata?.labels?", "spec?.template?.metadata?.labels?"):
            for found, labels in walk(resource.props, path):
                if isinstance(labels, dict):
                    yield f"{found}.{label}", labels.get(label)


def value_guardrails(settings: TagSettings, clouds: tuple[str, ...]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. `clouds` are the prefixes of the types that have tags."""
    problem = value_problem(settings.cost_centres)
    node_classes = ("kubernetes:karpenter.k8s.aws/", "kubernetes:karpenter.azure.com/", "kubernetes:eks.amazonaws.com/")
    return (
        tag_rule(2, Severity.MEDIUM, "Cost tags have valid values, and no placeholders",
                 "reports by tag split on every misspelt value, and nobody answers for `tbd`",
                 "Write the value that the message describes, in the tags of the resource or the default tags of its "
                 "provider",
                 predicate=lambda resource: _check_values(resource, problem), types=(*clouds, *node_classes)),
        tag_rule(9, Severity.HIGH, "The environment tag is that of the stack",
                 "reports book production under development, and a reviewer looks away",
                 "Set the tag environment to the value in the message, or deploy the resource in a stack of its own "
                 "environment; the environment of a stack is a word of its name, or listed under tags.environments in "
                 "enforcement.yaml",
                 predicate=lambda resource: _check_environment(resource, settings),
                 types=(*clouds, *KUBERNETES_TYPES)),
    )  # fmt: skip
