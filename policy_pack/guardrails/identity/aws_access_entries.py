"""Conditions that confine the rights over access entries of EKS: which of the keys of IAM do, and which do not.

Service Authorization Reference, Amazon EKS (a copy, found as a string: `AssociateAccessPolicy` has `eks:policyArn`,
`eks:accessScope`, `eks:namespaces`, and keys of the entry); Amazon EKS User Guide, "Review access policy permissions"
(a policy of the cluster for each scope; those of viewing are like the role `view`, which reads no secrets); botocore
1.44.8, eks, CreateAccessEntryRequest (`type`: entries of nodes get the rights of nodes, and neither groups nor a name)
and AccessScope (`namespaces` are there if the scope is `namespace`); read 2026-11-30. `sso:CreateAccountAssignment` has
no key of its own: only the permission sets and accounts that its resources name limit it.

`eks:principalArn`, `eks:clusterName` and tags say who gets rights, or where, and not which: they confine nothing here.
"""

import re
from collections.abc import Sequence

from ..readers.iam_conditions import StatementCondition, as_text

_ASSOCIATES, _ENTERS = "eks:associateaccesspolicy", frozenset({"eks:createaccessentry", "eks:updateaccessentry"})
_OF_EACH = re.compile(r"forallvalues:string(?:equals(?:ignorecase)?|like)", re.IGNORECASE)
"""Operators by which each of several values must be one of those listed; a request without the key matches."""
_OF_VIEWERS = re.compile(r"arn:aws[\w-]*:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", re.IGNORECASE)
_NAMESPACE = re.compile(
    r"(?!kube-)(?!default$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:(?<=-)\*)?|[a-z][a-z0-9-]{2,61}-\*"
)
"""A namespace, or those with a beginning, which are not the platform's."""
_GROUP = re.compile(r"(?!system:)[\w:./@-]{1,128}", re.IGNORECASE)


def is_confined(action: str, conditions: Sequence[StatementCondition]) -> bool:
    """Returns whether conditions confine what an action (in any case) may give to viewing, to namespaces of teams, or
    to groups that bindings of the cluster name."""
    name = action.strip().lower()
    if name == _ASSOCIATES:
        is_of_namespaces = _is(conditions, "eks:accessscope", re.compile("namespace"))
        return _is(conditions, "eks:policyarn", _OF_VIEWERS) or (
            is_of_namespaces and _is(conditions, "eks:namespaces", _NAMESPACE, each=True)
        )
    return (
        name in _ENTERS
        and _is(conditions, "eks:accessentrytype", re.compile("STANDARD"))
        and (
            _is(conditions, "eks:kubernetesgroups", _GROUP, each=True) or _is_absent(conditions, "eks:kubernetesgroups")
        )
        and (_is(conditions, "eks:username", _GROUP) or _is_absent(conditions, "eks:username"))
    )


def _is(conditions: Sequence[StatementCondition], key: str, wanted: re.Pattern[str], *, each: bool = False) -> bool:
    """Returns whether a condition binds a key to values of a form; `each`: all of several values of a request."""
    return any(
        item.key.lower() == key
        and (_OF_EACH.fullmatch(item.operator) if each else item.is_binding and ":" not in item.operator)
        and bool(item.values)
        and all(wanted.fullmatch(as_text(value)) for value in item.values)
        for item in conditions
    )


def _is_absent(conditions: Sequence[StatementCondition], key: str) -> bool:
    """Returns whether a condition lets through only requests without a key."""
    return any(
        item.key.lower() == key
        and item.operator.lower() == "null"
        and bool(item.values)
        and all(as_text(value).lower() == "true" for value in item.values)
        for item in conditions
    )
