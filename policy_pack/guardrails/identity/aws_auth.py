"""Access to EKS clusters by the ConfigMap `aws-auth`: which identities it maps, and to which groups."""

from collections.abc import Collection, Iterator
from functools import partial

import yaml

from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Plain, items_of
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.aws_accounts import owner_of
from ..readers.kubernetes_objects import ObjectPart, each_object

_MAPPED = {"mapRoles": "rolearn", "mapUsers": "userarn"}
"""Key of `aws-auth` -> key of the ARN in its entries."""
_NODE_GROUPS = frozenset({"system:bootstrappers", "system:nodes", "eks:kube-proxy-windows"})
"""Groups of nodes (EKS User Guide, node roles in `aws-auth`, 2026-11)."""


_LONGEST_TEXT = 65_536
"""Characters of a key of `aws-auth` that are read; longer ones are refused."""


def _entries(text: Plain) -> Plain:
    """Returns the list in a key of `aws-auth`; None if it cannot be read."""
    if not isinstance(text, str):
        return UNKNOWN if text is UNKNOWN else []
    try:
        return (yaml.safe_load(text) or []) if len(text) <= _LONGEST_TEXT else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _problem_of_mapping(entry: Plain, arn_key: str, trusted: Collection[str]) -> str:
    """Returns why an identity must not be mapped; empty if it may be."""
    arn = entry.get(arn_key) if isinstance(entry, dict) else None
    groups = (entry.get("groups") or []) if isinstance(entry, dict) else None
    if not isinstance(arn, str) or not isinstance(groups, list) or not all(isinstance(item, str) for item in groups):
        return f"is not a mapping with {arn_key} and a list of groups"
    system = [group for group in groups if str(group).startswith("system:") and group not in _NODE_GROUPS]
    if system:
        return f"adds an identity to {system[0]}"
    account = owner_of(arn)
    return "" if account in trusted else f"is of account {account or arn}, which identity.trusted does not list"


def _check_config_map(trusted: Collection[str], item: ObjectPart) -> Iterator[Outcome]:
    if item.child("metadata").get("name") != "aws-auth":
        return
    data = item.child("data")
    for key, arn_key in _MAPPED.items():
        path, entries = data.path_to(key), _entries(data.data.get(key))
        if entries is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
            continue
        if not isinstance(entries, list):
            yield failed(f"{path} is not a list of mappings", path)
            continue
        for index, entry in enumerate(entries):
            text = _problem_of_mapping(entry, arn_key, trusted)
            yield failed(f"{path}[{index}] {text}", path) if text else passed()
    mapped = _entries(data.data.get("mapAccounts"))
    for account in items_of(mapped):
        path = data.path_to("mapAccounts")
        yield failed(f"{path} gives every identity of account {account} a user in the cluster", path)


_STRANGERS = "an identity of another account is not in this account's reviews, and its owner decides who uses it"


def mapping_guardrails(trusted: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrail of `aws-auth`; `trusted` are the accounts that the settings list."""
    return (
        identity_rule(307, Severity.CRITICAL,
                      "aws-auth maps identities of listed accounts, and none to a group that bypasses authorization",
                      _STRANGERS,
                      "Use access entries (aws.eks.AccessEntry) instead of aws-auth; otherwise map roles of accounts "
                      "under identity.trusted in enforcement.yaml to groups of your own, which bindings name",
                      predicate=each_object(partial(_check_config_map, trusted), "ConfigMap"),
                      types=("kubernetes:core/",)),
    )  # fmt: skip
