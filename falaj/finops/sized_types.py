"""Types that are charged by their use, unless a property keeps capacity of them running."""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_path, get_str, unknown_at

_THROUGHPUT = ("options.throughput", "options.autoscaleSettings")
_COSMOS_PARTS = (
    "SqlResourceSqlDatabase", "SqlResourceSqlContainer", "MongoDBResourceMongoDBDatabase",
    "MongoDBResourceMongoDBCollection", "GremlinResourceGremlinDatabase", "GremlinResourceGremlinGraph",
    "CassandraResourceCassandraKeyspace", "CassandraResourceCassandraTable", "TableResourceTable",
)  # fmt: skip
_SIZES: Mapping[str, tuple[str, ...]] = {
    "aws:apigateway/stage:Stage": ("cacheClusterEnabled",),
    "aws:batch/computeEnvironment:ComputeEnvironment": ("computeResources.minVcpus", "computeResources.desiredVcpus"),
    "aws:emrserverless/application:Application": ("initialCapacities",),
    "azure-native:app:ContainerApp": ("template.scale.minReplicas",),
    **{f"azure-native:cosmosdb:{part}": _THROUGHPUT for part in _COSMOS_PARTS},
}
"""Type -> properties that keep capacity running, for which there is no price (documentation of the
SDKs pulumi-aws 7.51.1 and azure-native 3.29.0)."""
_NOTHING = (None, False, 0, "0", "", [], {})


def _is_stated(props: Mapping[str, Any], path: str) -> bool:
    """Returns whether a property is set, or is known only after the update."""
    value: Any = props
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
        if value is UNKNOWN:
            return True
    return value not in _NOTHING


def _sized(paths: tuple[str, ...]) -> MeterFunction:
    def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
        stated = next((path for path in paths if _is_stated(item.props, path)), "")
        yield without_model(item.type, f"the capacity of {stated} has no price") if stated else by_use(item.type)

    return charges


def _table(context: PricingContext, item: Planned) -> Iterable[Charge]:
    on_demand = get_str(item.props, "billingMode") == "PAY_PER_REQUEST"
    yield by_use(item.type) if on_demand else without_model(item.type, "its provisioned capacity has no price")


def _endpoint_configuration(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of the variants of an endpoint: machines, or requests of serverless ones."""
    variants = [get_dict(each) for each in get_list(item.props, "productionVariants")]
    serverless = (get_dict(each, "serverlessConfig") for each in variants)
    idle = variants and all(each and not _is_stated(each, "provisionedConcurrency") for each in serverless)
    shadows = get_path(item.props, "shadowProductionVariants")
    is_by_use = idle and not shadows
    yield by_use(item.type) if is_by_use else without_model(item.type, "the machines of its variants have no price")


def _app_service_plan(context: PricingContext, item: Planned) -> Iterable[Charge]:
    is_by_use = get_str(item.props, "sku", "name") in ("Y1", "FC1")
    yield by_use(item.type) if is_by_use else without_model(item.type)


def _model_deployment(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of a deployment of a model: by tokens, or of provisioned throughput units by the hour."""
    name = get_str(item.props, "sku", "name").lower()
    is_by_use = "provisioned" not in name and not unknown_at(item.props, "sku.name")
    yield by_use(item.type) if is_by_use else without_model(item.type, "provisioned throughput has no price")


AWS_METERS: Mapping[str, MeterFunction] = {
    **{token: _sized(paths) for token, paths in _SIZES.items() if token.startswith("aws:")},
    "aws:dynamodb/table:Table": _table,
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": _endpoint_configuration,
}
AZURE_METERS: Mapping[str, MeterFunction] = {
    **{token: _sized(paths) for token, paths in _SIZES.items() if token.startswith("azure-native:")},
    "azure-native:cognitiveservices:Deployment": _model_deployment,
    "azure-native:web:AppServicePlan": _app_service_plan,
}
