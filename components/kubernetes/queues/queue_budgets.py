"""The CronJob that sets the quotas of queues from what tenants' work has cost since the first of the month."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import ConfigMap, ServiceAccount
from pulumi_kubernetes.rbac.v1 import ClusterRole, ClusterRoleBinding, Role, RoleBinding, SubjectArgsDict

from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.network.cluster_addresses import namespace_in, port_in
from falaj.components.core.tenancy import spend_quota
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.spend_rules import spend_groups
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.kubernetes.cluster.controller_namespace import controller_namespace
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.queues import api_server, budget_controller, controlled_queue, month_spend
from falaj.components.kubernetes.queues.controller_job import ControllerProgram
from falaj.facts import labels

NAMESPACE = "falaj-queue-budgets"
NAME = "queue-budgets"
"""Name of the job, its account, its roles and its ConfigMap."""

PROGRAM = ControllerProgram(
    name=NAME,
    main=budget_controller,
    modules={
        "api_server.py": api_server,
        "controlled_queue.py": controlled_queue,
        "labels.py": labels,
        "month_spend.py": month_spend,
        "spend_quota.py": spend_quota,
    },
    settings="budgets.json",
    interval_minutes=month_spend.INTERVAL_MINUTES,
)

API = "rbac.authorization.k8s.io"


def queue_budgets(
    name: str,
    args: QueueingArgs,
    metering: PrometheusSpec,
    parent: pulumi.Resource,
    after: Sequence[pulumi.Resource],
) -> None:
    """Creates the job, its permissions and the rules that record its prices. It runs after the queues in `after`."""
    prometheus_namespace = namespace_in(metering.prometheus)
    traffic = TrafficRules(
        queries_prometheus=True, calls_external=() if prometheus_namespace else (port_in(metering.prometheus),)
    )
    namespace, opts = controller_namespace(name, NAMESPACE, traffic, prometheus_namespace, args.tags, parent)
    in_namespace = pulumi.ResourceOptions(parent=parent, depends_on=[namespace])
    _rules(f"{name}-rules", args, metering, in_namespace)
    files = ConfigMap(
        f"{name}-files",
        metadata=ObjectMeta(NAME, NAMESPACE, args.tags).args(),
        data=PROGRAM.files({"prometheus": metering.prometheus, "tenants": args.controlled}),
        opts=in_namespace,
    )
    account = ServiceAccount(
        f"{name}-account",
        metadata=ObjectMeta(NAME, NAMESPACE, args.tags).args(),
        automount_service_account_token=False,
        opts=in_namespace,
    )
    roles = _roles(name, list(args.controlled), args.tags, parent)
    CronJob(
        f"{name}-job",
        metadata=ObjectMeta(NAME, NAMESPACE, args.tags).args(),
        spec=PROGRAM.job(args.image_mirror, args.tags),
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[files, account, *roles, *after])),
    )


def _rules(name: str, args: QueueingArgs, metering: PrometheusSpec, opts: pulumi.ResourceOptions) -> None:
    machines = [size.name for flavor in args.flavors for size in flavor.sizes]
    CustomResource(
        name,
        api_version="monitoring.coreos.com/v1",
        kind="PrometheusRule",
        metadata=ObjectMeta(NAME, NAMESPACE, {**args.tags, **metering.rule_labels}).args(),
        spec={
            "groups": spend_groups(
                args.region,
                machines,
                bool(args.own_machines),
                args.rate,
                {namespace_of(tenant): args.tenants[tenant].aed_per_month for tenant in args.controlled},
                NAMESPACE,
            )
        },
        opts=opts,
    )


def _roles(
    name: str, tenants: Sequence[str], tags: Mapping[str, str], parent: pulumi.Resource
) -> list[pulumi.Resource]:
    """Allows the job to read and change these queues, and to create events in their tenants' namespaces."""
    opts = pulumi.ResourceOptions(parent=parent)
    subject: SubjectArgsDict = {"kind": "ServiceAccount", "name": NAME, "namespace": NAMESPACE}
    role = ClusterRole(
        f"{name}-role",
        metadata={"name": NAME, "labels": tags},
        rules=[
            {
                "api_groups": ["kueue.x-k8s.io"],
                "resources": ["clusterqueues"],
                "resource_names": list(tenants),
                "verbs": ["get", "patch"],
            }
        ],
        opts=opts,
    )
    binding = ClusterRoleBinding(
        f"{name}-binding",
        metadata={"name": NAME, "labels": tags},
        role_ref={"api_group": API, "kind": "ClusterRole", "name": NAME},
        subjects=[subject],
        opts=opts,
    )
    created: list[pulumi.Resource] = [role, binding]
    for tenant in tenants:
        metadata = ObjectMeta(NAME, namespace_of(tenant), tags)
        created.append(
            Role(
                f"{name}-events-{tenant}",
                metadata=metadata.args(),
                rules=[{"api_groups": [""], "resources": ["events"], "verbs": ["create"]}],
                opts=opts,
            )
        )
        created.append(
            RoleBinding(
                f"{name}-events-{tenant}-binding",
                metadata=metadata.args(),
                role_ref={"api_group": API, "kind": "Role", "name": NAME},
                subjects=[subject],
                opts=opts,
            )
        )
    return created
