"""The CronJob that moves runs with a deadline between spot and on-demand machines."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import ConfigMap, ServiceAccount
from pulumi_kubernetes.rbac.v1 import Role, RoleBinding

from falaj.components.core.tenancy.flavors import FlavorPriority
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.spend_rules import late_alert
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.training import deadline, run_capacity
from falaj.components.kubernetes.cluster.controller_namespace import controller_namespace
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.queues import api_server, deadline_controller
from falaj.components.kubernetes.queues.controller_job import ControllerProgram
from falaj.facts import labels

NAMESPACE = "falaj-run-deadlines"
NAME = "run-deadlines"
"""Name of the job, its account, its roles and its ConfigMap."""

PROGRAM = ControllerProgram(
    name=NAME,
    main=deadline_controller,
    modules={
        "api_server.py": api_server,
        "deadline.py": deadline,
        "labels.py": labels,
        "run_capacity.py": run_capacity,
    },
    settings="deadlines.json",
    interval_minutes=run_capacity.INTERVAL_SECONDS // 60,
)


LATE = late_alert(
    "FalajRunDeadlinesLate", NAMESPACE, "Runs with a deadline are not moved: the jobs of run-deadlines fail"
)


def run_deadlines(name: str, args: QueueingArgs, parent: pulumi.Resource, after: Sequence[pulumi.Resource]) -> None:
    """Creates the job, its alert and its permissions: to read and change the workloads of tenants with a queue."""
    namespace, opts = controller_namespace(name, NAMESPACE, TrafficRules(), None, args.tags, parent)
    in_namespace = pulumi.ResourceOptions(parent=parent, depends_on=[namespace])
    metadata = ObjectMeta(NAME, NAMESPACE, args.tags).args()
    # Own machines are prepaid, whatever the capacity of their pool: a run stays there.
    capacities = {
        flavor.name: flavor.capacity.value for flavor in args.flavors if flavor.priority is not FlavorPriority.PAID
    }
    settings = {"namespaces": [namespace_of(tenant) for tenant in args.tenants], "capacities": capacities}
    files = ConfigMap(f"{name}-files", metadata=metadata, data=PROGRAM.files(settings), opts=in_namespace)
    account = ServiceAccount(
        f"{name}-account", metadata=metadata, automount_service_account_token=False, opts=in_namespace
    )
    if args.metering is not None:
        CustomResource(
            f"{name}-rules",
            api_version="monitoring.coreos.com/v1",
            kind="PrometheusRule",
            metadata=ObjectMeta(NAME, NAMESPACE, {**args.tags, **args.metering.rule_labels}).args(),
            spec={"groups": [{"name": NAMESPACE, "rules": [LATE]}]},
            opts=in_namespace,
        )
    roles = [role for tenant in args.tenants for role in _roles(f"{name}-{tenant}", tenant, args, parent)]
    CronJob(
        f"{name}-job",
        metadata=metadata,
        spec=PROGRAM.job(args.image_mirror, args.tags),
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[files, account, *roles, *after])),
    )


def _roles(name: str, tenant: str, args: QueueingArgs, parent: pulumi.Resource) -> list[pulumi.Resource]:
    opts = pulumi.ResourceOptions(parent=parent)
    metadata = ObjectMeta(NAME, namespace_of(tenant), args.tags).args()
    role = Role(
        f"{name}-role",
        metadata=metadata,
        rules=[{"api_groups": ["kueue.x-k8s.io"], "resources": ["workloads"], "verbs": ["list", "patch"]}],
        opts=opts,
    )
    binding = RoleBinding(
        f"{name}-binding",
        metadata=metadata,
        role_ref={"api_group": "rbac.authorization.k8s.io", "kind": "Role", "name": NAME},
        subjects=[{"kind": "ServiceAccount", "name": NAME, "namespace": NAMESPACE}],
        opts=opts,
    )
    return [role, binding]
