"""Charges of streams, flows and queues on AWS: Kinesis, Flink, MSK Connect, Amazon MQ and Airflow (MWAA).

What is charged by use has no estimate: records of Kinesis, data of streams on demand and of consumers, storage of
brokers, backups of Flink and the metadata of Airflow.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal

from falaj.finops.free import by_use, without_model
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import decided_by

_STREAM = "aws:kinesis/stream:Stream"
_MODE = ("streamModeDetails", "streamMode")
_FREE_HOURS = 24
"""Hours for which the price of a shard keeps records; more cost as much again for each shard, and more than seven days
by use as well (infracost 95ba4f49, internal/resources/aws/kinesis_stream.go, `Extended-ShardHour`, read 2026-12-02)."""


@decided_by(".".join(_MODE), "shardCount", "retentionPeriod")
def _stream(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the shards of a stream, or the hours of one on demand, whose data is charged by use."""
    if get_str(item.props, *_MODE) == "ON_DEMAND":
        yield Charge("kinesis", "on-demand-stream", fixed(context.hours))
        yield by_use(item.type)
        return
    shards = get_number(get_path(item.props, "shardCount"), 0)
    if not shards:
        yield without_model(item.type, "the number of its shards is not in the plan")
        return
    yield Charge("kinesis", "shard", fixed(shards * context.hours))
    if get_number(get_path(item.props, "retentionPeriod"), _FREE_HOURS) > _FREE_HOURS:
        yield Charge("kinesis", "shard-extended", fixed(shards * context.hours))


def _consumer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a consumer with throughput of its own, which pays for each shard of its stream; of a stream on demand by
    use (the same file, `EnhancedFanoutHour` and `OnDemand-BilledOutgoingEFOBytes`)."""
    streams = [found for found in context.plan.sources(item, "streamArn") if found.type == _STREAM]
    props = streams[0].props if len(streams) == 1 else {"shardCount": UNKNOWN}
    if unknown_at(props, ".".join(_MODE), "shardCount"):
        yield without_model(item.type, "the shards of its stream are not in the plan")
    elif get_str(props, *_MODE) == "ON_DEMAND":
        yield by_use(item.type)
    elif shards := get_number(get_path(props, "shardCount"), 0):
        yield Charge("kinesis", "consumer-shard", fixed(shards * context.hours))
    else:
        yield without_model(item.type, "the shards of its stream are not in the plan")


_PARALLELISM = ("applicationConfiguration", "flinkApplicationConfiguration", "parallelismConfiguration")
_STORAGE_GB = 50
"""Running storage of a processing unit (KPU) of Flink, which is charged beside it (c3x 5c227c21, resources/aws/
aws_kinesisanalyticsv2_application.toml, read 2026-12-02); each application has one unit more for its orchestration
(infracost 95ba4f49, internal/resources/aws/kinesisanalyticsv2_application.go, read 2026-12-02)."""


@decided_by("runtimeEnvironment", ".".join(_PARALLELISM), *(f"{'.'.join(_PARALLELISM)}.{key}" for key in (
    "autoScalingEnabled", "parallelism", "parallelismPerKpu")))  # fmt: skip
def _flink(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the processing units of an application whose scaling is off: with scaling, no property bounds them."""
    stated = get_dict(item.props, *_PARALLELISM)
    parallelism = get_number(stated.get("parallelism"), 0)
    if not get_str(item.props, "runtimeEnvironment").startswith("FLINK") or not parallelism:
        yield without_model(item.type, "the parallelism of an application of Flink is not in the plan")
    elif stated.get("autoScalingEnabled") not in (False, "false"):
        yield without_model(item.type, "its processing units grow without a bound, since autoScalingEnabled is not off")
    else:
        each = max(Decimal(1), get_number(stated.get("parallelismPerKpu"), 1))
        units = (parallelism / each).to_integral_value(ROUND_CEILING)
        yield Charge("managed-flink", "kpu", fixed((units + 1) * context.hours))
        yield Charge("managed-flink", "storage", fixed(units * _STORAGE_GB))


