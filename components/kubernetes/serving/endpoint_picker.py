"""The endpoint picker of an inference service: its pod, Service and network policy, and the InferencePool that makes
the gateway ask it.

One pod is enough: while it does not answer, requests are distributed evenly. A rollout starts the new pod first, and
the old one keeps running for as long as requests in progress may take, because Envoy streams their bodies through it.
"""

from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.apps.v1 import Deployment
from pulumi_kubernetes.core.v1 import Service
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.serving.backend_tls import MOUNT
from falaj.components.core.serving.draining import EXIT_SECONDS, PRE_STOP_SECONDS, REQUEST_TIMEOUT_SECONDS
from falaj.components.core.serving.endpoint_picker import (
    HEALTH_PORT,
    PICKER_CPU,
    PICKER_IMAGE,
    PICKER_MEMORY_GIB,
    PICKER_PORT,
    POOL_API,
    POOL_KIND,
    picker_args,
    pool,
)
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.tenancy.picker_access import PICKER_ACCOUNT
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.cluster.priorities import INFERENCE
from falaj.components.kubernetes.serving.inference_pod import USER, PodContext, placement
from falaj.components.kubernetes.serving.tls_proxy import tls_volume
from falaj.facts.labels import ENDPOINT_PICKER_LABEL, TENANT_LABEL

DRAIN_SECONDS = PRE_STOP_SECONDS + REQUEST_TIMEOUT_SECONDS
"""Seconds for which a stopped picker keeps running."""


def endpoint_picker(
    name: str,
    picker: str,
    args: InferenceServiceArgs,
    context: PodContext,
    gateway: GatewaySpec,
    opts: pulumi.ResourceOptions,
) -> list[pulumi.Resource]:
    """Creates the picker and the pool of a service, with `picker` as the name of the picker's objects. Its account and
    its way to the API server are the platform's (`TenantSpace`)."""
    meta = ObjectMeta(
        picker, args.namespace, {**args.tags, TENANT_LABEL: args.tenant, ENDPOINT_PICKER_LABEL: args.object_name}
    )
    selector = {ENDPOINT_PICKER_LABEL: args.object_name}
    policy = _asked_by_gateway(f"{name}-picker-asked-by", selector, gateway, meta, opts)
    address = _service(f"{name}-picker-service", selector, meta, opts)
    pooled = CustomResource(
        f"{name}-pool",
        api_version=POOL_API,
        kind=POOL_KIND,
        metadata=ObjectMeta(args.object_name, args.namespace, args.labels).args(),
        spec=pool(args.request_selector, picker),
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[address])),
    )
    deployment = Deployment(
        f"{name}-picker",
        metadata=meta.args(),
        spec={
            "replicas": 1,
            "selector": {"match_labels": selector},
            "strategy": {"type": "RollingUpdate", "rolling_update": {"max_surge": 1, "max_unavailable": 0}},
            "template": _pod(args, context, selector),
        },
        # Without the pool, the picker is not ready.
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[policy, pooled])),
    )
    return [pooled, deployment]


def _service(name: str, selector: dict[str, str], meta: ObjectMeta, opts: pulumi.ResourceOptions) -> Service:
    port: Any = {"name": "grpc-ext-proc", "port": PICKER_PORT, "target_port": "ext-proc", "app_protocol": "grpc"}
    return Service(
        name,
        # The pods come later.
        metadata=meta.args({"pulumi.com/skipAwait": "true"}),
        spec={"type": "ClusterIP", "selector": selector, "ports": [port]},
        opts=opts,
    )


def _asked_by_gateway(
    name: str, selector: dict[str, str], gateway: GatewaySpec, meta: ObjectMeta, opts: pulumi.ResourceOptions
) -> NetworkPolicy:
    sender: Any = {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": gateway.sender}}}
    ingress: Any = [{"from_": [sender], "ports": [{"port": PICKER_PORT, "protocol": "TCP"}]}]
    return NetworkPolicy(
        name,
        metadata=meta.args(),
        spec={"pod_selector": {"match_labels": selector}, "policy_types": ["Ingress"], "ingress": ingress},
        opts=opts,
    )


def _pod(args: InferenceServiceArgs, context: PodContext, selector: dict[str, str]) -> Any:
    """Returns the template of the picker's pod. It runs on the machines of the model, of which there is always one."""
    serving = args.serving
    return {
        "metadata": {"labels": {TENANT_LABEL: args.tenant, **selector}},
        "spec": {
            "service_account_name": PICKER_ACCOUNT,
            "automount_service_account_token": True,
            "enable_service_links": False,
            "priority_class_name": INFERENCE.name if serving.priority_class is None else serving.priority_class,
            "termination_grace_period_seconds": DRAIN_SECONDS + EXIT_SECONDS,
            **placement(serving, context),
            "security_context": restricted_pod(USER),
            **({"image_pull_secrets": serving.pull_secret_references} if serving.pull_secrets else {}),
            "containers": [_container(args)],
            "volumes": [tls_volume()],
        },
    }


def _container(args: InferenceServiceArgs) -> Any:
    engine = args.serving.runtime_row.picker_engine
    assert engine is not None  # noqa: S101 - validated with the routing
    memory = f"{round(PICKER_MEMORY_GIB * 1024)}Mi"
    return {
        "name": "picker",
        "image": mirrored_input(PICKER_IMAGE, args.image_mirror),
        "args": picker_args(args.object_name, engine),
        "env": [{"name": "NAMESPACE", "value_from": {"field_ref": {"field_path": "metadata.namespace"}}}],
        "ports": [
            {"name": "ext-proc", "container_port": PICKER_PORT},
            {"name": "health", "container_port": HEALTH_PORT},
        ],
        "readiness_probe": {"grpc": {"port": HEALTH_PORT}, "period_seconds": 5, "failure_threshold": 2},
        "liveness_probe": {
            "grpc": {"port": HEALTH_PORT},
            "initial_delay_seconds": 30,
            "period_seconds": 10,
            "failure_threshold": 6,
        },
        "resources": {
            "requests": {"cpu": f"{round(PICKER_CPU * 1000)}m", "memory": memory},
            "limits": {"memory": memory},
        },
        "security_context": restricted_container(),
        "lifecycle": {"pre_stop": {"sleep": {"seconds": DRAIN_SECONDS}}},
        "volume_mounts": [{"name": "tls", "mount_path": MOUNT, "read_only": True}],
    }
