"""Normalises type tokens: replaces old, versioned and patch spellings of a type by its current token.

Names checked against pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and pulumi-kubernetes 4.34.2 on 2026-11-24.
"""

from functools import cache

from .data_folder import DATA
from .lazy_regex import lazy_regex

_AWS_MODULES = {
    "applicationloadbalancing": "alb",
    "elasticloadbalancing": "elb",
    "elasticloadbalancingv2": "lb",
}
"""AWS modules that were renamed. `lb` and `alb` both exist, and stay unchanged."""

_AZURE_MODULES = {
    "documentdb": "cosmosdb",
    "cache": "redis",
    "insights": "monitor",
    "devices": "iothub",
}
"""Azure modules that azure-native 3 renamed. Types that moved to another module are in `_ALIASES`."""

_REPLACED_TYPES = {
    "azure-native:cache:Database": "azure-native:redisenterprise:Database",
    "azure-native:documentdb:MongoCluster": "azure-native:mongocluster:MongoCluster",
    "azure-native:dbforpostgresql:Cluster": "azure-native:dbforpostgresql:ServerGroupCluster",
    "azure-native:dbforpostgresql:ServerGroup": "azure-native:dbforpostgresql:ServerGroupCluster",
    "azure-native:kusto:Database": "azure-native:kusto:ReadWriteDatabase",
}
"""Old token that was split into several types, or that no SDK lists -> the type that the guardrails cover."""

_EXTENSIONS_GROUPS = {
    "Ingress": "networking.k8s.io",
    "NetworkPolicy": "networking.k8s.io",
    "PodSecurityPolicy": "policy",
}
"""Kind of the former API group `extensions` -> its current group; other kinds moved to `apps`."""

_ALIASES = dict(line.split("=") for line in DATA.joinpath("aliases.txt").read_text(encoding="utf-8").splitlines())
"""Old token -> current token, from the alias lists of the SDKs (tests/policies/sdk.py writes the file)."""

_AZURE = lazy_regex(r"azure-native(?:_[a-z0-9]+_v\w+)?:(?P<module>[a-z0-9]+)(?:/v\d{8}\w*)?:(?P<type>\w+)")
_KUBERNETES = lazy_regex(r"kubernetes:(?:(?P<group>[^/:]+)/)?v\d+(?:alpha\d+|beta\d+)?:(?P<kind>\w+?)(?:Patch)?")
"""The token of a Kubernetes type. Custom resources write the core group as `v1`, without a group."""


@cache
def normalise(token: str) -> str:
    """Returns the current token of a resource type. Returns tokens of other packages unchanged."""
    if token.startswith("aws:"):
        return _aws(token)
    if match := _AZURE.fullmatch(token):
        return _azure(match["module"], match["type"])
    if match := _KUBERNETES.fullmatch(token):
        return f"kubernetes:{_group(match['group'] or 'core', match['kind'])}/v1:{match['kind']}"
    return token


def _aws(token: str) -> str:
    current = _ALIASES.get(token, token)
    module, slash, rest = current.removeprefix("aws:").partition("/")
    return f"aws:{_AWS_MODULES.get(module, module)}{slash}{rest}"


def _azure(module: str, name: str) -> str:
    token = f"azure-native:{module}:{name}"
    current = _REPLACED_TYPES.get(token) or _ALIASES.get(token)
    return current or f"azure-native:{_AZURE_MODULES.get(module, module)}:{name}"


def _group(group: str, kind: str) -> str:
    if group == "extensions":
        return _EXTENSIONS_GROUPS.get(kind.removesuffix("List"), "apps")
    return "apiregistration.k8s.io" if group == "apiregistration" else group


def aws_module(token: str) -> str:
    """Returns the module of an AWS token: `iam` of `aws:iam/role:Role`; empty for other clouds."""
    return token.split(":")[1].split("/")[0] if token.startswith("aws:") else ""
