"""The words that AWS's own service models allow in a property, of botocore: pulumi-aws takes them as plain texts.

A property of the SDK is found in the models by the service of its module and by its name, in whatever request of the
service has it: several requests with the same name share their words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from botocore.loaders import Loader

Shape = Mapping[str, Any]
"""A shape of a service model."""
_LOADER = Loader()
_SERVICES: Mapping[str, tuple[str, ...]] = {
    "alb": ("elbv2",), "appautoscaling": ("application-autoscaling",), "bcmdata": ("bcm-data-exports",),
    "bedrock": ("bedrock", "bedrock-agent", "bedrock-agentcore-control", "bedrock-data-automation"),
    "bedrockfoundation": ("bedrock",), "bedrockmodel": ("bedrock",), "cfg": ("config",),
    "agentregistry": ("bedrock-agentcore-control",), "cloudwatch": ("cloudwatch", "events", "logs"),
    "cognito": ("cognito-idp", "cognito-identity"), "costexplorer": ("ce",), "directoryservice": ("ds",),
    "docdb": ("docdb", "docdb-elastic"), "ebs": ("ec2",), "ec2clientvpn": ("ec2",), "ec2transitgateway": ("ec2",),
    "elasticsearch": ("es",), "kinesis": ("kinesis", "firehose", "kinesisvideo"), "lb": ("elbv2",),
    "lex": ("lex-models", "lexv2-models"), "macie": ("macie2",), "msk": ("kafka",), "mskconnect": ("kafkaconnect",),
    "notifications": ("notifications", "notificationscontacts"), "opensearch": ("opensearch", "opensearchserverless"),
    "opensearchingest": ("osis",), "route53": ("route53", "route53resolver", "route53profiles"),
    "s3": ("s3", "s3control", "s3vectors"), "servicequotas": ("service-quotas",), "sfn": ("stepfunctions",),
    "ssm": ("ssm", "ssm-contacts"), "verifiedaccess": ("ec2",), "vpc": ("ec2",), "wafregional": ("waf-regional",),
    "serverlessrepository": ("serverlessrepo",), "resourceexplorer": ("resource-explorer-2",),
}  # fmt: skip
"""Module of pulumi-aws -> services of AWS, where the names differ by more than hyphens."""
_DEPTH = 2
"""Lists around a word."""


@cache
def _by_letters() -> Mapping[str, str]:
    names = _LOADER.list_available_services("service-2")
    return {name.replace("-", ""): name for name in names}


def services(module: str) -> tuple[str, ...]:
    """Returns the services of a module of pulumi-aws; none if botocore has no model of it."""
    found = _by_letters().get(module)
    return _SERVICES.get(module) or ((found,) if found else ())


@cache
def words(service: str) -> Mapping[str, frozenset[str]]:
    """Returns the words of each property in the requests of a service, by its name in lower case."""
    model = _LOADER.load_service_model(service, "service-2")
    shapes = model["shapes"]
    found: dict[str, set[str]] = defaultdict(set)
    seen = {operation["input"]["shape"] for operation in model["operations"].values() if "input" in operation}
    left = list(seen)
    while left:
        shape = shapes[left.pop()]
        for name, member in shape.get("members", {}).items():
            found[name.lower()].update(_enumeration(shapes, member["shape"]))
        following = set(_parts(shape)) - seen
        seen |= following
        left += following
    return {name: frozenset(values) for name, values in found.items() if values}


def _parts(shape: Shape) -> Iterator[str]:
    for part in (
        *shape.get("members", {}).values(),
        *(shape[key] for key in ("member", "key", "value") if key in shape),
    ):
        yield part["shape"]


def _enumeration(shapes: Mapping[str, Shape], name: str, depth: int = _DEPTH) -> list[str]:
    shape = shapes[name]
    if "enum" in shape:
        return list(shape["enum"])
    is_list = shape["type"] == "list" and depth > 0
    return _enumeration(shapes, shape["member"]["shape"], depth - 1) if is_list else []


def allowed(module: str, name: str) -> frozenset[str]:
    """Returns the words that a property of a module's types may be; empty if the models know none."""
    singular = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
    spellings = {name.lower(), f"{name}s".lower(), singular.lower()}
    return frozenset().union(*(words(service).get(spelling, frozenset())
                               for service in services(module) for spelling in spellings))  # fmt: skip
