"""Whether the caller may do what a deployment does, by simulation of its policies."""

from collections.abc import Iterator, Sequence
from typing import Any

from falaj.preflight.aws.context import GLOBAL_REGION, AwsContext
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import PreflightRow, Verdict

BATCH = 50
"""Actions of one request."""
_REQUESTED_REGION = "aws:RequestedRegion"

_GLOBAL_SERVICES = ("budgets", "ce", "iam", "organizations", "route53")
"""Services whose requests have the region of their global endpoint."""


def rights(context: AwsContext, needs: Sequence[ActionNeed]) -> Iterator[PreflightRow]:
    """Yields which needed actions the caller's policies, boundary and organisation do not allow."""
    arn = context.identity["Arn"]
    if arn.endswith(":root"):
        yield _row(context, "the root user", Verdict.COSTS, "deploy with a role: the root user has no limits")
        return
    results = _simulate(context, _principal(context, arn), needs)
    explicit = {item["EvalActionName"]: _reason(item) for item in results if _denied(item)}
    unclear = [item["EvalActionName"] for item in results if item["EvalDecision"] == "implicitDeny"]
    unclear = sorted({action for action in unclear if action not in explicit})
    for reason in sorted(set(explicit.values())):
        actions = sorted(action for action, why in explicit.items() if why == reason)
        yield _row(context, f"{reason}: {', '.join(actions)}", Verdict.REFUSED, "remove what denies them")
    scoped = {need.action for need in needs if need.resources}
    if lacking := [action for action in unclear if action in scoped]:
        yield _row(
            context, f"no policy allows {', '.join(lacking)}", Verdict.REFUSED, "attach the policies of the stack"
        )
    if unscoped := [action for action in unclear if action not in scoped]:
        yield _row(
            context,
            f"not on every resource: {', '.join(unscoped)}",
            Verdict.UNKNOWN,
            "compare with the permissions that the stack needs: policies with names or tags allow less than simulated",
        )
    if not explicit and not unclear:
        names = {need.action for need in needs}
        yield _row(context, f"all of {len(names)} actions are allowed", Verdict.OK, "")


def _row(context: AwsContext, found: str, verdict: Verdict, fix: str) -> PreflightRow:
    return PreflightRow(
        site=context.name,
        subject="permissions",
        found=found,
        needed="what a deployment does",
        verdict=verdict,
        fix=fix,
    )


def _principal(context: AwsContext, arn: str) -> str:
    """Returns the ARN of a user, or of the role behind a session, whose path the session's ARN lacks."""
    if ":assumed-role/" not in arn:
        return arn
    role = arn.split(":assumed-role/")[1].split("/")[0]
    return context.ask("iam", "get_role", RoleName=role)["Role"]["Arn"]


def _simulate(context: AwsContext, principal: str, needs: Sequence[ActionNeed]) -> list[Any]:
    """Asks for actions with the same resources and condition keys together."""
    grouped: dict[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], list[str]] = {}
    for need in needs:
        grouped.setdefault((need.resources, _keys(context, need)), []).append(need.action)
    results: list[Any] = []
    for (resources, keys), actions in grouped.items():
        for start in range(0, len(actions), BATCH):
            arguments: dict[str, Any] = {
                "PolicySourceArn": principal,
                "ActionNames": actions[start : start + BATCH],
                "ContextEntries": [
                    {"ContextKeyName": key, "ContextKeyValues": [value], "ContextKeyType": "string"}
                    for key, value in keys
                ],
            }
            if resources:
                arguments["ResourceArns"] = [*resources]
            results += context.pages("iam", "simulate_principal_policy", "EvaluationResults", **arguments)
    return [verdict for item in results for verdict in _verdicts(item)]


def _keys(context: AwsContext, need: ActionNeed) -> tuple[tuple[str, str], ...]:
    """Returns the condition keys of a request, with its region: organisations deny others by it."""
    if any(key == _REQUESTED_REGION for key, _ in need.context):
        return need.context
    is_global = need.action.partition(":")[0] in _GLOBAL_SERVICES
    return (*need.context, (_REQUESTED_REGION, GLOBAL_REGION if is_global else context.region))


def _verdicts(item: Any) -> list[Any]:
    """Returns the result of an action on each of its resources."""
    single = item.get("ResourceSpecificResults") or []
    return [{**item, "EvalDecision": each["EvalResourceDecision"]} for each in single] or [item]


def _denied(item: Any) -> bool:
    """An organisation or boundary that does not allow an action denies it whatever the caller's policies say."""
    return item["EvalDecision"] == "explicitDeny" or _reason(item) != "a policy denies"


def _reason(item: Any) -> str:
    if item.get("OrganizationsDecisionDetail", {}).get("AllowedByOrganizations") is False:
        return "the organisation does not allow"
    if item.get("PermissionsBoundaryDecisionDetail", {}).get("AllowedByPermissionsBoundary") is False:
        return "the permissions boundary does not allow"
    return "a policy denies"
