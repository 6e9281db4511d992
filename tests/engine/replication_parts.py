"""Program with vaults on both clouds and copies between them; the variable PARTS lists the purposes to copy."""

import os

import pulumi
import pulumi_azure_native as native

from falaj.components import aws, azure
from falaj.components.build.replication import FlowSpec, Replication, ReplicationArgs, role_arns
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.storage.replication import Direction
from falaj.components.core.validation.enums import Capacity, Egress, Profile, Purpose
from falaj.components.kubernetes.site.provider import site_kubernetes

TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}
PARTS = os.environ.get("PARTS", "").split()
DIRECTIONS = {Purpose.CHECKPOINTS: Direction.TO_AZURE, Purpose.MODELS: Direction.TO_AWS}
COPIED = [purpose for purpose in DIRECTIONS if purpose.value in PARTS]

account = aws.site_provider("uae", "me-central-1")
group = native.resources.ResourceGroup("uae-group", location="uaenorth", tags=TAGS)
network = azure.Network(
    "uae-network",
    azure.NetworkArgs(
        region="uaenorth",
        resource_group_name=group.name,
        cidr="10.20.0.0/16",
        zones=3,
        egress=Egress.NAT_SINGLE,
        tags=TAGS,
    ),
)
log = azure.AuditLog("uae-log", azure.AuditLogArgs(region="uaenorth", resource_group_name=group.name, tags=TAGS))
keys = azure.KeyStore(
    "uae-keys",
    azure.KeyStoreArgs(
        region="uaenorth",
        resource_group_name=group.name,
        resource_group_id=group.id,
        endpoint_subnet_id=network.endpoint_subnet_id,
        workspace_id=log.workspace_id,
        dns_zone_id=network.key_zone_id,
        tags=TAGS,
    ),
)
cluster = azure.Cluster(
    "uae-cluster",
    azure.ClusterArgs(
        region="uaenorth",
        resource_group_name=group.name,
        tags=TAGS,
        version="1.34",
        node_subnet_id=network.node_subnet_ids[0],
        control_plane_subnet_id=network.control_plane_subnet_ids[0],
        key_vault_id=keys.key_vault_id,
        key_vault_name=keys.key_vault_name,
        workspace_id=log.workspace_id,
        system_pool=azure.SystemPoolSpec(
            name="system",
            zones=3,
            pool=NodePoolSpec(
                profile=Profile.SYSTEM,
                machines=["Standard_D4as_v5"],
                capacity=Capacity.ON_DEMAND,
                min=3,
                max=6,
            ),
        ),
    ),
    pulumi.ResourceOptions(depends_on=[network, keys]),
)
# The NAT address and the role ARNs are constants, so that the buckets depend on neither the cluster nor the copies.
readers = role_arns("123456789012", "uae-copies", COPIED) if COPIED else ()
reader_addresses = ["203.0.113.10/32"] if COPIED else ()
flows: dict[Purpose, FlowSpec] = {}
for purpose, direction in DIRECTIONS.items():
    on_aws = aws.VaultArgs(
        region="me-central-1",
        purpose=purpose,
        only_through="vpce-0123456789abcdef0",
        readers=readers,
        reader_addresses=reader_addresses,
        tags=TAGS,
    )
    bucket = aws.Vault(f"aws-{purpose.value}", on_aws, pulumi.ResourceOptions(providers=[account]))
    on_azure = azure.VaultArgs(
        region="uaenorth",
        resource_group_name=group.name,
        resource_group_id=group.id,
        endpoint_subnet_id=network.endpoint_subnet_id,
        workspace_id=log.workspace_id,
        key_vault_name=keys.key_vault_name,
        key_vault_uri=keys.key_vault_uri,
        dns_zone_id=network.blob_zone_id,
        purpose=purpose,
        tags=TAGS,
    )
    container = azure.Vault(f"az-{purpose.value}", on_azure)
    flows[purpose] = FlowSpec(
        direction=direction,
        bucket_name=bucket.vault_name,
        bucket_key=bucket.key_id,
        container_id=container.container_id,
    )
kubernetes = site_kubernetes("uae", cluster.kubeconfig, cluster)
if COPIED:
    Replication(
        "uae-copies",
        ReplicationArgs(
            aws_region="me-central-1",
            azure_region="uaenorth",
            resource_group_name=group.name,
            resource_group_id=group.id,
            issuer_url=cluster.oidc_issuer_url,
            flows={purpose: flows[purpose] for purpose in COPIED},
            mib_per_second=100,
            tags=TAGS,
        ),
        pulumi.ResourceOptions(providers=[account, kubernetes]),
    )
