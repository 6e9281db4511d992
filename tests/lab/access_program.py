"""Program of a platform: the namespaces and admission policies of prod-uae's tenants on AWS."""

from falaj.components.build.cluster_addons import foundation_args
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.components.kubernetes.training.dataset_volume import DatasetVolume, DatasetVolumeArgs
from tests.lab.tenant_cluster import DATASETS, SITE, TENANT, cluster, platform

of_platform = cluster("FALAJ_LAB_KUBECONFIG", is_managed=True)
tenants = {name: tenant for name, tenant in platform().tenants.items() if SITE in tenant.spaces}
Foundation("base", foundation_args(of_platform, tenants), of_platform.after())
DatasetVolume(
    "datasets",
    DatasetVolumeArgs(
        namespace=namespace_of(TENANT), files=DATASETS, creates_claim=False, tags=of_platform.tags_of(tenants[TENANT])
    ),
    of_platform.after(),
)
