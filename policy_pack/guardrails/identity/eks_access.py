"""Access to EKS clusters: which AWS accounts have it, by access entry or by the ConfigMap `aws-auth`.

Property names checked against pulumi-aws 7.51.1 on 2026-11-27 (a test repeats it).
"""

import re
from collections.abc import Iterator
from functools import partial

import yaml

from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, walk
from ..engine.rows import Guardrail, Severity, aws
from ..engine.settings import IdentitySettings
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart, each_object

_ENTRIES = aws("eks/AccessEntry", "eks/AccessPolicyAssociation")
_ACCOUNT_OF_ARN = re.compile(r"arn:[^:]*:(?:iam|sts)::(\d{12}):", re.IGNORECASE)


def _foreign_account(arn: str, accounts: frozenset[str]) -> str:
    """Returns the account of an ARN if it is not one of `accounts`; the whole text if it names no account."""
    match = _ACCOUNT_OF_ARN.match(arn.strip())
    account = match[1] if match else arn
    return "" if account in accounts else account


def _own_account(provider: Resource | None) -> str:
    """Returns the account that a provider deploys to, if it says so: that of the last role that it assumes, or the only
    one that it allows. Empty if it does not."""
    if provider is None:
        return ""
    roles = [arn for _, arn in walk(provider.props, "assumeRoles[*].roleArn") if arn is not MISSING]
    if roles:
        match = _ACCOUNT_OF_ARN.match(str(roles[-1]))
        return match[1] if match else ""
    allowed = from_json(provider.get("allowedAccountIds"))
    return str(allowed[0]) if isinstance(allowed, list) and len(allowed) == 1 else ""


def _check_entry(accounts: frozenset[str], resource: Resource) -> Iterator[Outcome]:
    arn = resource.get("principalArn")
    if arn is UNKNOWN:
        yield passed()  # a role or user of this program, whose account is the provider's
    elif isinstance(arn, str):
        account = _foreign_account(arn, accounts | {_own_account(resource.provider)})
        text = f"principalArn is of account {account}, which identity.trusted does not list"
        yield failed(text, "principalArn") if account else passed()


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


def _problem_of_mapping(entry: Plain, arn_key: str, accounts: frozenset[str]) -> str:
    """Returns why an identity must not be mapped; empty if it may be."""
    arn = entry.get(arn_key) if isinstance(entry, dict) else None
    groups = (entry.get("groups") or []) if isinstance(entry, dict) else None
    if not isinstance(arn, str) or not isinstance(groups, list) or not all(isinstance(item, str) for item in groups):
        return f"is not a mapping with {arn_key} and a list of groups"
    system = [group for group in groups if str(group).startswith("system:") and group not in _NODE_GROUPS]
    if system:
        return f"adds an identity to {system[0]}"
    account = _foreign_account(arn, accounts)
    return f"is of account {account}, which identity.trusted does not list" if account else ""


def _check_config_map(accounts: frozenset[str], item: ObjectPart) -> Iterator[Outcome]:
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
            text = _problem_of_mapping(entry, arn_key, accounts)
            yield failed(f"{path}[{index}] {text}", path) if text else passed()
    mapped = _entries(data.data.get("mapAccounts"))
    for account in mapped if isinstance(mapped, list) else []:
        path = data.path_to("mapAccounts")
        yield failed(f"{path} gives every identity of account {account} a user in the cluster", path)


_STRANGERS = "an identity of another account is not in this account's reviews, and its owner decides who uses it"
_REMEDY = (
    "Set principal_arn to a role of your own account, and list your accounts, and those of partners with the reason, "
    "under identity.trusted in enforcement.yaml"
)


def eks_guardrails(settings: IdentitySettings) -> tuple[Guardrail, ...]:
    """Returns the guardrails of access to EKS clusters. The settings list the accounts whose identities may have it."""
    accounts = frozenset(settings.trusted)
    return (
        identity_rule(117, Severity.CRITICAL, "Only identities of listed accounts have access to EKS clusters",
                      _STRANGERS, _REMEDY, predicate=partial(_check_entry, accounts), types=_ENTRIES),
        identity_rule(307, Severity.CRITICAL,
                      "aws-auth maps identities of listed accounts, and none to a group that bypasses authorization",
                      _STRANGERS,
                      "Use access entries (aws.eks.AccessEntry) instead of aws-auth; otherwise map roles of accounts "
                      "under identity.trusted in enforcement.yaml to groups of your own, which bindings name",
                      predicate=each_object(partial(_check_config_map, accounts), "ConfigMap"),
                      types=("kubernetes:core/",)),
    )  # fmt: skip
