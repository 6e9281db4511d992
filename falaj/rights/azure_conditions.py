"""The condition under which the deploying role is assigned on Azure, and its evaluation.

Format: https://learn.microsoft.com/azure/role-based-access-control/conditions-format, and the examples of
https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples (2026-11-26).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from falaj.components.core.site.azure_role_ids import Role, custom_role_id
from falaj.finops.plan import Plan, Planned

ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
_ASSIGNMENT, _DEFINITION = "azure-native:authorization:RoleAssignment", "azure-native:authorization:RoleDefinition"


@dataclass(frozen=True)
class Assignable:
    """What the deploying identity may assign: roles by GUID, and kinds of principals."""

    roles: tuple[str, ...]
    principals: tuple[str, ...]

    @classmethod
    def of(cls, plan: Plan, subscription: str) -> "Assignable":
        """Returns the built-in roles that the components assign, and the custom roles and principals of a plan."""
        custom = (_custom_id(item, subscription) for item in plan.resources if item.type == _DEFINITION)
        stated = (item.props.get("principalType") for item in plan.resources if item.type == _ASSIGNMENT)
        return cls(
            (*sorted(role.value for role in Role), *sorted(custom)),
            tuple(sorted({kind for kind in stated if isinstance(kind, str)} or {"ServicePrincipal"})),
        )

    def condition(self) -> str:
        """Returns the condition: it restricts role assignments that are made, and those that are deleted."""
        return " AND ".join(
            f"((!(ActionMatches{{'{ASSIGNMENTS}/{verb}'}})) OR "
            f"(@{source}[{ASSIGNMENTS}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{', '.join(self.roles)}}} AND "
            f"@{source}[{ASSIGNMENTS}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase "
            f"{{{', '.join(repr(kind) for kind in self.principals)}}}))"
            for verb, source in (("write", "Request"), ("delete", "Resource"))
        )


def _custom_id(item: Planned, subscription: str) -> str:
    stack, project = item.urn.split("::")[:2]
    return custom_role_id(subscription, project, stack.rpartition(":")[2], item.name)


_TOKEN = re.compile(
    r"\s*(?:(?P<action>ActionMatches)\{'(?P<pattern>[^']+)'\}"
    r"|@(?P<source>Request|Resource)\[(?P<attribute>[^\]]+)\]\s+(?P<operator>[\w:]+)\s+\{(?P<values>[^}]*)\}"
    r"|(?P<word>AND|OR|!|\(|\)))"
)


def evaluate(condition: str, action: str, attributes: Mapping[str, str]) -> bool:
    """Returns whether a condition holds for an action with these attributes, such as `Request:RoleDefinitionId`.

    Raises `ValueError` for what this evaluation does not know.
    """
    tokens = _tokens(condition)
    result = _or(tokens, action, attributes)
    if tokens:
        raise ValueError(f"unexpected: {tokens[0][0]}")
    return result


def _tokens(condition: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    position = 0
    while position < len(condition.rstrip()):
        token = _TOKEN.match(condition, position)
        if token is None:
            raise ValueError(f"unexpected: {condition[position : position + 40]}")
        found.append(token)
        position = token.end()
    return found


def _or(tokens: list[re.Match[str]], action: str, attributes: Mapping[str, str]) -> bool:
    result = _and(tokens, action, attributes)
    while tokens and tokens[0]["word"] == "OR":
        tokens.pop(0)
        result = _and(tokens, action, attributes) or result
    return result


def _and(tokens: list[re.Match[str]], action: str, attributes: Mapping[str, str]) -> bool:
    result = _term(tokens, action, attributes)
    while tokens and tokens[0]["word"] == "AND":
        tokens.pop(0)
        result = _term(tokens, action, attributes) and result
    return result


def _term(tokens: list[re.Match[str]], action: str, attributes: Mapping[str, str]) -> bool:
    token = tokens.pop(0)
    if token["word"] == "!":
        return not _term(tokens, action, attributes)
    if token["word"] == "(":
        result = _or(tokens, action, attributes)
        if tokens.pop(0)["word"] != ")":
            raise ValueError("a parenthesis is not closed")
        return result
    if token["action"]:
        return token["pattern"].lower() == action.lower()
    if token["attribute"] is None:
        raise ValueError(f"unexpected: {token[0]}")
    given = attributes.get(f"{token['source']}:{token['attribute'].rpartition(':')[2]}")
    return _compare(token["operator"], given, [value.strip().strip("'") for value in token["values"].split(",")])


def _compare(operator: str, given: str | None, values: Iterable[str]) -> bool:
    if operator not in ("ForAnyOfAnyValues:GuidEquals", "ForAnyOfAnyValues:StringEqualsIgnoreCase"):
        raise ValueError(f"unknown operator: {operator}")
    return given is not None and given.lower() in [value.lower() for value in values]
