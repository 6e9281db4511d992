"""What a stack shares with others in its account: anomaly monitors, AWS Backup, the service-linked role of EC2 Spot."""

from collections.abc import Iterator

from falaj.preflight.aws.context import GLOBAL_REGION, AwsContext, Missing
from falaj.preflight.needs import SPOT, option, pool_needs
from falaj.preflight.rows import NoAnswer, NotAllowed, PreflightRow, Verdict

_BACKED_UP = ("EBS", "EFS", "S3")
SPOT_ROLE = "AWSServiceRoleForEC2Spot"
"""Service-linked role without which EC2 starts no spot machine (EC2 User Guide, service-linked role for EC2 Spot)."""


def anomaly_monitor(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields the account's monitor of all services, of which AWS allows one."""
    finops = context.settings.finops.get(context.site.cloud)
    if finops is None:
        return
    monitors = context.ask("ce", "get_anomaly_monitors", GLOBAL_REGION)["AnomalyMonitors"]
    arns = [
        monitor["MonitorArn"]
        for monitor in monitors
        if monitor.get("MonitorType") == "DIMENSIONAL" and monitor.get("MonitorDimension") == "SERVICE"
    ]
    given = option(finops, "monitor_arn")
    refused = given not in arns and any(not _is_own(context, arn) for arn in arns)
    yield PreflightRow(
        site=context.name,
        subject="anomaly monitor of services",
        found=", ".join(arns) or "none",
        needed=str(given or "none, or the stack's own"),
        verdict=Verdict.REFUSED if refused or (given and not arns) else Verdict.OK,
        fix="use the monitor that exists, or import it if it is the stack's own" if refused else "",
        setting="finops.aws.monitor_arn" if refused else "",
    )


def _is_own(context: AwsContext, arn: str) -> bool:
    """Returns whether the stack made the monitor, by its tags; where these may not be read, it did not."""
    try:
        return context.is_own(
            context.ask("ce", "list_tags_for_resource", GLOBAL_REGION, ResourceArn=arn)["ResourceTags"]
        )
    except (NotAllowed, NoAnswer, Missing):
        return False


def backup_opt_in(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields what the account has opted in to at AWS Backup. The stack's backups do not depend on it: their selection
    names the types (AWS Backup API, UpdateRegionSettings; read 2026-11-26)."""
    if not option(context.site, "aws", "backup"):
        return
    answer = context.ask("backup", "describe_region_settings")
    preference = answer.get("ResourceTypeOptInPreference", {})
    off = [kind for kind in _BACKED_UP if not preference.get(kind, False)]
    choice = ",".join(f"{kind}=true" for kind in _BACKED_UP)
    yield PreflightRow(
        site=context.name,
        subject="AWS Backup, resource types",
        found=f"off: {', '.join(off)}" if off else f"on: {', '.join(_BACKED_UP)}",
        needed="either: the stack's selection names its types",
        verdict=Verdict.OK,
        fix="selections by tag alone, of others, copy nothing: `aws.backup_opt_in` of one stack opts in" if off else "",
        commands=(
            f"aws backup update-region-settings --region {context.region} --resource-type-opt-in-preference {choice}",
        )
        if off
        else (),
    )


def spot_role(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields whether the account has used spot machines before, if a pool of the site does.

    Otherwise Karpenter's or Auto Scaling's first request creates the role. Where a permissions boundary or a service
    control policy denies that, Karpenter takes spot capacity for exhausted, and starts on-demand machines or none
    (karpenter.sh, troubleshooting, missing service linked role; pkg/providers/instance/instance.go; 2026-11).
    """
    pools = [need.pool for need in pool_needs(context.site) if SPOT in need.purchases]
    if not pools:
        return
    exists = _has_role(context, SPOT_ROLE)
    yield PreflightRow(
        site=context.name,
        subject="service-linked role of EC2 Spot",
        found="exists" if exists else "none: the account has used no spot machine yet",
        needed=f"{SPOT_ROLE}, for {', '.join(pools)}",
        verdict=Verdict.OK if exists else Verdict.COSTS,
        fix="" if exists else "create the role: the first request does so only if no boundary or policy denies it",
        commands=() if exists else ("aws iam create-service-linked-role --aws-service-name spot.amazonaws.com",),
    )


def _has_role(context: AwsContext, name: str) -> bool:
    try:
        context.ask("iam", "get_role", RoleName=name)
    except Missing:
        return False
    return True
