"""One name for each resource type: old, versioned, local and patch spellings of a token are brought to the current one.

Names checked against pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and pulumi-kubernetes 4.34.2 on 2026-11-24.
"""

import re
from functools import cache

_AWS_MODULES = {
    "applicationloadbalancing": "alb",
    "elasticloadbalancing": "elb",
    "elasticloadbalancingv2": "lb",
}
"""AWS modules that were renamed. `lb` and `alb` are both alive and stay as they are."""

_AWS_TYPES = {
    "aws:s3/BucketObject:BucketObject": "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:directoryservice/conditionalForwader:ConditionalForwader": (
        "aws:directoryservice/conditionalForwarder:ConditionalForwarder"
    ),
}

_AZURE_MODULES = {
    "documentdb": "cosmosdb",
    "cache": "redis",
    "insights": "monitor",
    "devices": "iothub",
}
"""Azure modules renamed in version 3 of azure-native."""

_AZURE_TYPES = {
    "cache:RedisEnterprise": "redisenterprise:RedisEnterprise",
    "cache:Database": "redisenterprise:Database",
    "documentdb:MongoCluster": "mongocluster:MongoCluster",
    "insights:Component": "applicationinsights:Component",
    "insights:WebTest": "applicationinsights:WebTest",
    "insights:Workbook": "applicationinsights:Workbook",
    "network:FrontDoor": "frontdoor:FrontDoor",
    "network:PrivateZone": "privatedns:PrivateZone",
    "network:VirtualNetworkLink": "privatedns:VirtualNetworkLink",
    "network:PrivateRecordSet": "privatedns:PrivateRecordSet",
    "network:Zone": "dns:Zone",
    "network:Profile": "trafficmanager:Profile",
    "netapp:Volume": "netapp:CapacityPoolVolume",
    "netapp:Pool": "netapp:CapacityPool",
    "dbforpostgresql:Cluster": "dbforpostgresql:ServerGroupCluster",
    "dbforpostgresql:ServerGroup": "dbforpostgresql:ServerGroupCluster",
    "machinelearningservices:MachineLearningCompute": "machinelearningservices:Compute",
}
"""Azure types that moved or were renamed on their own, as `module:Type`."""

_AZURE = re.compile(r"azure-native(?:_[a-z0-9]+_v\w+)?:(?P<module>[a-z0-9]+)(?:/v\d{8}\w*)?:(?P<type>\w+)")
_KUBERNETES = re.compile(r"kubernetes:(?P<group>[^/:]+)/v\d+(?:alpha\d+|beta\d+)?:(?P<kind>\w+?)(?:Patch)?")


@cache
def normalise(token: str) -> str:
    """The current token of a resource type. Tokens of other packages are returned unchanged."""
    if token.startswith("aws:"):
        return _aws(token)
    if match := _AZURE.fullmatch(token):
        local = f"{match['module']}:{match['type']}"
        if local in _AZURE_TYPES:
            return f"azure-native:{_AZURE_TYPES[local]}"
        return f"azure-native:{_AZURE_MODULES.get(match['module'], match['module'])}:{match['type']}"
    if match := _KUBERNETES.fullmatch(token):
        return f"kubernetes:{match['group']}/v1:{match['kind']}"
    return token


def _aws(token: str) -> str:
    module, slash, rest = token.removeprefix("aws:").partition("/")
    renamed = f"aws:{_AWS_MODULES.get(module, module)}{slash}{rest}"
    return _AWS_TYPES.get(renamed, renamed)


def aws_module(token: str) -> str:
    """`iam` of `aws:iam/role:Role`; empty for other clouds."""
    return token.split(":")[1].split("/")[0] if token.startswith("aws:") else ""
