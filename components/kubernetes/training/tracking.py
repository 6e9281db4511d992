"""A tracking server and model registry for one tenant."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NotRequired, TypedDict

import pulumi
from pulumi_kubernetes.apps.v1 import Deployment
from pulumi_kubernetes.core.v1 import PersistentVolumeClaim, Service, ServiceAccount
from pulumi_kubernetes.networking.v1 import NetworkPolicy
from pydantic import Field

from falaj.components.core.charts.charts import MLFLOW
from falaj.components.core.charts.images import PinnedImage, mirrored
from falaj.components.core.storage.vault_access import Folder
from falaj.components.core.storage.vault_addresses import for_tracking
from falaj.components.core.training.tracking import (
    NAME,
    PORT,
    CheckedDatabase,
    DatabaseSpec,
    HostName,
    names_of,
    url_of,
)
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.quantities import gibibytes
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.volume_classes import class_name
from falaj.components.kubernetes.training.tracking_pod import TrackingPlace, pod_template
from falaj.facts.labels import TENANT_LABEL

OWN = {"app.kubernetes.io/name": NAME}
"""What selects the pod; never changes, while cost tags may."""


class TrackingArgs(TypedDict):
    """Arguments of a `Tracking`."""

    namespace: str
    """Namespace of the tenant; nobody outside it is answered."""
    tenant: str
    """Whose it is, for the bill."""
    vault_uri: pulumi.Input[str]
    """Address of the vault that artifacts are in: `uri` of a `Vault`."""
    folder: str
    """Folder in the vault, such as `tenants/treasury/mlflow`, that the service account `tracking` may write."""
    region: NotRequired[str]
    """Region of the site, in the UAE; none on premises."""
    client_id: NotRequired[pulumi.Input[str]]
    """Client id of the managed identity that works in the folder (Azure). On AWS an association names
    `service_account`."""
    database: NotRequired[DatabaseSpec]
    """A PostgreSQL database that is there; a file on an encrypted disk if absent, which is enough for a team."""
    database_gib: NotRequired[int]
    """GiB of that disk, which count against the tenant's `storage_gib`; 10 if absent."""
    storage_class: NotRequired[str]
    """Class of the disk, encrypted with a key of ours; that of the profile if absent."""
    upload_gib: NotRequired[int]
    """GiB on the node through which files pass on their way to the vault: no file, and no files at once, may be larger.
    20 if absent."""
    profile: NotRequired[Profile]
    """Workload profile of the nodes it runs on, best one whose machines stay; `inference-cpu` if absent."""
    hosts: NotRequired[Sequence[str]]
    """Further names under which it is asked, such as that of a gateway; none if absent."""
    image: NotRequired[str]
    """Image of MLflow with its version, and its digest if wanted."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    protect: NotRequired[bool]
    """Whether the disk refuses to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(Checked):
    namespace: Label
    tenant: Label
    vault_uri: Passed[str]
    folder: Folder
    region: UaeRegion | None = None
    client_id: Passed[str] | None = None
    database: CheckedDatabase | None = None
    database_gib: Annotated[int, Field(ge=1, le=1024)] = 10
    storage_class: Label | None = None
    upload_gib: Annotated[int, Field(ge=1, le=1024)] = 20
    profile: Profile = Profile.INFERENCE_CPU
    hosts: tuple[HostName, ...] = ()
    image: PinnedImage = MLFLOW
    image_mirror: str | None = None
    protect: bool = False
    tags: CostTags

    @property
    def meta(self) -> ObjectMeta:
        """Of every object."""
        return ObjectMeta(NAME, self.namespace, {**self.tags, TENANT_LABEL: self.tenant, **OWN})


