"""Program of a tenant's own stack: the workloads of `examples/tenant`, with the rights of the tenant's deployer."""

from falaj.components.build.tenant_stack import PlatformReferences
from falaj.components.build.workloads import Workloads
from tests.lab.tenant_cluster import SITE, TENANT, cluster, tenant_stack

settings = tenant_stack()
of_tenant = cluster("FALAJ_TENANT_KUBECONFIG", is_managed=False)
Workloads(of_tenant, PlatformReferences(SITE, settings.sites[SITE]), TENANT, settings)
