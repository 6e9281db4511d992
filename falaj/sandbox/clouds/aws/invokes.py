"""The functions that programs call on AWS."""

from __future__ import annotations

import json
from collections.abc import Mapping

from falaj.facts.regions import REGIONS
from falaj.sandbox.clouds.aws.eks_addons import addon_version
from falaj.sandbox.clouds.aws.network import zones_of
from falaj.sandbox.clouds.aws.place import ACCOUNT, region_of
from falaj.sandbox.clouds.rows import InvokeCall, Refused
from falaj.sandbox.clouds.values import Json, Props, each, text


def availability_zones(call: InvokeCall) -> Props:
    """The zones of the provider's region."""
    region = region_of(call.args, call.config)
    zones = zones_of(region)
    prefix = "mec1" if region == "me-central-1" else region
    return {
        "id": region,
        "names": list(zones),
        "zoneIds": [f"{prefix}-az{number}" for number in range(1, len(zones) + 1)],
        "groupNames": [region],
        "region": region,
    }


def caller_identity(call: InvokeCall) -> Props:
    """Who the sandbox is."""
    return {
        "id": ACCOUNT,
        "accountId": ACCOUNT,
        "arn": f"arn:aws:iam::{ACCOUNT}:user/falaj-sandbox",
        "userId": "AIDACKCEVSQ6C2EXAMPLE",
    }


def region(call: InvokeCall) -> Props:
    """The region asked for, else the provider's."""
    name = region_of(call.args, call.config)
    shown = REGIONS[name].display_name if name in REGIONS else name
    return {"id": name, "name": name, "region": name, "description": shown, "endpoint": f"ec2.{name}.amazonaws.com"}


def partition(call: InvokeCall) -> Props:
    """The commercial partition."""
    return {"id": "aws", "partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}


def parameter(call: InvokeCall) -> Props:
    """Stored parameters, and AWS's public ones (recommended machine images) under `/aws/service/`."""
    name, place = text(call.args, "name"), region_of(call.args, call.config)
    value = "ami-0123456789abcdef0"
    if not name.startswith("/aws/service/"):
        found = call.world.find("aws:ssm/parameter:Parameter", name=name)
        if not found:
            raise Refused(f"reading SSM Parameter ({name}): couldn't find resource")
        value = text(found[0].outputs, "value")
    return {
        "id": name,
        "name": name,
        "arn": f"arn:aws:ssm:{place}:{ACCOUNT}:parameter{name}",
        "type": "String",
        "value": value,
        "insecureValue": value,
        "version": 1,
        "withDecryption": True,
        "region": place,
    }


def policy_document(call: InvokeCall) -> Props:
    """The JSON text of a policy, in the order and with the defaults of the AWS provider."""
    statements = [_statement(item) for item in each(call.args, "statements[*]") if isinstance(item, Mapping)]
    document: dict[str, Json] = {"Version": text(call.args, "version") or "2012-10-17", "Statement": statements}
    if text(call.args, "policyId"):
        document["Id"] = text(call.args, "policyId")
    return {**call.args, "id": "0", "json": json.dumps(document, indent=2), "minifiedJson": json.dumps(document)}


def _statement(given: Props) -> dict[str, Json]:
    made: dict[str, Json] = {"Effect": text(given, "effect") or "Allow"}
    if text(given, "sid"):
        made["Sid"] = text(given, "sid")
    for name, key in (("Action", "actions"), ("NotAction", "notActions"), ("Resource", "resources"),
                      ("NotResource", "notResources")):  # fmt: skip
        if values := each(given, f"{key}[*]"):
            made[name] = values[0] if len(values) == 1 else values
    for name, key in (("Principal", "principals"), ("NotPrincipal", "notPrincipals")):
        if principals := each(given, f"{key}[*]"):
            made[name] = _principals(principals)
    conditions: dict[str, dict[str, Json]] = {}
    for condition in each(given, "conditions[*]"):
        values = each(condition, "values[*]")
        test = conditions.setdefault(text(condition, "test"), {})
        test[text(condition, "variable")] = values[0] if len(values) == 1 else values
    if conditions:
        made["Condition"] = conditions
    return made


def _principals(given: list[Json]) -> Json:
    if any(text(item, "type") == "*" for item in given):
        return "*"
    return {text(item, "type"): each(item, "identifiers[*]") for item in given}


INVOKES = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": availability_zones,
    "aws:index/getCallerIdentity:getCallerIdentity": caller_identity,
    "aws:index/getRegion:getRegion": region,
    "aws:index/getPartition:getPartition": partition,
    "aws:eks/getAddonVersion:getAddonVersion": addon_version,
    "aws:ssm/getParameter:getParameter": parameter,
    "aws:iam/getPolicyDocument:getPolicyDocument": policy_document,
}
