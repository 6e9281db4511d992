"""What the functions of the AWS provider that the components call need, and the requests that they cause.

A plan does not list them: `aws_invokes.csv` says in which plans they are called.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from falaj.facts.aws_permissions import actions, arn_formats, invokes
from falaj.finops.plan import Plan, Planned
from falaj.rights.aws_names import AwsNames
from falaj.rights.aws_needs import READ_ROLE, RequiredAction
from falaj.rights.iam_evaluation import Request

ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry"


def invoke_needs(names: AwsNames, operations: Collection[str], deployer: str | None) -> Iterator[RequiredAction]:
    """Yields what the functions need that a plan's components call. `deployer`: the role that the deployment looks up
    as its own, if the stack does not name it."""
    for invoke in invokes().values():
        if invoke.operation not in operations:
            continue
        for region in sorted(_regions(names, invoke.planned, invoke.unplanned)):
            yield from (need for name in invoke.actions for need in _needed(name, names, region, deployer))


def invoke_requests(token: str, arguments: Mapping[str, Any], region: str, account: str, role: str) -> list[Request]:
    """Returns the requests of a function that a role calls. Raises `KeyError` for a function without facts."""
    context = {"aws:RequestedRegion": region}
    return [
        Request(name, _resource(name, arguments, region, account, role), context) for name in invokes()[token].actions
    ]


def deployer_is_unknown(plan: Plan) -> bool:
    """Returns whether a cluster has an access entry of a role that only the deployment looks up."""
    return any(
        item.type == ACCESS_ENTRY
        and not str(item.props.get("principalArn")).startswith("arn:")
        and not list(plan.sources(item, "principalArn"))
        for item in plan.resources
    )


def _regions(names: AwsNames, planned: str, unplanned: str) -> set[str]:
    def is_missing(item: Planned) -> bool:
        return not any(other.type == unplanned and other.provider == item.provider for other in names.plan.resources)

    found = (item for item in names.plan.resources if planned and item.type == planned)
    return {names.region(item) for item in found if not unplanned or is_missing(item)}


def _needed(action: str, names: AwsNames, region: str, deployer: str | None) -> Iterator[RequiredAction]:
    kinds = actions()[action].required
    if action == READ_ROLE:
        yield from (RequiredAction(action, (arn,)) for arn in (deployer,) if arn)
    elif kinds:
        yield RequiredAction(action, tuple(names.any_arn(kind, region) for kind in kinds))
    else:
        yield RequiredAction(action, ("*",), {"StringEquals": {"aws:RequestedRegion": (region,)}})


def _resource(action: str, arguments: Mapping[str, Any], region: str, account: str, role: str) -> str:
    if action == READ_ROLE:
        return role
    kinds = actions()[action].required
    if not kinds:
        return "*"
    known = {"${Region}": region, "${Account}": account}
    known |= {"${VpcId}": str(arguments.get("id")), "${ClusterName}": str(arguments.get("name"))}
    arn = arn_formats()[kinds[0]]
    for variable, value in known.items():
        arn = arn.replace(variable, value)
    return arn
