"""What Azure starts or answers for each call, and charges by use: machines of jobs that name none of their own, tokens
of models, runs of workflows, and activities of pipelines.

A job of Machine Learning without a compute gets machines of its own for as long as it runs (MicrosoftDocs/azure-docs
00770c8a articles/machine-learning/how-to-use-serverless-compute.md). The capacity of a deployment of type Standard is
in thousands of tokens a minute, and limits what its callers may use (the same, 13ad1469
articles/ai-services/openai/how-to/quota.md; both read 2026-12-01; examples of public programs have 1 to 1,000).
Properties by pulumi-azure-native 3.29.0. The limits are judged, not read anywhere.
"""

import re
from collections.abc import Iterator

from falaj.facts.machine_names import is_accelerated

from ..engine.conditions import none_of, one_of
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import at_most, number_of
from ..engine.reading import Plain, Resource, from_json
from ..engine.rows import Check, azure
from ..engine.verdicts import Outcome, Verdict, failed

_JOBS = azure("machinelearningservices:Job", "machinelearningservices:Schedule")
_WORKFLOWS = azure("logic:Workflow")
_PIPELINES = azure("datafactory:Pipeline", "synapse:Pipeline")
AZURE_USERS = (*_JOBS, *_WORKFLOWS, *_PIPELINES)
"""Types that `check_azure_use` evaluates."""
_MOST_MACHINES, _MOST_WITH_GPUS = 50, 8
_MOST_TOKENS = 5_000
"""Thousands of tokens a minute of one deployment: five million."""
_MOST_COPIES = 300
"""Copies of an app of Azure that whoever sends requests or messages to it starts: Azure allows 1,000 (Microsoft
Learn, "Set scaling rules in Azure Container Apps", read 2026-12-01)."""
_SHORTEST = 10
"""Seconds between two runs of a workflow, each action of which is charged."""
_DEEPEST = 24
_LIMITS = ("limits", "limitSettings")
"""Properties that limit the trials of a search, and those of a job that finds a model by itself."""

AZURE_USE_ROWS = (
    # Charged also when idle (Azure Functions, "Flex Consumption plan", always ready).
    Check(azure("web:WebApp", "web:WebAppSlot"), "functionAppConfig?.scaleAndConcurrency?.alwaysReady[*].instanceCount",
          at_most(_MOST_MACHINES, missing=Verdict.PASS)),
    *(Check(azure(*kinds), path, at_most(_MOST_COPIES, missing=Verdict.PASS)) for kinds, path in (
        (("web:WebApp", "web:WebAppSlot"), "functionAppConfig?.scaleAndConcurrency?.maximumInstanceCount"),
        (("app:ContainerApp",), "template?.scale?.maxReplicas"),
        (("app:Job",), "configuration.eventTriggerConfig?.scale?.maxExecutions"))),
    Check(azure("machinelearningservices:BatchDeployment"), "properties.resources?.instanceCount",
          at_most(_MOST_MACHINES, missing=Verdict.PASS)),
    Check(azure("machinelearningservices:Schedule"), "properties.trigger?.frequency", none_of("Minute"),
          when=("properties.action.actionType", one_of("CreateJob"))),
    Check(azure("cognitiveservices:Deployment"), "sku?.capacity", at_most(_MOST_TOKENS, missing=Verdict.PASS),
          when=("sku.name", one_of("Standard", "GlobalStandard", "DataZoneStandard"))),
)  # fmt: skip


