"""Steps of workflows of Argo that are tried again until they succeed, however often they fail.

Without `limit` a strategy has no end (argoproj/argo-workflows 0b0aac92 examples/retry-container-to-completion.yaml),
but for `maxDuration` of its pauses, an expression about the last attempt, or the deadline of the whole workflow; a
policy for errors of the cluster alone does not count what the step itself does (03d3dd57 docs/retries.md; read
2026-12-02).
"""

from collections.abc import Iterator

from ..engine.reading import MISSING, Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.argo_workflows import specs_of_workflows
from ..readers.kubernetes_objects import ObjectPart

_OF_THE_CLUSTER = ("OnError", "OnTransientError")
_LAST_ATTEMPT = "lastRetry"
_STRATEGY = "retryStrategy"


def check_argo_retries(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step of a workflow without a deadline that is tried again without an end."""
    for spec in specs_of_workflows(resource):
        if spec.get("activeDeadlineSeconds") is MISSING:
            yield from _check(spec)


def _check(spec: ObjectPart) -> Iterator[Outcome]:
    for template in _templates(spec):
        if isinstance(template.get(_STRATEGY), dict) and not _ends(template.child(_STRATEGY)):
            path = template.path_to(_STRATEGY)
            yield failed(f"{path} tries a step that fails again without end: set limit", path)


def _templates(spec: ObjectPart) -> Iterator[ObjectPart]:
    """Yields the defaults of templates, the templates, and those that steps and tasks state themselves."""
    yield spec.child("templateDefaults")
    for template in spec.children("templates"):
        yield template
        for step in (*_steps(template), *template.child("dag").children("tasks")):
            yield step.child("inline")


def _steps(template: ObjectPart) -> Iterator[ObjectPart]:
    """Yields the steps of a template, of which each group that runs at once is a list."""
    groups = template.get("steps")
    for index, group in enumerate(groups if isinstance(groups, list) else ()):
        for number, step in enumerate(group if isinstance(group, list) else ()):
            if isinstance(step, dict):
                yield ObjectPart(f"{template.path_to('steps')}[{index}][{number}]", step)


def _ends(strategy: ObjectPart) -> bool:
    bounds: list[Plain] = [strategy.get("limit"), strategy.child("backoff").get("maxDuration")]
    if strategy.get("retryPolicy") in _OF_THE_CLUSTER or _LAST_ATTEMPT in str(strategy.get("expression")):
        return True
    return any(bound is not MISSING for bound in bounds)
