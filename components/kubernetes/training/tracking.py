"""A tracking server and model registry (MLflow) for one tenant."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import pulumi
from pulumi_kubernetes.apps.v1 import Deployment
from pulumi_kubernetes.core.v1 import PersistentVolumeClaim, Service, ServiceAccount
from pulumi_kubernetes.networking.v1 import NetworkPolicy
from pydantic import Field

from falaj.components.core.charts.charts import MLFLOW
from falaj.components.core.charts.images import PinnedImage, mirrored_input
from falaj.components.core.charts.sources import ImageSource
from falaj.components.core.site.pod_identity import PodIdentity, client_id_problems, pod_identity
from falaj.components.core.storage.vault_access import Folder
from falaj.components.core.storage.vault_addresses import for_tracking
from falaj.components.core.training.tracking import (
    NAME,
    PORT,
    DatabaseSpec,
    HostName,
    TrackingSpec,
    tracking_url,
)
from falaj.components.core.validation.args import Args, Choice, Input, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.quantities import gibibytes
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.volume_classes import class_name
from falaj.components.kubernetes.training.tracking_pod import TrackingPod, pod_template
from falaj.facts.labels import TENANT_LABEL

SELECTOR_LABELS = {"app.kubernetes.io/name": NAME}
"""Selector labels of the pod. They must not change, so they contain no cost tags."""


class TrackingArgs(TrackingSpec, ImageSource, Args):
    """Arguments of `Tracking`: the tracking server of one tenant."""

    namespace: Input[Label]
    """Namespace of the tenant. Only pods of this namespace may access the server."""
    tenant: Label
    """Tenant that is charged."""
    vault_uri: Input[str]
    """Address of the vault for artifacts: output `uri` of a `Vault`."""
    folder: Input[Folder]
    """Folder in the vault, such as `tenants/treasury/mlflow`. The service account `tracking` must have write access."""
    region: UaeRegion | None = None
    """Cloud region of the site in the UAE; absent on premises."""
    client_id: Input[str] | None = None
    """Client ID of the managed identity with access to the folder (Azure). On AWS, create a Pod Identity association
    for
    the output `service_account`."""
    database: DatabaseSpec | None = None
    """Existing PostgreSQL database. If absent, SQLite on an encrypted disk, which is sufficient for one team."""
    storage_class: Input[Label] | None = None
    """Storage class of the disk, which must be encrypted with a customer-managed key; that of the profile if absent."""
    upload_gib: Input[Annotated[int, Field(ge=1, le=1024)]] = 20
    """Ephemeral storage in GiB that buffers uploads to the vault; limits the total size of concurrent uploads."""
    profile: Choice[Profile] = default(Profile.INFERENCE_CPU)
    """Workload profile of the server's node, preferably one without spot machines."""
    hosts: Sequence[Input[HostName]] = ()
    """Additional host names under which the server accepts requests, such as that of a gateway."""
    image: Input[PinnedImage] = MLFLOW
    """MLflow image with a version tag and optionally a digest."""
    protect: bool = False
    """Whether the disk is protected from deletion."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""

    def _problems(self) -> Iterable[Problem]:
        return client_id_problems(self.region, self.client_id)

    @property
    def identity(self) -> PodIdentity:
        """Identity of the pod in the cloud."""
        return pod_identity(self.region, self.client_id)

    @property
    def meta(self) -> ObjectMeta:
        """Metadata of all objects."""
        return ObjectMeta(NAME, self.namespace, {**self.tags, **self.pod_labels})

    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels of the pod: without the cost tags, because a changed template restarts it."""
        return {TENANT_LABEL: self.tenant, **SELECTOR_LABELS}