def check_azure_use(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each number of machines of a job, and each pause between runs, that needs approval."""
    if resource.type in _WORKFLOWS:
        yield from _check_pauses(resource)
    elif resource.type in _PIPELINES:
        yield from _check_loops(resource)
    elif resource.type in _JOBS:
        yield from _check_jobs(resource.get("properties"), "properties", 1)


def _check_jobs(value: Plain, path: str, at_once: float, depth: int = 0) -> Iterator[Outcome]:
    """Evaluates the machines of a job, also of its steps and of the trials that a sweep starts at once."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _check_jobs(item, f"{path}[{index}]", at_once, depth + 1)
    if not isinstance(value, dict):
        return
    name = next((key for key in _LIMITS if isinstance(value.get(key), dict)), _LIMITS[0])
    limits = value.get(name)
    trials = number_of(limits.get("maxConcurrentTrials")) if isinstance(limits, dict) else None
    at_once = max(at_once, trials or 1)
    resources = value.get("resources")
    if isinstance(resources, dict):
        count, kind = number_of(resources.get("instanceCount")), resources.get("instanceType")
        most = _MOST_WITH_GPUS if isinstance(kind, str) and is_accelerated(kind) else _MOST_MACHINES
        if (count or 1) * at_once > most:
            text = f"{path}.resources starts {(count or 1) * at_once:,.0f} machines, more than {most}"
            yield failed(text, f"{path}.resources")
    elif at_once > _MOST_MACHINES and trials:
        yield failed(
            f"{path}.{name} starts {at_once:,.0f} trials at once, more than {_MOST_MACHINES}", f"{path}.{name}"
        )
    for key, item in value.items():
        if key not in ("resources", *_LIMITS):
            yield from _check_jobs(item, f"{path}.{key}", at_once, depth + 1)


def _check_pauses(resource: Resource) -> Iterator[Outcome]:
    definition = from_json(resource.get("definition"))
    triggers = definition.get("triggers") if isinstance(definition, dict) else None
    for name, trigger in triggers.items() if isinstance(triggers, dict) else ():
        recurrence = trigger.get("recurrence") if isinstance(trigger, dict) else None
        if not isinstance(recurrence, dict) or str(recurrence.get("frequency")).lower() != "second":
            continue
        interval = number_of(recurrence.get("interval"))
        if interval is not None and interval < _SHORTEST and str(resource.get("state")).lower() != "disabled":
            path = f"definition.triggers.{name}.recurrence"
            yield failed(f"{path} starts a run each {interval:,.0f} seconds, less than {_SHORTEST}", path)


_CHANGES = lazy_regex(
    r"\b(?:activity|variables|pipeline|item|dataset|linkedService|trigger\w{0,20}|utcNow|rand|guid)\s{0,9}\(",
    re.IGNORECASE,
)
"""What an expression may read that is not the same in each turn of a loop (MicrosoftDocs/azure-docs 0319d6aa
articles/data-factory/control-flow-expression-language-functions.md, read 2026-12-02)."""
_IS_TRUE = lazy_regex(r"\s{0,9}@?\s{0,9}(?:true|bool\(\s{0,9}'?(?:1|true)'?\s{0,9}\))\s{0,9}", re.IGNORECASE)


def _check_loops(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each loop of a pipeline whose condition is the same in every turn: only its time-out ends
    it, after days (pulumi-azure-native 3.29.0, UntilActivity, whose time-out is seven days if none is stated), and each
    of its activities is charged in every turn."""
    for path, activity in _activities(resource.get("activities"), "activities"):
        expression = activity.get("expression")
        text = expression.get("value") if isinstance(expression, dict) else expression
        is_loop = str(activity.get("type")).lower() == "until" and isinstance(text, str)
        if is_loop and not _CHANGES.search(str(text)) and not _IS_TRUE.fullmatch(str(text)):
            yield failed(f"{path}.expression never changes, so that the loop does not end", f"{path}.expression")


def _activities(value: Plain, path: str, depth: int = 0) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the activities of a pipeline with their paths, those inside of others too."""
    if isinstance(value, list) and depth < _DEEPEST:
        for index, item in enumerate(value):
            yield from _activities(item, f"{path}[{index}]", depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        if "type" in value:
            yield path, value
        for key, item in value.items():
            if key.lower().endswith(("activities", "cases")):
                yield from _activities(item, f"{path}.{key}", depth + 1)
