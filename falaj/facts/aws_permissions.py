"""Permissions that the deployment of each resource type needs.

On AWS they come from three places: CloudFormation's resource schemas list the permissions of each handler
(`aws_handlers.csv`); `aws_provider_calls.csv` lists what Pulumi's provider, which is built on terraform-provider-aws,
calls in addition; the service authorization reference says on which resources an action can be allowed
(`aws_actions.csv`, `aws_resources.csv`). `sources.csv` has the versions of the generated tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from falaj.facts.rows import Row, rows

OPERATIONS = ("create", "read", "update", "delete")
"""What an engine does with a resource."""

_FOLDER = "permissions"
_TYPE_COLUMNS = ("type", "resource", "cloudformation", "omit")


@dataclass(frozen=True, slots=True)
class AwsType:
    """A type of Pulumi's AWS provider, its kind of resource in IAM and its CloudFormation type (each may be "").

    `omit` has wildcards for actions of that type's handlers that it never uses: what other Pulumi types manage, or what
    no argument of the components asks for.
    """

    type: str
    resource: str
    cloudformation: str
    omit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderCall:
    """Actions that the provider needs for an operation, if a property is set (`condition`; `!name`: if it is not)."""

    type: str
    operation: str
    actions: tuple[str, ...]
    condition: str
    source: str


@dataclass(frozen=True, slots=True)
class AwsAction:
    """An IAM action: the resource kinds that it requires, those that it may name, and those whose tags can be a
    condition of it."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    tagged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassedRole:
    """A property by which a role is passed to a service."""

    type: str
    property: str
    service: str


@dataclass(frozen=True, slots=True)
class ServiceRole:
    """A service-linked role that AWS makes when the first resource of a type is created in an account."""

    type: str
    service: str


@dataclass(frozen=True, slots=True)
class Invoke:
    """A function of the provider that the components call, and the actions that it needs.

    `operation` is `read` if every preview calls it, `create` if only an update does. It is called where a type
    (`planned`, "" for any) is planned and, with `unplanned`, no resource of that type by the same provider.
    """

    function: str
    operation: str
    actions: tuple[str, ...]
    planned: str
    unplanned: str


def _rows(file: str, *columns: str) -> Iterator[Row]:
    return rows(f"{_FOLDER}/{file}", columns, columns)


@cache
def types() -> Mapping[str, AwsType]:
    """Returns the types of the AWS provider that the components create, by token."""
    found = (row.cells for row in rows(f"{_FOLDER}/aws_types.csv", ("type",), _TYPE_COLUMNS))
    return {
        cells["type"]: AwsType(cells["type"], cells["resource"], cells["cloudformation"], tuple(cells["omit"].split()))
        for cells in found
    }


@cache
def provider_calls() -> tuple[ProviderCall, ...]:
    """Returns what the provider calls in addition to the handlers of CloudFormation."""
    found = (
        row.cells for row in _rows("aws_provider_calls.csv", "type", "operation", "actions", "condition", "source")
    )
    return tuple(
        ProviderCall(
            cells["type"], cells["operation"], tuple(cells["actions"].split()), cells["condition"], cells["source"]
        )
        for cells in found
    )


@cache
def handlers() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Returns (CloudFormation type, operation) -> actions."""
    found = (row.cells for row in _rows("aws_handlers.csv", "cloudformation", "operation", "actions"))
    return {(cells["cloudformation"], cells["operation"]): tuple(cells["actions"].split()) for cells in found}


@cache
def actions() -> Mapping[str, AwsAction]:
    """Returns every action of the other tables, by name."""
    result: dict[str, AwsAction] = {}
    for row in _rows("aws_actions.csv", "action", "resources", "tagged"):
        kinds = row.cells["resources"].split()
        result[row.cells["action"]] = AwsAction(
            row.cells["action"],
            tuple(kind for kind in kinds if not kind.endswith("?")),
            tuple(kind[:-1] for kind in kinds if kind.endswith("?")),
            tuple(row.cells["tagged"].split()),
        )
    return result


@cache
def arn_formats() -> Mapping[str, str]:
    """Returns the ARN format of each resource kind, such as `eks:cluster`, with variables like `${ClusterName}`."""
    return {row.cells["resource"]: row.cells["arn"] for row in _rows("aws_resources.csv", "resource", "arn")}


@cache
def passed_roles() -> tuple[PassedRole, ...]:
    """Returns the properties by which roles are passed to services."""
    found = (row.cells for row in _rows("aws_passed_roles.csv", "type", "property", "service", "source"))
    return tuple(PassedRole(cells["type"], cells["property"], cells["service"]) for cells in found)


@cache
def service_roles() -> tuple[ServiceRole, ...]:
    """Returns the service-linked roles of the types."""
    found = (row.cells for row in _rows("aws_service_roles.csv", "type", "service", "source"))
    return tuple(ServiceRole(cells["type"], cells["service"]) for cells in found)


@cache
def invokes() -> Mapping[str, Invoke]:
    """Returns the functions of the provider that the components call, by token."""
    columns = ("function", "operation", "actions", "planned", "unplanned", "source")
    found = (row.cells for row in rows(f"{_FOLDER}/aws_invokes.csv", ("function",), columns))
    return {
        cells["function"]: Invoke(
            cells["function"],
            cells["operation"],
            tuple(cells["actions"].split()),
            cells["planned"],
            cells["unplanned"],
        )
        for cells in found
    }