class Tracking(pulumi.ComponentResource):
    """An MLflow server that is reachable from the tenant's namespace only.

    The server has no user accounts: all pods of the namespace have read and write access to all its data. It proxies
    artifacts, so that programs that log them need no access to the vault. By default its database is SQLite on a disk
    in one zone. After changes it is copied to the vault hourly, and when the server stops; a new disk is restored from
    the last copy. Use `database` for more than one team, or if the loss of an hour of metrics is not acceptable.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on the `TenantSpace` and on the
    `VaultAccess` of its service account.
    """

    url: pulumi.Output[str]
    """Address of the server: value of `MLFLOW_TRACKING_URI` for the tenant's programs."""
    service_account: pulumi.Output[str]
    """Service account of the pod, to which a cloud identity is bound."""
    artifacts: pulumi.Output[str]
    """Address of the artifacts in the vault, in MLflow's format."""

    def __init__(self, name: str, args: TrackingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = TrackingArgs.of(name, args)
        super().__init__("falaj:kubernetes:Tracking", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        folder = pulumi.Output.from_input(map_inputs(for_tracking, args.vault_uri, args.folder))
        self.artifacts = pulumi.Output.concat(folder, "/artifacts")
        account = _account(name, args, child)
        dependencies: list[pulumi.Resource] = [account, *_policies(name, args, child)]
        if args.database is None:
            dependencies.append(_disk(name, args, pulumi.ResourceOptions(parent=self, protect=args.protect)))
        pod = TrackingPod(
            artifacts=self.artifacts,
            copies=pulumi.Output.concat(folder, "/database"),
            image=mirrored_input(args.image, args.image_mirror),
            profile=args.profile,
            tenant=args.tenant,
            namespace=args.namespace,
            hosts=args.hosts,
            region=args.region,
            identity_labels=args.identity.labels,
            upload_gib=args.upload_gib,
            database=args.database,
        )
        _deployment(name, args, pod, pulumi.ResourceOptions(parent=self, depends_on=dependencies))
        _service(name, args, child)
        self.url = pulumi.Output.from_input(args.namespace).apply(tracking_url)
        self.service_account = account.metadata.name
        self.register_outputs({output: getattr(self, output) for output in Tracking.__annotations__})


def _account(name: str, args: TrackingArgs, opts: pulumi.ResourceOptions) -> ServiceAccount:
    return ServiceAccount(
        f"{name}-account",
        metadata=args.meta.args(args.identity.annotations),
        automount_service_account_token=False,
        opts=opts,
    )


def _policies(name: str, args: TrackingArgs, opts: pulumi.ResourceOptions) -> list[pulumi.Resource]:
    """Allows ingress from pods of the namespace, and egress to an external database."""
    pods = {"match_labels": SELECTOR_LABELS}
    all_pods: dict[str, Any] = {"pod_selector": {}}
    ingress: Any = {
        "pod_selector": pods,
        "policy_types": ["Ingress"],
        "ingress": [{"from_": [all_pods], "ports": [{"port": PORT, "protocol": "TCP"}]}],
    }
    policies: list[pulumi.Resource] = [
        NetworkPolicy(f"{name}-asked-by", metadata=args.meta.args(), spec=ingress, opts=opts)
    ]
    if args.database is not None:
        database_peer = {"ip_block": {"cidr": map_inputs(str, args.database.cidr)}}
        egress: Any = {
            "pod_selector": pods,
            "policy_types": ["Egress"],
            "egress": [{"to": [database_peer], "ports": [{"port": args.database.port, "protocol": "TCP"}]}],
        }
        metadata = args.meta.elsewhere(f"{NAME}-database", args.namespace).args()
        policies.append(NetworkPolicy(f"{name}-asks", metadata=metadata, spec=egress, opts=opts))
    return policies


def _disk(name: str, args: TrackingArgs, opts: pulumi.ResourceOptions) -> PersistentVolumeClaim:
    """Creates the claim without waiting: the storage class creates the volume when the pod is scheduled."""
    return PersistentVolumeClaim(
        f"{name}-disk",
        metadata=args.meta.args({"pulumi.com/skipAwait": "true"}),
        spec={
            "access_modes": ["ReadWriteOnce"],
            "storage_class_name": args.storage_class or class_name(args.profile),
            "resources": {"requests": {"storage": gibibytes(args.database_gib)}},
        },
        opts=opts,
    )


def _deployment(name: str, args: TrackingArgs, pod: TrackingPod, opts: pulumi.ResourceOptions) -> Deployment:
    return Deployment(
        f"{name}-server",
        metadata=args.meta.args(),
        spec={
            "replicas": 1,
            "selector": {"match_labels": SELECTOR_LABELS},
            # Never two pods at a time, which would change the database concurrently.
            "strategy": {"type": "Recreate"},
            "template": pod_template(pod, args.pod_labels),
        },
        opts=opts,
    )


def _service(name: str, args: TrackingArgs, opts: pulumi.ResourceOptions) -> Service:
    """Creates the service without waiting for pods; the Deployment waits for them."""
    return Service(
        f"{name}-service",
        metadata=args.meta.args({"pulumi.com/skipAwait": "true"}),
        spec={
            "type": "ClusterIP",
            "selector": SELECTOR_LABELS,
            "ports": [{"name": "http", "port": PORT, "target_port": "http", "app_protocol": "http"}],
        },
        opts=opts,
    )
