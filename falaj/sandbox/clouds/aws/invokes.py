"""The provider functions of AWS."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from falaj.facts.regions import REGIONS
from falaj.sandbox.clouds.aws.account import ACCOUNT, region_of
from falaj.sandbox.clouds.aws.caller import caller
from falaj.sandbox.clouds.aws.eks_addons import get_addon_version
from falaj.sandbox.clouds.aws.network_invokes import INVOKES as NETWORK_INVOKES
from falaj.sandbox.clouds.aws.zones import zone_id_of, zones_of
from falaj.sandbox.clouds.spec import CloudError, InvokeOperation
from falaj.sandbox.clouds.values import Json, Props, get_all, get_str

_SESSION = re.compile(r"arn:aws:sts::\d{12}:assumed-role/([^/]+)/(.+)")


def availability_zones(op: InvokeOperation) -> Props:
    """Returns the availability zones of the provider's region."""
    region = region_of(op.args, op.config)
    zones = zones_of(region)
    return {
        "id": region,
        "names": list(zones),
        "zoneIds": [zone_id_of(region, zone) for zone in zones],
        "groupNames": [region],
        "region": region,
    }


def caller_identity(op: InvokeOperation) -> Props:
    """Returns the caller's identity: a session of the role of the run or of the provider. The sandbox has one account,
    whatever the account of the role."""
    run = caller(op.config)
    user = f"AROACKCEVSQ6C2EXAMPLE:{run.session_name}"
    return {"id": ACCOUNT, "accountId": ACCOUNT, "arn": run.session, "userId": user}


def session_context(op: InvokeOperation) -> Props:
    """Returns the role of a session, whose path only IAM knows; another ARN is its own issuer
    (terraform-provider-aws, data source aws_iam_session_context, read 2026-11-26)."""
    arn, run = get_str(op.args, "arn"), caller(op.config)
    name, session = _SESSION.sub(r"\1", arn), _SESSION.sub(r"\2", arn)
    if not _SESSION.fullmatch(arn):
        return {"id": arn, "arn": arn, "issuerArn": arn, "issuerId": "", "issuerName": "", "sessionName": ""}
    role = run.role if arn == run.session else f"arn:aws:iam::{ACCOUNT}:role/{name}"
    return {
        "id": arn,
        "arn": arn,
        "issuerArn": role,
        "issuerId": "AROACKCEVSQ6C2EXAMPLE",
        "issuerName": name,
        "sessionName": session,
    }


def region(op: InvokeOperation) -> Props:
    """Returns the requested region, otherwise the provider's."""
    name = region_of(op.args, op.config)
    description = REGIONS[name].display_name if name in REGIONS else name
    return {
        "id": name,
        "name": name,
        "region": name,
        "description": description,
        "endpoint": f"ec2.{name}.amazonaws.com",
    }


