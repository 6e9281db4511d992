"""Program with the optional storage components of a site on AWS; the environment variable PARTS enables them."""

import os
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components import aws
from falaj.components.aws.storage.backup_tag import backup_mark
from falaj.components.core.validation.enums import Profile, Purpose
from tests.samples import DEV_TAGS as TAGS

PARTS = set(os.environ.get("PARTS", "").split())
CHANGE = os.environ.get("CHANGE", "")
REGION = "me-central-1"
MARK = backup_mark("uae-backup")
provider = aws.site_provider("uae", REGION)


def component(kind: Any, name: str, *after: pulumi.Resource, **args: Any) -> Any:
    """Creates a component with the region and tags."""
    opts = pulumi.ResourceOptions(providers=[provider], depends_on=list(after))
    return kind(f"uae-{name}", {"region": REGION, "tags": TAGS, **args}, opts)


network = component(aws.Network, "network", cidr="10.20.0.0/16", zones=2)
cluster = component(
    aws.Cluster,
    "cluster",
    network,
    kubernetes_version="1.36",
    control_plane_subnet_ids=network.control_plane_subnet_ids,
)
component(
    aws.Addons,
    "addons",
    cluster,
    cluster_name=cluster.cluster_name,
    kubernetes_version="1.36",
    disk_key=cluster.disk_key,
)
trusted: dict[str, Any] = {}
if "backup" in PARTS:
    backup = component(aws.Backup, "backup")
    trusted = {"trusted_roles": [backup.role_arn], "backed_up_by": backup.mark}
if "confined" in PARTS:
    trusted |= {"only_through": network.s3_endpoint_id}
vaults = {
    purpose.value: component(
        aws.Vault, purpose.value, purpose=purpose, scratch="scratch" in PARTS, protect=False, **trusted
    )
    for purpose in (Purpose.DATASETS, Purpose.CHECKPOINTS)
}
network_args: dict[str, Any] = {"network_id": network.network_id, "client_group_id": cluster.security_group_id}
shared_file_system_id: pulumi.Output[str] | None = None
if "scratch" in PARTS:
    component(
        aws.Scratch,
        "scratch",
        *vaults.values(),
        **network_args,
        subnet_id=network.node_subnet_ids[0],
        capacity_gib=1200 if CHANGE != "grown" else 2400,
        vaults={purpose: vault.uri for purpose, vault in vaults.items()},
        exported=[Purpose.CHECKPOINTS],
    )
if "files" in PARTS:
    files = component(
        aws.SharedFiles,
        "files",
        **network_args,
        node_subnet_ids=network.node_subnet_ids,
        zones=2,
        client_role_arns=[cluster.node_role_arn],
        backed_up_by=MARK,
    )
    shared_file_system_id = files.file_system_id
if "registry" in PARTS:
    component(
        aws.Registry,
        "registry",
        repositories=["workloads", "models"],
        mirrored_images=["public.ecr.aws/karpenter/controller"],
        cached_upstreams=["registry.k8s.io", "quay.io", "public.ecr.aws"],
        puller_role_names={"nodes": cluster.node_role_arn.apply(lambda arn: arn.rsplit("/", 1)[-1])},
        continuous_scan=True,
    )
in_cluster = kubernetes.Provider("uae-kubernetes", kubeconfig=cluster.kubeconfig)
aws.StorageClasses(
    "uae-classes",
    aws.StorageClassesArgs(
        disk_key=cluster.disk_key,
        backed_up_by=MARK,
        default=Profile.BATCH,
        shared_file_system_id=shared_file_system_id,
        tags=TAGS,
    ),
    pulumi.ResourceOptions(providers=[in_cluster], depends_on=[cluster]),
)
