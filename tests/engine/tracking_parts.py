"""Program with vaults on both clouds, access to them, and a tenant's tracking server. CHANGE makes one change."""

import os

import pulumi

from falaj.components import aws, azure
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.training.tracking import DatabaseSpec
from falaj.components.core.validation.enums import Purpose
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
from tests.engine.stores_on_azure import stores_on_azure
from tests.samples import DEV_TAGS

SPACE, FOLDER = "tenant-retail", "tenants/retail/mlflow"
change = os.environ.get("CHANGE", "")
writes = [] if change == "reads" else [Purpose.MODELS]

on_aws = cluster_on_aws()
account_opts = pulumi.ResourceOptions(providers=[on_aws.account])
bucket = aws.Vault(
    "aws-models",
    aws.VaultArgs(
        region=REGION,
        purpose=Purpose.MODELS,
        only_through=on_aws.network.s3_endpoint_id,
        tags=DEV_TAGS,
    ),
    account_opts,
)
aws_access_args = aws.VaultAccessArgs(
    namespace=SPACE,
    service_account="tracking",
    writes=writes,
    region=REGION,
    cluster_name=on_aws.cluster.cluster_name,
    vaults={Purpose.MODELS: aws.VaultGrant(bucket_name=bucket.vault_name, bucket_key=bucket.key_id, folder=FOLDER)},
    tags=DEV_TAGS,
)
access = aws.VaultAccess("aws-access", aws_access_args, account_opts)
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={"retail": TenantSpec(tier=Tier.SMB, cpu=8, memory_gib=32, storage_gib=50)},
        cloud=Cloud.AWS,
        network_cidr=CIDR,
        kubernetes_version=VERSION,
        tags=DEV_TAGS,
    ),
    on_aws.after(),
)
tracking_args = TrackingArgs(
    namespace=SPACE,
    tenant="retail",
    vault_uri=bucket.uri,
    folder=FOLDER,
    region=REGION,
    database=DatabaseSpec(secret="tracking-database", cidr="10.20.200.0/24") if change == "database" else None,
    tags=DEV_TAGS,
)
tracking = Tracking("tracking", tracking_args, on_aws.after(foundation, access))
promotion_args = ModelPromotionArgs(
    namespace=SPACE,
    tenant="retail",
    tracking_url=tracking.url,
    models={Variant.A: "models:/sentiment/3", Variant.B: "models:/sentiment/4"},
    winner=Variant(change.removeprefix("winner-")) if change.startswith("winner-") else None,
    tags=DEV_TAGS,
)
ModelPromotion("champion", promotion_args, on_aws.after(tracking))

on_azure = stores_on_azure("10.30.0.0/16", DEV_TAGS)
container = on_azure.vault("az-models", Purpose.MODELS)
azure_access_args = azure.VaultAccessArgs(
    region="uaenorth",
    resource_group_name=on_azure.group.name,
    resource_group_id=on_azure.group.id,
    namespace=SPACE,
    service_account="tracking",
    writes=writes,
    oidc_issuer_url="https://uaenorth.oic.prod-aks.azure.com/tenant/cluster/",
    vaults={Purpose.MODELS: azure.VaultGrant(container_id=container.container_id, folder=FOLDER)},
    tags=DEV_TAGS,
)
azure.VaultAccess("az-access", azure_access_args)
