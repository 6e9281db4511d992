"""The CronJob that sets the quotas of queues from what tenants' work has cost since the first of the month."""

import inspect
import json
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import ConfigMap, ServiceAccount
from pulumi_kubernetes.rbac.v1 import ClusterRole, ClusterRoleBinding, Role, RoleBinding, SubjectArgsDict

from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.money.spend_rules import spend_groups
from falaj.components.core.network.cluster_addresses import namespace_in, port_in
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.storage.repositories import CachedRegistry
from falaj.components.core.tenancy import spend_quota
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.cluster.controller_namespace import controller_namespace
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.queues import budget_controller
from falaj.facts import labels
from falaj.facts.labels import PROFILE_LABEL

NAMESPACE = "falaj-queue-budgets"
NAME = "queue-budgets"
"""Name of the job, its account, its roles and its ConfigMap."""

PYTHON = f"{CachedRegistry.ECR_PUBLIC.value}/docker/library/python:3.13.9-slim"
"""The official Python image, in a registry that both clouds can cache. The program needs the standard library only."""

USER = 65532
"""Numeric user ID without a name. The image's files are readable by all users."""

PROGRAM, SETTINGS = "/opt/falaj", "/etc/falaj"
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
BUDGETS = "budgets.json"
MODULES: Mapping[str, ModuleType] = {
    "controller.py": budget_controller,
    "labels.py": labels,
    "spend_quota.py": spend_quota,
}
"""Key in the ConfigMap -> module of the program, which keeps its name in the pod."""

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
        data={key: inspect.getsource(module) for key, module in MODULES.items()}
        | {BUDGETS: json.dumps({"prometheus": metering.prometheus, "tenants": args.controlled}, indent=1)},
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
        spec=_job(args),
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


def _job(args: QueueingArgs) -> Any:
    return {
        "schedule": f"*/{budget_controller.INTERVAL_MINUTES} * * * *",
        "concurrency_policy": "Forbid",
        "starting_deadline_seconds": 120,
        "successful_jobs_history_limit": 1,
        "failed_jobs_history_limit": 3,
        "job_template": {
            "metadata": {"labels": args.tags},
            "spec": {
                "backoff_limit": 0,
                "active_deadline_seconds": 240,
                "template": {"metadata": {"labels": args.tags}, "spec": _pod(args)},
            },
        },
    }


def _pod(args: QueueingArgs) -> dict[str, Any]:
    program = [{"key": key, "path": f"{module.__name__.replace('.', '/')}.py"} for key, module in MODULES.items()]
    return {
        "service_account_name": NAME,
        "automount_service_account_token": True,
        "restart_policy": "Never",
        "enable_service_links": False,
        "node_selector": {PROFILE_LABEL: Profile.SYSTEM.value},
        "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
        "security_context": restricted_pod(USER),
        "containers": [
            {
                "name": NAME,
                "image": mirrored_input(PYTHON, args.image_mirror),
                "command": ["python", "-B", "-m", budget_controller.__name__],
                "args": [f"{SETTINGS}/{BUDGETS}", ACCOUNT],
                "env": [{"name": "PYTHONPATH", "value": PROGRAM}],
                "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
                "security_context": restricted_container(),
                "volume_mounts": [
                    {"name": "program", "mount_path": PROGRAM, "read_only": True},
                    {"name": "settings", "mount_path": SETTINGS, "read_only": True},
                ],
            }
        ],
        "volumes": [
            {"name": "program", "config_map": {"name": NAME, "items": program}},
            {"name": "settings", "config_map": {"name": NAME, "items": [{"key": BUDGETS, "path": BUDGETS}]}},
        ],
    }
