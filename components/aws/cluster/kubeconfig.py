"""Kubeconfig of an EKS cluster. Pure."""

import json
from typing import Any


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


def assuming(kubeconfig: str, role_arn: str) -> str:
    """Returns the kubeconfig of callers who assume a role for the token, as an AWS provider with `assume_roles` does
    for its requests. The plug-in knows no external ID (aws/aws-cli, awscli/customizations/eks/get_token.py, branch v2,
    2026-07)."""
    document: dict[str, Any] = json.loads(kubeconfig)
    for user in document["users"]:
        user["user"]["exec"]["args"] += ["--role-arn", role_arn]
    return json.dumps(document)
