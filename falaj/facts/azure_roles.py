"""Built-in roles of Azure that are broad when they are assigned on a whole subscription.

`azure_roles.csv` is generated from the definitions in iann0036/iam-dataset@2073fa52 (2026-08-22; MIT): `critical` are
roles with every action or role assignments; `high` are those that read data of every resource, list access keys, run
commands in machines and clusters, attach every managed identity, or change policies, locks or federated credentials.
Deployments of templates do not count, because each resource needs its own permission. Other roles have no row. That of
Windows Admin Center was added by hand (WACLoginAsAdmin; the ids of all roles are in these definitions), and from
the same definitions (azure/built-in-roles-raw.json, read 2026-11-29) those that write extensions of machines of Azure
Arc (Microsoft.HybridCompute/machines/extensions/write) or programs of clusters (fluxConfigurations/write; "Kubernetes
Extension Contributor"), and "Data Purger"; and on 2026-12-02 those whose actions on data change what runs in clusters
of Azure Arc and in fleets (connectedClusters/*, fleets/*), those that list an administrator's kubeconfig, those whose
keys end with readonlykeys, listKeys or listSecrets and read data (but not keys with which a workspace only takes
records), and those that purge deleted vaults.
"""

from collections.abc import Mapping
from functools import cache

from falaj.facts.predefined_roles import PredefinedRole, read_roles


@cache
def azure_roles() -> Mapping[str, PredefinedRole]:
    """Returns the roles by id, which is the same in every tenant. Raises `BadRow`."""
    return read_roles("azure_roles.csv", "id", "role")
