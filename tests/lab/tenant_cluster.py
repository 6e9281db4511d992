"""The cluster of prod-uae's site on AWS, as its stack and that of its tenant insurance see the laboratory."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi
import yaml

from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workload_identity import DeclaredWorkloadIdentity
from falaj.components.core.tenancy.deployer_role import tenant_group
from falaj.components.core.training.datasets import DatasetFileSystem
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.load import platform_settings, tenant_stack_settings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantStackSettings

SITE, TENANT = "awsuae", "insurance"
ROOT = Path(__file__).resolve().parents[2]
"""The checkout, with the shipped stacks."""

DATASETS = DatasetFileSystem(
    driver="fsx.csi.aws.com", file_system_id="fs-1", attributes={"dnsname": "fs-1"}, gib=1200, zone_id="mec1-az1"
)


class LabIdentity(DeclaredWorkloadIdentity):
    """Identities without a cloud: the group is that of an EKS access entry."""

    def deployer_group(
        self, name: str, tenant: str, deployer: pulumi.Input[str], tags: Mapping[str, str]
    ) -> pulumi.Input[str]:
        """The tenant's group."""
        return tenant_group(tenant)


def platform() -> Settings:
    """The settings of prod-uae, in which the tenant may have endpoint pickers."""
    settings = _stack("Pulumi.prod-uae.yaml")["falaj:platform"]
    settings["tenants"][TENANT]["spaces"][SITE]["endpoint_picker"] = True
    return platform_settings(settings)


def tenant_stack() -> TenantStackSettings:
    """The settings of the tenant's own stack."""
    return tenant_stack_settings(_stack("examples/tenant/Pulumi.insurance.yaml")["falaj:tenant"])


def cluster(kubeconfig: str, is_managed: bool) -> WorkloadCluster:
    """The laboratory as the site's cluster, accessed with a kubeconfig; `is_managed` by the platform's stack."""
    settings = platform().sites[SITE]
    place: Any = pulumi.ComponentResource("tests:lab:Site", SITE)
    return WorkloadCluster(
        name=SITE,
        cloud=settings.cloud,
        region=settings.region,
        cidr=str(settings.network.cidr),
        version=settings.kubernetes_version,
        node_autoscaler=settings.autoscaler,
        pools=settings.pools,
        shared=settings.cluster,
        site=place,
        kubernetes=site_kubernetes(SITE, Path(os.environ[kubeconfig]).read_text(), place),
        vaults={purpose: f"s3://uae-{purpose}" for purpose in ("datasets", "checkpoints", "models", "artifacts")},
        identity=LabIdentity(),
        outputs=place if is_managed else None,
        datasets=DATASETS,
        tags={**platform().tags, "site": SITE},
    )


def _stack(file: str) -> Any:
    return yaml.safe_load((ROOT / file).read_text())["config"]
