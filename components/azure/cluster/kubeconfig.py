"""Kubeconfig of an AKS cluster: its address, its certificate, and a program that fetches a token."""

import base64
import json

import pulumi
import yaml
from pulumi_azure_native import containerservice

SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630"
"""The application of Entra that stands for every AKS API server
(learn.microsoft.com/azure/aks/kubelogin-authentication, 2026-11-24)."""

Credentials = containerservice.ListManagedClusterUserCredentialsResult


def kubeconfig(
    group_name: pulumi.Input[str], cluster_name: pulumi.Input[str], parent: pulumi.Resource
) -> pulumi.Output[str]:
    """A kubeconfig as JSON. It holds no secret, so the output is not marked secret.

    `kubelogin` signs in with the Azure CLI, unless the environment says `AAD_LOGIN_METHOD=workloadidentity` or another
    method, as pipelines do.
    """
    credentials = containerservice.list_managed_cluster_user_credentials_output(
        resource_group_name=group_name, resource_name=cluster_name, opts=pulumi.InvokeOutputOptions(parent=parent)
    )
    # An unknown result does not carry the resources that it depends on: the name does, so that a plan shows the cluster
    # behind the kubeconfig.
    both = pulumi.Output.all(cluster_name, credentials)
    return pulumi.Output.unsecret(both.apply(lambda outputs: _without_user(outputs[1])))


def _without_user(credentials: Credentials) -> str:
    original = yaml.safe_load(base64.b64decode(credentials.kubeconfigs[0].value))
    name, cluster = original["clusters"][0]["name"], original["clusters"][0]["cluster"]
    address = {key: cluster[key] for key in ("server", "certificate-authority-data")}
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
            "clusters": [{"name": name, "cluster": address}],
            "contexts": [{"name": name, "context": {"cluster": name, "user": "entra"}}],
            "users": [{"name": "entra", "user": {"exec": login}}],
        }
    )
