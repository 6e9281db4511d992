"""Kubeconfig of an AKS cluster: server, certificate authority, and the command that fetches a token."""

import base64
import json

import pulumi
import yaml
from pulumi_azure_native import containerservice

SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630"
"""Id of the Entra application that represents the AKS API servers of all clusters
(learn.microsoft.com/azure/aks/kubelogin-authentication, 2026-11-24)."""

Credentials = containerservice.ListManagedClusterUserCredentialsResult


def kubeconfig(
    group_name: pulumi.Input[str], cluster_name: pulumi.Input[str], parent: pulumi.Resource
) -> pulumi.Output[str]:
    """Returns the kubeconfig as JSON. It contains no secret, so the output is not marked secret.

    `kubelogin` authenticates with the Azure CLI by default. Pipelines set another method in the environment
    (`falaj/pipelines/accounts.sh`).
    """
    credentials = containerservice.list_managed_cluster_user_credentials_output(
        resource_group_name=group_name, resource_name=cluster_name, opts=pulumi.InvokeOutputOptions(parent=parent)
    )
    # While the result is unknown, its output depends neither on the cluster nor on its group. Their names do, so that a
    # saved plan has the dependencies of the update.
    known = pulumi.Output.all(group_name, cluster_name, credentials)
    return pulumi.Output.unsecret(known.apply(lambda outputs: with_kubelogin(outputs[2])))


def with_kubelogin(credentials: Credentials) -> str:
    """Returns Azure's kubeconfig with a `kubelogin` exec credential as its user."""
    original = yaml.safe_load(base64.b64decode(credentials.kubeconfigs[0].value))
    name, cluster = original["clusters"][0]["name"], original["clusters"][0]["cluster"]
    server = {key: cluster[key] for key in ("server", "certificate-authority-data")}
    login = {
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": "kubelogin",
        "args": ["get-token", "--login", "azurecli", "--server-id", SERVER_ID],
        "installHint": "kubelogin signs you in: https://azure.github.io/kubelogin",
        "interactiveMode": "IfAvailable",
        "provideClusterInfo": False,
    }
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": name,
            "clusters": [{"name": name, "cluster": server}],
            "contexts": [{"name": name, "context": {"cluster": name, "user": "entra"}}],
            "users": [{"name": "entra", "user": {"exec": login}}],
        }
    )