@decided_by("capacity", *(f"capacity.{key}" for key in (
    "autoscaling", "autoscaling.maxWorkerCount", "autoscaling.minWorkerCount", "autoscaling.mcuCount",
    "provisionedCapacity", "provisionedCapacity.workerCount", "provisionedCapacity.mcuCount")))  # fmt: skip
def _connector(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the units (MCU) of a connector's workers, at most those to which it scales: how many run is not known. A
    worker has one unit unless stated (pulumi-aws 7.51.1, mskconnect.Connector)."""
    scaled, steady = (get_dict(item.props, "capacity", key) for key in ("autoscaling", "provisionedCapacity"))
    most = get_number(scaled.get("maxWorkerCount") if scaled else steady.get("workerCount"), 0)
    if not most:
        yield without_model(item.type, "the number of its workers is not in the plan")
        return
    least = get_number(scaled.get("minWorkerCount"), 1) if scaled else most
    units = max(Decimal(1), get_number((scaled or steady).get("mcuCount"), 1))
    yield Charge("msk-connect", "mcu", Range(least, most, most).times(units * context.hours))


_BROKERS = {"SINGLE_INSTANCE": 1, "ACTIVE_STANDBY_MULTI_AZ": 2, "CLUSTER_MULTI_AZ": 3}
"""Deployment -> brokers (c3x 5c227c21, resources/aws/aws_mq_broker.toml; infracost 95ba4f49, testdata/mq_broker_test,
where a standby costs twice and a cluster three times as much; read 2026-12-02)."""


@decided_by("hostInstanceType", "deploymentMode")
def _broker(context: PricingContext, item: Planned) -> Iterable[Charge]:
    name = get_str(item.props, "hostInstanceType")
    count = _BROKERS.get(get_str(item.props, "deploymentMode", default="SINGLE_INSTANCE"))
    if not name or not count:
        yield without_model(item.type, "the type or the number of its brokers is not in the plan")
        return
    yield Charge("mq", name, fixed(count * context.hours))
    yield by_use(item.type)


_WORKERS, _SCHEDULERS, _WEBSERVERS = 1, 2, 2
"""Workers, schedulers and web servers that the price of an environment includes (c3x 5c227c21, resources/aws/
aws_mwaa_environment.toml, read 2026-12-02; but for the worker as known)."""
_DEFAULT_WORKERS = 10
"""The most workers of an environment that states none (pulumi-aws 7.51.1, mwaa.Environment, which also has the other
defaults)."""


@decided_by("environmentClass", "maxWorkers", "minWorkers", "schedulers", "maxWebservers", "minWebservers")
def _airflow(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields an environment of Airflow with the most workers and web servers that it may start. Web servers beyond
    those that are included count as workers."""
    name = get_str(item.props, "environmentClass", default="mw1.small")
    yield Charge("mwaa", name, fixed(context.hours))

    def above(key: str, default: int, included: int) -> Decimal:
        return max(ZERO, get_number(get_path(item.props, key), default) - included)

    least = above("minWorkers", 1, _WORKERS) + above("minWebservers", 2, _WEBSERVERS)
    most = above("maxWorkers", _DEFAULT_WORKERS, _WORKERS) + above("maxWebservers", 2, _WEBSERVERS)
    most = max(least, most)
    if most:
        yield Charge("mwaa", f"{name}-worker", Range(least, most, most).times(context.hours))
    if schedulers := above("schedulers", 2, _SCHEDULERS):
        yield Charge("mwaa", f"{name}-scheduler", fixed(schedulers * context.hours))


METERS: Mapping[str, MeterFunction] = {
    _STREAM: _stream,
    "aws:kinesis/streamConsumer:StreamConsumer": _consumer,
    "aws:kinesisanalyticsv2/application:Application": _flink,
    "aws:mskconnect/connector:Connector": _connector,
    "aws:mq/broker:Broker": _broker,
    "aws:mwaa/environment:Environment": _airflow,
}
