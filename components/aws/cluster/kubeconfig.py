"""Kubeconfig of an EKS cluster. Pure."""

import json


def kubeconfig(cluster: str, region: str, endpoint: str, authority: str) -> str:
    """Returns a kubeconfig without credentials: its user gets a token from AWS. `authority` is the base64-encoded
    certificate of the cluster's certificate authority."""
    user = {
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": "aws",
        "args": ["eks", "get-token", "--cluster-name", cluster, "--region", region, "--output", "json"],
        "interactiveMode": "Never",
    }
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {"name": cluster, "cluster": {"server": endpoint, "certificate-authority-data": authority}},
            ],
            "users": [{"name": cluster, "user": {"exec": user}}],
            "contexts": [{"name": cluster, "context": {"cluster": cluster, "user": cluster}}],
            "current-context": cluster,
        }
    )
