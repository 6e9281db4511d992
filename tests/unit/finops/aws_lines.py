"""Plans and lines of resources of AWS: which types there are, and small properties of them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.lines import Basis

from .plans import plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
HOURS, RATIO = Decimal(730), Decimal("1.21")
STREAM, CONSUMER = "aws:kinesis/stream:Stream", "aws:kinesis/streamConsumer:StreamConsumer"
FLINK, CONNECTOR = "aws:kinesisanalyticsv2/application:Application", "aws:mskconnect/connector:Connector"
BROKER, AIRFLOW = "aws:mq/broker:Broker", "aws:mwaa/environment:Environment"
LUSTRE, WINDOWS = "aws:fsx/lustreFileSystem:LustreFileSystem", "aws:fsx/windowsFileSystem:WindowsFileSystem"
ONTAP, OPENZFS = "aws:fsx/ontapFileSystem:OntapFileSystem", "aws:fsx/openZfsFileSystem:OpenZfsFileSystem"
MEMORY, CACHE = "aws:memorydb/cluster:Cluster", "aws:elasticache/serverlessCache:ServerlessCache"
DAX, TABLE, TARGET = "aws:dax/cluster:Cluster", "aws:dynamodb/table:Table", "aws:appautoscaling/target:Target"
PROXY, BEHIND = "aws:rds/proxy:Proxy", "aws:rds/proxyTarget:ProxyTarget"
DATABASE, AURORA = "aws:rds/instance:Instance", "aws:rds/cluster:Cluster"
MEMBER, GRAPH = "aws:rds/clusterInstance:ClusterInstance", "aws:neptune/cluster:Cluster"
GRAPH_INSTANCE = "aws:neptune/clusterInstance:ClusterInstance"
SETUP, ENDPOINT = "aws:sagemaker/endpointConfiguration:EndpointConfiguration", "aws:sagemaker/endpoint:Endpoint"
NOTEBOOK, TRAINING = "aws:sagemaker/notebookInstance:NotebookInstance", "aws:sagemaker/trainingJob:TrainingJob"
FUNCTION, WARM = "aws:lambda/function:Function", "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
SPARK, PORT = "aws:emrserverless/application:Application", "aws:directconnect/connection:Connection"
GROUP = "aws:opensearch/serverlessCollectionGroup:ServerlessCollectionGroup"
COLLECTION = "aws:opensearch/serverlessCollection:ServerlessCollection"
AUTHORITY = "aws:acmpca/certificateAuthority:CertificateAuthority"


def lines(kind: str, props: Mapping[str, Any], *others: Any, **more: Any) -> Any:
    """Returns the lines of a resource but those by use. `more` are its dependencies."""
    own = PROVIDER | ({"dependencies": more} if more else {})
    rows = [(*row[:3], PROVIDER | (row[3] if len(row) > 3 else {})) for row in others]
    result = priced(plan(AWS, *rows, (kind, "it", props, own))).lines
    return [line for line in result if line.name == "it" and line.charge.basis is Basis.BASELINE]


def usd(found: Any, of: str = "expected") -> Decimal:
    assert found
    assert all(line.priced for line in found), [line.price.source for line in found]
    return sum((getattr(line.usd, of) for line in found), Decimal(0))


def stream(shards: object = 4, **more: object) -> tuple[str, str, dict[str, object]]:
    return STREAM, "stream", {"shardCount": shards, **more}


def flink(scales: object = False, parallelism: object = 8, each: object = 2, runtime: str = "FLINK-1_20") -> Any:
    return {"runtimeEnvironment": runtime, "applicationConfiguration": {"flinkApplicationConfiguration": {
        "parallelismConfiguration": {"configurationType": "CUSTOM", "autoScalingEnabled": scales,
                                     "parallelism": parallelism, "parallelismPerKpu": each}}}}  # fmt: skip


def limits(data: object, requests: object = None, engine: str = "valkey", unit: str = "GB") -> dict[str, Any]:
    stated = {"dataStorage": {"maximum": data, "unit": unit}, "ecpuPerSeconds": [{"maximum": requests}]}
    has_requests = requests is not None
    return {"engine": engine, "cacheUsageLimits": stated if has_requests else {"dataStorage": stated["dataStorage"]}}


def worker(kind: str, count: object, cpu: str = "4 vCPU", memory: object = "16 GB", disk: object = None) -> Any:
    return {"initialCapacityType": kind, "initialCapacityConfig": {"workerCount": count, "workerConfiguration": {
        "cpu": cpu, "memory": memory, "disk": disk}}}  # fmt: skip


def variant(name: object = "ml.g5.xlarge", count: object = 2, **more: object) -> dict[str, object]:
    return {"instanceType": name, "initialInstanceCount": count, **more}


def setup(*variants: object) -> tuple[str, str, dict[str, object]]:
    return SETUP, "setup", {"name": "setup", "productionVariants": list(variants)}


ON_DEMAND = {"streamModeDetails": {"streamMode": "ON_DEMAND"}}
OF_SETUP = {"endpointConfigName": "setup"}
OF_PROXY = {"dbProxyName": "proxy", "targetGroupName": "default"}
FILES = {"storageCapacity": 1024, "throughputCapacity": 256}