def partition(op: InvokeOperation) -> Props:
    """Returns the commercial partition."""
    return {"id": "aws", "partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}


def parameter(op: InvokeOperation) -> Props:
    """Returns a stored parameter, or a public one of AWS (recommended machine images) under `/aws/service/`. Raises
    `CloudError`.
    """
    name, region_name = get_str(op.args, "name"), region_of(op.args, op.config)
    value = "ami-0123456789abcdef0"
    if not name.startswith("/aws/service/"):
        parameters = op.state.find("aws:ssm/parameter:Parameter", name=name)
        if not parameters:
            raise CloudError(f"reading SSM Parameter ({name}): couldn't find resource")
        value = get_str(parameters[0].outputs, "value")
    return {
        "id": name,
        "name": name,
        "arn": f"arn:aws:ssm:{region_name}:{ACCOUNT}:parameter{name}",
        "type": "String",
        "value": value,
        "insecureValue": value,
        "version": 1,
        "withDecryption": True,
        "region": region_name,
    }


def policy_document(op: InvokeOperation) -> Props:
    """Returns the JSON text of a policy, in the order and with the defaults of the AWS provider."""
    statements = [_statement(item) for item in get_all(op.args, "statements[*]") if isinstance(item, Mapping)]
    document: dict[str, Json] = {"Version": get_str(op.args, "version") or "2012-10-17", "Statement": statements}
    if get_str(op.args, "policyId"):
        document["Id"] = get_str(op.args, "policyId")
    return {**op.args, "id": "0", "json": json.dumps(document, indent=2), "minifiedJson": json.dumps(document)}


def _statement(args: Props) -> dict[str, Json]:
    statement: dict[str, Json] = {"Effect": get_str(args, "effect") or "Allow"}
    if get_str(args, "sid"):
        statement["Sid"] = get_str(args, "sid")
    for name, key in (("Action", "actions"), ("NotAction", "notActions"), ("Resource", "resources"),
                      ("NotResource", "notResources")):  # fmt: skip
        if values := get_all(args, f"{key}[*]"):
            statement[name] = values[0] if len(values) == 1 else values
    for name, key in (("Principal", "principals"), ("NotPrincipal", "notPrincipals")):
        if principals := get_all(args, f"{key}[*]"):
            statement[name] = _principals(principals)
    conditions: dict[str, dict[str, Json]] = {}
    for condition in get_all(args, "conditions[*]"):
        values = get_all(condition, "values[*]")
        test = conditions.setdefault(get_str(condition, "test"), {})
        test[get_str(condition, "variable")] = values[0] if len(values) == 1 else values
    if conditions:
        statement["Condition"] = conditions
    return statement


def _principals(given: list[Json]) -> Json:
    if any(get_str(item, "type") == "*" for item in given):
        return "*"
    return {get_str(item, "type"): get_all(item, "identifiers[*]") for item in given}


_CLUSTER_LISTS = {
    "accessConfig": "accessConfigs",
    "certificateAuthority": "certificateAuthorities",
    "kubernetesNetworkConfig": "kubernetesNetworkConfigs",
    "upgradePolicy": "upgradePolicies",
    "zonalShiftConfig": "zonalShiftConfigs",
}
"""Property of a cluster -> the lookup's list of it (pulumi-aws 7.51, eks.GetClusterResult)."""


def get_cluster(op: InvokeOperation) -> Props:
    """Returns an EKS cluster by its name. Raises `CloudError` if it does not exist (terraform-provider-aws, data source
    aws_eks_cluster)."""
    region, name = region_of(op.args, op.config), get_str(op.args, "name")
    found = op.state.find("aws:eks/cluster:Cluster", f"{ACCOUNT}/{region}", name)
    if not found:
        raise CloudError(f"reading EKS Cluster ({name}): couldn't find resource")
    cluster = found[0].outputs
    names = ("arn", "createdAt", "deletionProtection", "enabledClusterLogTypes", "endpoint", "identities")
    plain = {key: cluster.get(key) for key in (*names, "platformVersion", "roleArn", "status", "version", "vpcConfig")}
    lists = {many: [cluster[one]] for one, many in _CLUSTER_LISTS.items() if cluster.get(one)}
    tags = cluster.get("tagsAll") or cluster.get("tags") or {}
    return {**plain, **lists, "id": name, "name": name, "region": region, "tags": tags}


INVOKES = {
    **NETWORK_INVOKES,
    "aws:index/getAvailabilityZones:getAvailabilityZones": availability_zones,
    "aws:index/getCallerIdentity:getCallerIdentity": caller_identity,
    "aws:iam/getSessionContext:getSessionContext": session_context,
    "aws:index/getRegion:getRegion": region,
    "aws:index/getPartition:getPartition": partition,
    "aws:eks/getCluster:getCluster": get_cluster,
    "aws:eks/getAddonVersion:getAddonVersion": get_addon_version,
    "aws:ssm/getParameter:getParameter": parameter,
    "aws:iam/getPolicyDocument:getPolicyDocument": policy_document,
}
