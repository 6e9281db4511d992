"""The provider functions of azure-native."""

from __future__ import annotations

import base64
import json

from falaj.sandbox.clouds.azure.aks import CLUSTER
from falaj.sandbox.clouds.azure.arm import CLIENT, GROUP, OPERATOR, SUBSCRIPTION, TENANT, ArmPath, arm_error
from falaj.sandbox.clouds.spec import CloudError, InventoryItem, InvokeOperation
from falaj.sandbox.clouds.values import Props, get_path, get_str


def client_config(op: InvokeOperation) -> Props:
    """Returns the identity with which the sandbox is signed in."""
    return {"clientId": CLIENT, "objectId": OPERATOR, "subscriptionId": SUBSCRIPTION, "tenantId": TENANT}


def client_token(op: InvokeOperation) -> Props:
    """Always raises `CloudError`: a token would be a credential, and there is no cloud to use it with."""
    raise CloudError("getClientToken is refused in the sandbox: there is no credential behind it")


def account_keys(op: InvokeOperation) -> Props:
    """Always raises `CloudError`: storage accounts are accessed with identities."""
    raise CloudError(
        arm_error(
            409,
            "KeyBasedAuthenticationNotPermitted",
            "Key based authentication is not permitted on this storage account: use an identity with a role such as "
            "Storage Blob Data Contributor.",
        )
    )


def _cluster(op: InvokeOperation) -> InventoryItem:
    path = ArmPath(f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/{{resourceName}}")
    cluster = op.state.by_handle(path.fill(op.args).lower())
    if cluster is None or cluster.type != CLUSTER:
        name = f"Microsoft.ContainerService/managedClusters/{get_str(op.args, 'resourceName')}"
        group = get_str(op.args, "resourceGroupName")
        raise CloudError(
            arm_error(404, "ResourceNotFound", f"The Resource '{name}' under resource group '{group}' was not found.")
        )
    return cluster


def user_credentials(op: InvokeOperation) -> Props:
    """Returns a kubeconfig for sign-in through kubelogin, without a credential."""
    return _kubeconfig(_cluster(op), "clusterUser")


def admin_credentials(op: InvokeOperation) -> Props:
    """Returns an administrator's kubeconfig. Raises `CloudError` if local accounts are disabled."""
    cluster = _cluster(op)
    if get_path(cluster.inputs, "disableLocalAccounts") is True:
        raise CloudError(
            arm_error(
                400,
                "BadRequest",
                "Getting static credential is not allowed because this cluster is set to disable local accounts.",
            )
        )
    return _kubeconfig(cluster, "clusterAdmin")


_CERTIFICATE = base64.b64encode(b"the certificate of an emulated API server").decode()


def _kubeconfig(cluster: InventoryItem, name: str) -> Props:
    private = get_path(cluster.inputs, "apiServerAccessProfile.enablePrivateCluster") is True
    host = get_str(cluster.outputs, "privateFQDN" if private else "fqdn")
    api_server = {"server": f"https://{host}:443", "certificate-authority-data": _CERTIFICATE}
    login = {
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": "kubelogin",
        "args": ["get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"],
        "provideClusterInfo": False,
    }
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": cluster.name,
        "clusters": [{"name": cluster.name, "cluster": api_server}],
        "contexts": [{"name": cluster.name, "context": {"cluster": cluster.name, "user": name}}],
        "users": [{"name": name, "user": {"exec": login}}],
    }
    return {"kubeconfigs": [{"name": name, "value": base64.b64encode(json.dumps(config).encode()).decode()}]}


INVOKES = {
    "azure-native:authorization:getClientConfig": client_config,
    "azure-native:authorization:getClientToken": client_token,
    "azure-native:storage:listStorageAccountKeys": account_keys,
    "azure-native:containerservice:listManagedClusterUserCredentials": user_credentials,
    "azure-native:containerservice:listManagedClusterAdminCredentials": admin_credentials,
}
"""Token -> function."""
