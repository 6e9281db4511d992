"""Approvals that nobody gives: a step that waits for a person, and goes on by itself when nobody answers.

A template `suspend` of Argo Workflows waits until somebody resumes it, and with a `duration` no longer than that
(argoproj/argo-workflows, docs/walk-through/suspending.md, where the step of that kind is called `delay`; read
2026-12-02). A task of AWS Step Functions that ends in `.waitForTaskToken` waits for who has the token; where `Catch`
leads a timeout to the state that follows an answer, both are the same (awsdocs/aws-step-functions-developer-guide
13e25b71 doc_source/concepts-error-handling.md, read 2026-12-02). A delay has no such name, and a timeout may lead to a
refusal. A choice whose every branch leads to one state decides nothing. Of a pipeline of SageMaker the steps of
`IfSteps` run where the conditions are met and those of `ElseSteps` where they are not (its SDK, ConditionStep, read
2026-12-02); a version that a step registers as Approved is one that may be deployed (Amazon SageMaker API,
ModelPackageSummary, ModelApprovalStatus, read 2026-12-02; that approved ones are deployed, as known). Workflows of
Azure are in `unheeded_approvals`.
"""

import re
from collections.abc import Collection, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, from_json, items_of, leaves, texts_in
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.argo_workflows import specs_of_workflows
from ..readers.kubernetes_objects import ObjectPart
from ..readers.states_language import states_of

_MACHINE, _PIPELINE = aws("sfn/StateMachine"), aws("sagemaker/Pipeline")
APPROVAL = lazy_regex(r"approv|confirm|sign-?off|review|authori[sz]e|four-?eyes|consent|judge?ment", re.IGNORECASE)
"""Words with which the name of a step says that somebody decides."""
_TIMEOUTS = frozenset({"States.Timeout", "States.HeartbeatTimeout", "States.ALL"})
_WAITS = ".waitForTaskToken"
_STATUS, _APPROVED = "ModelApprovalStatus", "Approved"


def check_self_approvals(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step that waits for an approval and goes on without one."""
    if resource.type in _MACHINE:
        for name, state in states_of(resource):
            if str(state.get("Resource")).endswith(_WAITS) and _is_approval(name) and _goes_on(state):
                text = f"state {name} waits for an approval, and after a time goes on as if it had one"
                yield failed(f"definition: {text}", "definition")
            elif _decides_nothing(name, state):
                yield failed(f"definition: each branch of {name} goes on as if it had an approval", "definition")
    elif resource.type in _PIPELINE:
        yield from _of_models(resource)
    for spec in specs_of_workflows(resource):
        yield from _of_workflow(spec)


def _of_models(pipeline: Resource) -> Iterator[Outcome]:
    """Yields a failure for each condition of a pipeline whose both branches approve a model."""
    definition = from_json(pipeline.get("pipelineDefinition"))
    parameters = items_of(definition.get("Parameters")) if isinstance(definition, dict) else ()
    given = {f"Parameters.{item.get('Name')}" for item in parameters
             if isinstance(item, dict) and item.get("DefaultValue") == _APPROVED}  # fmt: skip
    for step in items_of(definition.get("Steps")) if isinstance(definition, dict) else ():
        branches = step.get("Arguments") if isinstance(step, dict) and step.get("Type") == "Condition" else None
        if isinstance(branches, dict) and all(_approves(branches.get(key), given) for key in ("IfSteps", "ElseSteps")):
            name = step.get("Name") if isinstance(step, dict) else ""
            text = f"both branches of {name} approve the model, so that its evaluation decides nothing"
            yield failed(f"pipelineDefinition: {text}", "pipelineDefinition")


def _approves(steps: Plain, given: Collection[str]) -> bool:
    """Returns whether steps register an approved version, by a text or by a parameter that is this one by default."""
    return any(
        (key == _STATUS and value == _APPROVED) or (path.endswith(f"{_STATUS}.Get") and value in given)
        for path, key, value in leaves(steps)
    )


def _decides_nothing(name: str, state: dict[str, Plain]) -> bool:
    """Returns whether a choice about an approval leads to the same state whatever the answer is."""
    choices = [item for item in items_of(state.get("Choices")) if isinstance(item, dict)]
    ways = {str(item.get("Next")) for item in (*choices, {"Next": state.get("Default")})}
    asked = (value for item in choices for _, key, value in leaves(item) if key in ("Variable", "Condition"))
    return bool(choices) and len(ways) == 1 and any(map(_is_approval, (name, *asked)))


def _of_workflow(spec: ObjectPart) -> Iterator[Outcome]:
    for template in spec.children("templates"):
        wait = template.child("suspend")
        if wait.get("duration") not in (MISSING, None, "") and _is_approval(template.get("name")):
            path = wait.path_to("duration")
            yield failed(f"{path} ends the wait for an approval although nobody has given one", path)


def _is_approval(name: Plain) -> bool:
    return isinstance(name, str) and APPROVAL.search(name[:200]) is not None


def _goes_on(state: dict[str, Plain]) -> bool:
    caught = [item for item in items_of(state.get("Catch")) if isinstance(item, dict)]
    return any(
        item.get("Next") == state.get("Next") and not _TIMEOUTS.isdisjoint(texts_in(item.get("ErrorEquals")))
        for item in caught
    )
