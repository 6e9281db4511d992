"""Workflows of Azure that ask somebody, and go on whatever the answer is.

An approval ends as Succeeded with the option that was chosen, a refusal among them, and as TimedOut or Failed when
nobody answered: the step after it runs in the states that it names, and only a condition on the answer tells them apart
(Azure Logic Apps, "Handle errors and exceptions in Azure Logic Apps", run after, and the connector of Office 365, "Send
approval email", SelectedOption, as known; a condition on SelectedOption after Succeeded alone, in public programs with
/approvalmail/, found as a string on 2026-12-02). A mail with options and a card in Teams wait for an answer too, on the
paths below (code that is generated from the connectors' definitions, found as strings on 2026-12-03); they ask for an
approval if one of their texts names one. A pipeline of Data Factory waits by an activity of the type WebHook,
after which Completed is success and failure (MicrosoftDocs/azure-docs 02512778
articles/data-factory/concepts-pipelines-activities.md, "Activity dependency", read 2026-12-02).
"""

import json
import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, from_json
from ..engine.verdicts import Outcome, failed
from ..readers.workflow_steps import NEUTRAL, WORKFLOWS, Step, groups_of_steps
from .self_approvals import APPROVAL

_WAITS = frozenset({"apiconnectionwebhook", "httpwebhook", "webhook"})
_CONDITIONS = frozenset({"if", "switch", "ifcondition"})
_MAIL = lazy_regex(r"/approvalmail/|/approvals?/", re.IGNORECASE)
_QUESTION = lazy_regex(
    r"/mailwithoptions/|/flowbot/actions/(?:flowcontinuation|messagewithoptions)/|/teams/conversation/gatherinput/",
    re.IGNORECASE,
)
_CHOICE = lazy_regex(r"approv|reject|declin", re.IGNORECASE)
_DONE, _UNANSWERED, _ANY = "succeeded", frozenset({"timedout", "failed", "skipped"}), "completed"
_LONGEST = 200_000


def check_unheeded_approvals(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step that runs after an approval, whatever somebody answered."""
    found = [(group, approvals) for group in groups_of_steps(resource)
             if (approvals := [step for step in group.values() if _asks(step) or _has_inside(step)])]  # fmt: skip
    text = _definition(resource) if found else ""
    for group, approvals in found:
        unread = [step for step in approvals if _is_mail(step) and not _is_read(step, text)]
        for step in _run_anyway(group, approvals) + _run_after(group, unread):
            yield failed(f"{step.path} runs whatever somebody answers, or nobody: make it a branch of a condition on "
                         "the answer, after Succeeded alone", step.path)  # fmt: skip


def _definition(resource: Resource) -> str:
    given = from_json(resource.get("definition")) if resource.type in WORKFLOWS else resource.get("activities")
    return json.dumps(given, default=str)[:_LONGEST].lower()


def _is_mail(step: Step) -> bool:
    inputs = step.props.get("inputs")
    path = str(inputs.get("path") if isinstance(inputs, Mapping) else "")[:_LONGEST]
    if _QUESTION.search(path):
        return _CHOICE.search(str(inputs)[:_LONGEST]) is not None
    return _MAIL.search(path) is not None


def _asks(step: Step) -> bool:
    return step.kind in _WAITS and (_is_mail(step) or APPROVAL.search(step.name[:_LONGEST]) is not None)


def _has_inside(step: Step) -> bool:
    """Returns whether a scope has an approval among its actions."""
    actions = step.props.get("actions") if step.kind == "scope" else None
    stated = actions.items() if isinstance(actions, dict) else ()
    return any(_asks(Step(name, "", item, {})) for name, item in stated if isinstance(item, dict))


def _run_anyway(group: Mapping[str, Step], approvals: list[Step]) -> list[Step]:
    """Returns the steps that run with an answer and without one, also after steps that only keep it."""
    found: list[Step] = []
    kept = {step.name.lower() for step in approvals}
    neutral: set[str] = set()
    for _ in group:
        before = len(neutral)
        for step in group.values():
            anyway = any(_is_anyway(step.after[name]) for name in kept.intersection(step.after))
            if step.kind in NEUTRAL and (anyway or not neutral.isdisjoint(step.after)):
                neutral.add(step.name.lower())
            elif step.kind not in _CONDITIONS and step not in found and (anyway or not neutral.isdisjoint(step.after)):
                found.append(step)
        if len(neutral) == before:
            break
    return found


def _run_after(group: Mapping[str, Step], unread: list[Step]) -> list[Step]:
    names = {step.name.lower() for step in unread}
    return [step for step in group.values() if any(_DONE in step.after[name] for name in names.intersection(step.after))
            and step.kind not in NEUTRAL and not _is_anyway(frozenset[str]().union(*step.after.values()))]  # fmt: skip


def _is_anyway(states: frozenset[str]) -> bool:
    return _ANY in states or (_DONE in states and not states.isdisjoint(_UNANSWERED))


def _is_read(approval: Step, text: str) -> bool:
    """Returns whether some step reads the answer, perhaps among all results."""
    name = re.escape(json.dumps(approval.name.lower())[1:-1])
    return re.search(rf"\b(?:body|outputs|actions|result)\s{{0,9}}\(\s{{0,9}}'{name}'", text) is not None
