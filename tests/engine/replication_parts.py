"""Program with vaults on both clouds and copies between them; the variable PARTS lists the purposes to copy."""

import os

import pulumi

from falaj.components import aws, azure
from falaj.components.build.replication import FlowSpec, Replication, ReplicationArgs, role_arns
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.storage.replication import Direction
from falaj.components.core.validation.enums import Capacity, Profile, Purpose
from falaj.components.kubernetes.site.provider import site_kubernetes
from tests.engine.stores_on_azure import stores_on_azure
from tests.samples import DEV_TAGS

PARTS = os.environ.get("PARTS", "").split()
DIRECTIONS = {Purpose.CHECKPOINTS: Direction.TO_AZURE, Purpose.MODELS: Direction.TO_AWS}
COPIED = [purpose for purpose in DIRECTIONS if purpose.value in PARTS]

account = aws.site_provider("uae", "me-central-1")
on_azure = stores_on_azure("10.20.0.0/16", DEV_TAGS)
group, network, log, keys = on_azure.group, on_azure.network, on_azure.log, on_azure.keys
cluster = azure.Cluster(
    "uae-cluster",
    azure.ClusterArgs(
        region="uaenorth",
        resource_group_name=group.name,
        tags=DEV_TAGS,
        kubernetes_version="1.36",
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
        tags=DEV_TAGS,
    )
    bucket = aws.Vault(f"aws-{purpose.value}", on_aws, pulumi.ResourceOptions(providers=[account]))
    container = on_azure.vault(f"az-{purpose.value}", purpose)
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
            oidc_issuer_url=cluster.oidc_issuer_url,
            flows={purpose: flows[purpose] for purpose in COPIED},
            mib_per_second=100,
            tags=DEV_TAGS,
        ),
        pulumi.ResourceOptions(providers=[account, kubernetes]),
    )
