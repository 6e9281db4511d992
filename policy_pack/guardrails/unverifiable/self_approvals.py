"""Approvals that nobody gives: a step that waits for a person, and goes on by itself when nobody answers.

A template `suspend` of Argo Workflows waits until somebody resumes it, and with a `duration` no longer than that
(argoproj/argo-workflows, docs/walk-through/suspending.md, where the step of that kind is called `delay`; read
2026-12-02). A task of AWS Step Functions that ends in `.waitForTaskToken` waits for who has the token; where `Catch`
leads a timeout to the state that follows an answer, both are the same (Amazon States Language, "Errors" and
"Fallback states", as known). A delay has no such name, and a timeout may lead to a refusal.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, items_of, texts_in
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.argo_workflows import specs_of_workflows
from ..readers.kubernetes_objects import ObjectPart
from ..readers.states_language import states_of

_MACHINE = aws("sfn/StateMachine")
APPROVAL = lazy_regex(r"approv|confirm|sign-?off|review|authori[sz]e|four-?eyes|consent|judge?ment", re.IGNORECASE)
"""Words with which the name of a step says that somebody decides."""
_TIMEOUTS = frozenset({"States.Timeout", "States.HeartbeatTimeout", "States.ALL"})
_WAITS = ".waitForTaskToken"


def check_self_approvals(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step that waits for an approval and goes on without one."""
    if resource.type in _MACHINE:
        for name, state in states_of(resource):
            if str(state.get("Resource")).endswith(_WAITS) and _is_approval(name) and _goes_on(state):
                text = f"state {name} waits for an approval, and after a time goes on as if it had one"
                yield failed(f"definition: {text}", "definition")
    for spec in specs_of_workflows(resource):
        yield from _of_workflow(spec)


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
