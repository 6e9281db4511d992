"""Caller, region and organisation of an AWS account."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from falaj.facts.aws_permissions import actions
from falaj.preflight.aws.context import GLOBAL_REGION, AwsContext, Missing
from falaj.preflight.needs import ActionNeed, option
from falaj.preflight.rows import NoAnswer, NotAllowed, PreflightRow, Verdict


def caller(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields who asks, in which account, against the accounts that the site allows."""
    allowed = [str(account) for account in option(context.site, "aws", "account", "allowed_account_ids") or ()]
    refused = bool(allowed) and context.account not in allowed
    yield PreflightRow(
        site=context.name,
        subject="account",
        found=f"{context.account} as {context.identity['Arn']}",
        needed=", ".join(allowed),
        verdict=Verdict.REFUSED if refused else Verdict.OK,
        fix="use credentials of an allowed account, such as another profile" if refused else "",
        setting=f"sites.{context.name}.aws.account.allowed_account_ids" if refused else "",
    )


def region(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields whether the account has opted in to the region."""
    status = _opt_in_status(context)
    enabled = status.upper() in ("ENABLED", "ENABLED_BY_DEFAULT", "OPTED-IN", "OPT-IN-NOT-REQUIRED")
    yield PreflightRow(
        site=context.name,
        subject=f"region {context.region}",
        found=status.lower(),
        needed="enabled",
        verdict=Verdict.OK if enabled else Verdict.REFUSED,
        fix="" if enabled else "enable the region, which takes up to some hours, and ask again",
        commands=() if enabled else (f"aws account enable-region --region-name {context.region}",),
    )


def _opt_in_status(context: AwsContext) -> str:
    """Asks account management, or EC2 where only that is allowed."""
    try:
        return context.ask("account", "get_region_opt_status", GLOBAL_REGION, RegionName=context.region)[
            "RegionOptStatus"
        ]
    except NotAllowed:
        answer = context.ask("ec2", "describe_regions", GLOBAL_REGION, AllRegions=True, RegionNames=[context.region])
        return answer["Regions"][0]["OptInStatus"]


def organisation(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields whether the account pays for an organisation, is a member of one, or neither."""
    wanted = context.settings.finops.get(context.site.cloud)
    try:
        payer = context.ask("organizations", "describe_organization", GLOBAL_REGION)["Organization"]["MasterAccountId"]
    except Missing:
        payer = context.account
    is_payer = payer == context.account
    wants_payer = bool(option(wanted, "payer")) or bool(wanted and wanted.cost_allocation_tags)
    refused = wants_payer and not is_payer
    yield PreflightRow(
        site=context.name,
        subject="payer or member account",
        found="pays its own bill" if is_payer else f"member; account {payer} pays",
        needed="payer" if wants_payer else "",
        verdict=Verdict.REFUSED if refused else Verdict.OK,
        fix="leave the settings of the bill to a stack of the payer account" if refused else "",
        setting="finops.aws.payer, finops.aws.cost_allocation_tags" if refused else "",
    )


def control_policies(context: AwsContext, services: Iterable[str]) -> Iterator[PreflightRow]:
    """Yields what the organisation's service control policies deny, of the account and of every unit above it."""
    try:
        targets = _targets(context)
        policies = {
            policy["Id"]: policy["Name"]
            for target in targets
            for policy in context.pages(
                *("organizations", "list_policies_for_target", "Policies", GLOBAL_REGION),
                TargetId=target,
                Filter="SERVICE_CONTROL_POLICY",
            )
        }
    except Missing:
        yield PreflightRow(site=context.name, subject="service control policies", found="no organisation")
        return
    for identifier, name in policies.items():
        answer = context.ask("organizations", "describe_policy", GLOBAL_REGION, PolicyId=identifier)
        denied = denied_by(json.loads(answer["Policy"]["Content"]), context.region, services)
        yield PreflightRow(
            site=context.name,
            subject=f"service control policy {name}",
            found=f"denies {', '.join(denied)}" if denied else "denies nothing that is known to be needed",
            needed=f"services in {context.region}",
            verdict=Verdict.REFUSED if denied else Verdict.OK,
            fix="ask the owners of the organisation for an exception" if denied else "",
        )


def _targets(context: AwsContext) -> list[str]:
    targets = [context.account]
    while not targets[-1].startswith("r-"):
        parents = context.ask("organizations", "list_parents", GLOBAL_REGION, ChildId=targets[-1])["Parents"]
        if not parents:
            break
        targets.append(parents[0]["Id"])
    return targets


def needed_services(needs: Callable[[], Iterable[ActionNeed]]) -> list[str]:
    """Returns the prefixes of the actions of a deployment; of all that the components can need, without a plan."""
    try:
        names = [need.action for need in needs()]
    except NoAnswer:
        names = [*actions()]
    return sorted({name.partition(":")[0] for name in names})


def denied_by(policy: Mapping[str, Any], region: str, services: Iterable[str]) -> list[str]:
    """Returns what a policy denies outright: all actions of a service, or a region that it does not list.

    Other conditions and single actions are left to the simulation of the caller's permissions, which includes them.
    """
    denied: list[str] = []
    for statement in _listed(policy.get("Statement")):
        if statement.get("Effect") != "Deny":
            continue
        condition = statement.get("Condition") or {}
        if not condition and _listed(statement.get("Resource", "*")) == ["*"]:
            named = {str(action).lower() for action in _listed(statement.get("Action"))}
            denied += [service for service in services if named & {"*", f"{service}:*"}]
        elif set(condition) == {"StringNotEquals"} and set(condition["StringNotEquals"]) == {"aws:RequestedRegion"}:
            listed = _listed(condition["StringNotEquals"]["aws:RequestedRegion"])
            if region not in listed:
                denied.append(f"everything outside {', '.join(listed)}")
    return denied


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
