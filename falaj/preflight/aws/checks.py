"""The checks of a site on AWS."""

from collections.abc import Callable, Iterable, Sequence

from falaj.preflight.aws import account, cluster, quotas, services, zones
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.aws.rights import MAIN_ACTIONS, rights
from falaj.preflight.checks import AccountCheck
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import PreflightRow

_CHECKS: Sequence[tuple[str, Callable[[AwsContext], Iterable[PreflightRow]]]] = (
    ("account", account.caller),
    ("region", account.region),
    ("vCPU quotas", quotas.vcpu_quotas),
    ("network quotas", quotas.network_quotas),
    ("availability zones", zones.zone_state),
    ("machine types", zones.machine_types),
    ("Kubernetes version", cluster.kubernetes_version),
    ("machine image", cluster.machine_image),
    ("payer or member account", account.organisation),
    ("service control policies", account.control_policies),
    ("anomaly monitor", services.anomaly_monitor),
    ("AWS Backup", services.backup_opt_in),
    ("service-linked role of EC2 Spot", services.spot_role),
    ("log group of the cluster", cluster.leftovers),
    ("reach of the API server", cluster.reach),
)


def aws_checks(context: AwsContext, needs: Sequence[ActionNeed] = MAIN_ACTIONS) -> list[AccountCheck]:
    """Returns all checks of a site. `needs`: actions of a deployment."""
    checks = [AccountCheck(context.name, subject, lambda run=run: run(context)) for subject, run in _CHECKS]
    return [*checks, AccountCheck(context.name, "permissions", lambda: rights(context, needs))]
