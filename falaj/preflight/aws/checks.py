"""The checks of a site on AWS."""

from collections.abc import Callable, Iterable, Sequence

from falaj.preflight.aws import account, cluster, commitments, quotas, services, zones
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.aws.rights import rights
from falaj.preflight.checks import AccountCheck
from falaj.preflight.needs import AwsNeeds
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
    ("anomaly monitor", services.anomaly_monitor),
    ("AWS Backup", services.backup_opt_in),
    ("service-linked role of EC2 Spot", services.spot_role),
    ("commitments", commitments.commitments),
    ("log group of the cluster", cluster.leftovers),
    ("reach of the API server", cluster.reach),
)


def aws_checks(context: AwsContext, needs: AwsNeeds) -> list[AccountCheck]:
    """Returns all checks of a site. `needs`: actions of a deployment in an account, asked for when a check runs."""

    def control_policies() -> Iterable[PreflightRow]:
        return account.control_policies(context, account.needed_services(lambda: needs(context.account)))

    checks = [AccountCheck(context.name, subject, lambda run=run: run(context)) for subject, run in _CHECKS]
    return [
        *checks,
        AccountCheck(context.name, "service control policies", control_policies),
        AccountCheck(context.name, "permissions", lambda: rights(context, needs(context.account))),
    ]
