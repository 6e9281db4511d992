"""Exports of states, as `pulumi stack export` writes them (Pulumi 3.259.0, sdk/go/common/apitype `DeploymentV3`)."""

import json
from typing import Any

from falaj.reconcile.state import State, read

ACCOUNT = "111122223333"
SUBSCRIPTION = "00000000-1111-2222-3333-444444444444"
TAGS = {"project": "arabic-llm", "environment": "prod"}
REGION = "me-central-1"


def urn(kind: str, name: str) -> str:
    return f"urn:pulumi:prod-uae::falaj::{kind}::{name}"


def row(kind: str, name: str, identifier: str, tags: Any = TAGS, **more: Any) -> dict[str, Any]:
    """Returns a resource; `more` are its other outputs. Without tags (None) it has no such output."""
    outputs = {**more, **({} if tags is None else {"tags": tags})}
    return {"urn": urn(kind, name), "type": kind, "custom": True, "id": identifier, "outputs": outputs}


def export(*rows: dict[str, Any], pending: tuple[dict[str, Any], ...] = ()) -> str:
    """Returns an export with these resources."""
    deployment = {"manifest": {}, "resources": [*rows], "pending_operations": [*pending]}
    return json.dumps({"version": 3, "deployment": deployment})


def state(*rows: dict[str, Any]) -> State:
    return read(export(*rows), "state.json")


def arn(end: str, service: str = "ec2", region: str = REGION, account: str = ACCOUNT) -> str:
    return f"arn:aws:{service}:{region}:{account}:{end}"


def arm_id(end: str) -> str:
    return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/falaj{end}"


VPC = row("aws:ec2/vpc:Vpc", "net", "vpc-1", arn=arn("vpc/vpc-1"))
GATEWAY = row("aws:ec2/natGateway:NatGateway", "nat", "nat-1")
BUCKET = row("aws:s3/bucket:Bucket", "data", "data-1a2b", arn="arn:aws:s3:::data-1a2b")
ROLE = row("aws:iam/role:Role", "job", "job", arn=arn("role/job", "iam", ""))
VAULT = row("azure-native:keyvault:Vault", "kv", arm_id("/providers/Microsoft.KeyVault/vaults/kv1"))
