"""Experiments of Azure Chaos Studio and AWS Fault Injection Service: faults that change rules or run programs.

Faults of Chaos Studio are an allow-list: those that stop, stress or fail over a resource. Names of faults and actions
are judged by what is known of both services, not read in their references.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, items_of, one_or_many, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from .machine_documents import judge_document

_HARMLESS_FAULT = lazy_regex(
    r"urn:csci:(?:microsoft:(?:agent:\w+|\w+ChaosMesh:\w+|chaosStudio:\w+"
    r"|\w+:(?:shutdown|restart|redeploy|stop|reboot|failover|denyAccess)))/[\d.]+",
    re.IGNORECASE,
)
_SECURITY_RULE = lazy_regex(r"urn:csci:microsoft:networkSecurityGroup:securityRule/[\d.]+", re.IGNORECASE)
_INJECTION = "aws:eks:inject-kubernetes-custom-resource"


def _actions(resource: Resource, path: str) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the actions of an experiment with their paths."""
    for list_path, value in walk(resource.props, path):
        for index, action in enumerate(one_or_many(value)):
            yield f"{list_path}[{index}]", action if isinstance(action, dict) else {}


def _parameters(action: dict[str, Plain]) -> dict[str, Plain]:
    """Returns the parameters of an action, which are a list of keys and values."""
    items = action.get("parameters")
    return {
        str(item.get("key")): item.get("value") for item in items_of(items)
        if isinstance(item, dict)
    }  # fmt: skip


def _chaos_studio(resource: Resource) -> Iterator[Outcome]:
    for path, action in _actions(resource, "properties?.steps[*].branches[*].actions?"):
        name = str(action.get("name"))
        denies = _SECURITY_RULE.fullmatch(name) and _parameters(action).get("action") == "Deny"
        if denies or action.get("type") == "delay" or _HARMLESS_FAULT.fullmatch(name):
            yield passed()
        else:
            yield failed(f"{path}: the fault {name} changes resources in a way that no guardrail sees", path)


def _fault_injection(resource: Resource) -> Iterator[Outcome]:
    for path, action in _actions(resource, "actions?"):
        if action.get("actionId") == _INJECTION:
            yield failed(f"{path} creates an object of any kind in a cluster", path)
        parameters = _parameters(action)
        if "documentArn" in parameters:
            yield judge_document(f"{path}.parameters", parameters["documentArn"])


EXPERIMENT_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(azure("chaos:Experiment"), _chaos_studio),
    **dict.fromkeys(aws("fis/ExperimentTemplate"), _fault_injection),
}
"""Type -> what judges its faults."""
