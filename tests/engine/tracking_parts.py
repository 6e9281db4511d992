"""Vaults on both clouds, who works in them, and a tenant's tracking server. CHANGE alters one thing."""

import os
from typing import Any

import pulumi
import pulumi_azure_native as native

from falaj.components import aws, azure
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.training.tracking import DatabaseSpec
from falaj.components.core.validation.enums import Egress, Purpose
from falaj.components.kubernetes import (
    Foundation,
    FoundationArgs,
    ModelPromotion,
    ModelPromotionArgs,
    Tracking,
    TrackingArgs,
)
from falaj.facts.regions import Cloud
from tests.engine.cluster_on_aws import CIDR, REGION, VERSION, cluster_on_aws
from tests.samples import COST_TAGS

SPACE, FOLDER = "tenant-retail", "tenants/retail/mlflow"
change = os.environ.get("CHANGE", "")
writes = [] if change == "reads" else [Purpose.MODELS]
account: Any = {"namespace": SPACE, "service_account": "tracking", "writes": writes, "tags": COST_TAGS}

there = cluster_on_aws()
beside = pulumi.ResourceOptions(providers=[there.account])
bucket = aws.Vault(
    "aws-models",
    aws.VaultArgs(
        region=REGION,
        purpose=Purpose.MODELS,
        only_through=there.network.s3_endpoint_id,
        tags=COST_TAGS,
    ),
    beside,
)
taken: Any = {
    **account,
    "region": REGION,
    "cluster_name": there.cluster.cluster_name,
    "vaults": {"models": {"bucket_name": bucket.vault_name, "bucket_key": bucket.key_id, "folder": FOLDER}},
}
access = aws.VaultAccess("aws-access", taken, beside)
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={"retail": TenantSpec(tier=Tier.SMB, cpu=8, memory_gib=32, storage_gib=50)},
        cloud=Cloud.AWS,
        network_cidr=CIDR,
        version=VERSION,
        tags=COST_TAGS,
    ),
    there.after(),
)
served = TrackingArgs(
    namespace=SPACE,
    tenant="retail",
    vault_uri=bucket.uri,
    folder=FOLDER,
    region=REGION,
    database=DatabaseSpec(secret="tracking-database", cidr="10.20.200.0/24") if change == "database" else None,
    tags=COST_TAGS,
)
tracking = Tracking("tracking", served, there.after(foundation, access))
promoted = ModelPromotionArgs(
    namespace=SPACE,
    tenant="retail",
    tracking_url=tracking.url,
    models={Variant.A: "models:/sentiment/3", Variant.B: "models:/sentiment/4"},
    winner=Variant(change.removeprefix("winner-")) if change.startswith("winner-") else None,
    tags=COST_TAGS,
)
ModelPromotion("champion", promoted, there.after(tracking))

group = native.resources.ResourceGroup("uae-group", location="uaenorth", tags=COST_TAGS)
place: Any = {"region": "uaenorth", "resource_group_name": group.name, "tags": COST_TAGS}
laid_out: Any = {**place, "cidr": "10.30.0.0/16", "zones": 3, "egress": Egress.NAT_SINGLE}
network = azure.Network("uae-network", laid_out)
log = azure.AuditLog("uae-log", place)
stored: Any = {
    **place,
    "resource_group_id": group.id,
    "endpoint_subnet_id": network.endpoint_subnet_id,
    "workspace_id": log.workspace_id,
}
keyed: Any = {**stored, "dns_zone_id": network.key_zone_id}
keys = azure.KeyStore("uae-keys", keyed)
kept: Any = {
    **stored,
    "key_vault_name": keys.key_vault_name,
    "key_vault_uri": keys.key_vault_uri,
    "dns_zone_id": network.blob_zone_id,
    "purpose": Purpose.MODELS,
}
container = azure.Vault("az-models", kept)
let_in: Any = {
    **place,
    **account,
    "resource_group_id": group.id,
    "oidc_issuer_url": "https://uaenorth.oic.prod-aks.azure.com/tenant/cluster/",
    "vaults": {"models": {"container_id": container.container_id, "folder": FOLDER}},
}
azure.VaultAccess("az-access", let_in)