class Tracking(pulumi.ComponentResource):
    """MLflow, asked from inside the tenant's namespace only: who may run pods there may read and write all of it.

    It has no users of its own. Artifacts pass through it, so that the programs which log them need no right in the
    vault. Its database is one file on a disk of one zone, copied to the vault every hour in which it changed and when
    the server stops; a new disk begins with the last copy. For more than a team, or where an hour of metrics may not be
    lost, give it a `database`.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on the tenant's space and
    on the `VaultAccess` of its service account.
    """

    url: pulumi.Output[str]
    """Where it is asked: `MLFLOW_TRACKING_URI` of the tenant's programs."""
    service_account: pulumi.Output[str]
    """Who its pod is: what an identity of the cloud is given to."""
    artifacts: pulumi.Output[str]
    """Where artifacts lie, as MLflow writes it."""

    def __init__(self, name: str, args: TrackingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:Tracking", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        folder = pulumi.Output.from_input(settings.vault_uri).apply(lambda uri: for_tracking(uri, settings.folder))
        self.artifacts = pulumi.Output.concat(folder, "/artifacts")
        account = _account(name, settings, child)
        needed: list[pulumi.Resource] = [account, *_policies(name, settings, child)]
        if settings.database is None:
            needed.append(_disk(name, settings, pulumi.ResourceOptions(parent=self, protect=settings.protect)))
        place = TrackingPlace(
            artifacts=self.artifacts,
            copies=pulumi.Output.concat(folder, "/database"),
            image=mirrored(settings.image, settings.image_mirror),
            profile=settings.profile,
            hosts=names_of(settings.namespace, settings.hosts),
            region=settings.region,
            identified=settings.client_id is not None,
            upload_gib=settings.upload_gib,
            database=settings.database,
        )
        _deployment(name, settings, place, pulumi.ResourceOptions(parent=self, depends_on=needed))
        _service(name, settings, child)
        self.url = pulumi.Output.from_input(url_of(settings.namespace))
        self.service_account = account.metadata.name
        self.register_outputs({output: getattr(self, output) for output in Tracking.__annotations__})


def _account(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> ServiceAccount:
    azure = {"azure.workload.identity/client-id": settings.client_id} if settings.client_id is not None else {}
    return ServiceAccount(
        f"{name}-account", metadata=settings.meta.args(azure), automount_service_account_token=False, opts=opts
    )


def _policies(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> list[pulumi.Resource]:
    """Pods of the namespace may ask; and the server its database, where that is elsewhere."""
    pods = {"match_labels": OWN}
    asked: Any = {
        "pod_selector": pods,
        "policy_types": ["Ingress"],
        "ingress": [{"from_": [{"pod_selector": {}}], "ports": [{"port": PORT, "protocol": "TCP"}]}],
    }
    found: list[pulumi.Resource] = [
        NetworkPolicy(f"{name}-asked-by", metadata=settings.meta.args(), spec=asked, opts=opts)
    ]
    if settings.database is not None:
        to = {"ip_block": {"cidr": str(settings.database.cidr)}}
        asks: Any = {
            "pod_selector": pods,
            "policy_types": ["Egress"],
            "egress": [{"to": [to], "ports": [{"port": settings.database.port, "protocol": "TCP"}]}],
        }
        metadata = settings.meta.elsewhere(f"{NAME}-database", settings.namespace).args()
        found.append(NetworkPolicy(f"{name}-asks", metadata=metadata, spec=asks, opts=opts))
    return found


def _disk(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> PersistentVolumeClaim:
    """Made by its class when the pod is placed, so that the deployment of the claim waits for nothing."""
    return PersistentVolumeClaim(
        f"{name}-disk",
        metadata=settings.meta.args({"pulumi.com/skipAwait": "true"}),
        spec={
            "access_modes": ["ReadWriteOnce"],
            "storage_class_name": settings.storage_class or class_name(settings.profile),
            "resources": {"requests": {"storage": gibibytes(settings.database_gib)}},
        },
        opts=opts,
    )


def _deployment(name: str, settings: _Checked, place: TrackingPlace, opts: pulumi.ResourceOptions) -> Deployment:
    return Deployment(
        f"{name}-server",
        metadata=settings.meta.args(),
        spec={
            "replicas": 1,
            "selector": {"match_labels": OWN},
            # One after the other: two would change the tables, and the file, at once.
            "strategy": {"type": "Recreate"},
            "template": pod_template(place, settings.meta.labels),
        },
        opts=opts,
    )


def _service(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> Service:
    """Waits for no pod: the deployment does."""
    return Service(
        f"{name}-service",
        metadata=settings.meta.args({"pulumi.com/skipAwait": "true"}),
        spec={
            "type": "ClusterIP",
            "selector": OWN,
            "ports": [{"name": "http", "port": PORT, "target_port": "http", "app_protocol": "http"}],
        },
        opts=opts,
    )
