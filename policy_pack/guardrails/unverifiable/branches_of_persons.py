"""Workflows on alerts that do nothing about one person.

A condition on a mail whose branch for that person only ends the run, or does nothing outside of it, while the others
are looked after (Azure Logic Apps, "Schema reference for Workflow Definition Language", If and Terminate; triggers of
Microsoft Sentinel and Defender in public programs, read 2026-12-02). Other workflows may answer their own senders.
"""

import json
import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json, leaves
from ..engine.verdicts import Outcome, failed
from ..readers.workflow_steps import NEUTRAL, WORKFLOWS, groups_of_steps

_OF_ALERTS = lazy_regex(
    r"azuresentinel|microsoftsentinel|securitycenter|ascalert|wdatp|microsoftgraphsecurity|/incident-creation"
    r"|azuremonitorcommonalertschema|alertdisplayname|alertrule|monitoringservice",
    re.IGNORECASE,
)
_MAIL = lazy_regex(
    r"(?:^|['\"])\s{0,9}[\w.+-]{1,64}@[a-z0-9-]{1,63}\.[a-z][\w.-]{0,99}\s{0,9}(?:$|['\"])", re.IGNORECASE
)
_DENIED = lazy_regex(r"\bnot\s{0,9}\(", re.IGNORECASE)
_LONGEST, _DEEPEST = 200_000, 24


def check_branches_of_persons(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each condition by which a workflow on alerts leaves out a person."""
    if resource.type not in WORKFLOWS:
        return
    definition = from_json(resource.get("definition"))
    if not isinstance(definition, dict) or not _OF_ALERTS.search(json.dumps(definition, default=str)[:_LONGEST]):
        return
    for step in (step for group in groups_of_steps(resource) for step in group.values()):
        if any(_does_nothing(branch) for branch in _branches(step.kind, step.props)):
            yield failed(f"{step.path} ends what is done about an alert if it is about one person", step.path)
    for path, _, text in leaves(definition.get("triggers"), "definition.triggers"):
        if ".conditions" in path and isinstance(text, str) and _MAIL.search(text) and _DENIED.search(text):
            yield failed(f"{path} starts nothing if an alert is about one person", path)


def _branches(kind: str, props: Mapping[str, Plain]) -> Iterator[Plain]:
    """Yields the actions for a person that a condition names."""
    expression, others = props.get("expression"), props.get("else")
    if kind == "switch":
        cases = props.get("cases")
        yield from (case.get("actions") for case in (cases.values() if isinstance(cases, dict) else ())
                    if isinstance(case, dict) and _names_person(case.get("case")))  # fmt: skip
    elif kind == "if" and _names_person(expression):
        is_denied = _is_denied(expression) or bool(_DENIED.search(json.dumps(expression, default=str)[:_LONGEST]))
        yield (others.get("actions") if isinstance(others, dict) else {}) if is_denied else props.get("actions")


def _names_person(value: Plain) -> bool:
    return any(isinstance(text, str) and _MAIL.search(text[:_LONGEST]) for _, _, text in leaves(value))


def _is_denied(value: Plain, depth: int = 0) -> bool:
    """Returns whether a condition holds `not` around what names a person."""
    if isinstance(value, list):
        return any(_is_denied(item, depth + 1) for item in value) if depth < _DEEPEST else False
    if not isinstance(value, dict) or depth > _DEEPEST:
        return False
    return any((key.lower() == "not" and _names_person(item)) or _is_denied(item, depth + 1)
               for key, item in value.items())  # fmt: skip


def _does_nothing(actions: Plain) -> bool:
    """Returns whether actions change nothing outside of the run: there are none, or they only end it."""
    stated = actions.values() if isinstance(actions, dict) else ()
    return all(isinstance(item, dict) and str(item.get("type")).lower() in NEUTRAL for item in stated)
