"""Attacks on the budget of a stack by services of AWS whose ordinary sizes have a price (2026-12-02).

Each is a good plan with a size that has no price, one that is known only after the update, no bound, or a capacity
whose price is above the ceiling.
"""

from ..harness import UNKNOWN, Given
from ..idioms.eighth_aws import IDIOMS as EIGHTH
from ..idioms.eleventh_aws_work import IDIOMS as WORK
from ..idioms.fifteenth_aws import IDIOMS as FIFTEENTH
from ..idioms.fourteenth_again_aws import IDIOMS as BATCHES
from ..idioms.fourteenth_aws_data import IDIOMS as DATA
from ..idioms.priced_stores import changed
from ..idioms.second_aws import IDIOMS as SECOND
from ..idioms.seventeenth_aws import IDIOMS as SEVENTEENTH
from ..idioms.seventh_aws import IDIOMS as SEVENTH
from ..idioms.sixteenth_aws import IDIOMS as LINES
from ..idioms.twentieth_gooda_aws import IDIOMS as FUNCTIONS
from ..idioms.twentieth_gooda_aws_data import IDIOMS as TABLES
from ..idioms.twenty_third_aws import IDIOMS as MODELS
from ..idioms.twenty_third_aws_data import IDIOMS as FLOWS
from . import Attack

CEILING = ("FJ-COST-004",)
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
PLANS = tuple(idiom.plan for family in (
    EIGHTH, WORK, FIFTEENTH, BATCHES, DATA, SECOND, SEVENTEENTH, SEVENTH, LINES, FUNCTIONS, TABLES, MODELS, FLOWS,
) for idiom in family)  # fmt: skip
STREAM, MEMORY, BROKER = "aws:kinesis/stream:Stream", "aws:memorydb/cluster:Cluster", "aws:mq/broker:Broker"
CACHE, TABLE = "aws:elasticache/serverlessCache:ServerlessCache", "aws:dynamodb/table:Table"
WINDOWS, ONTAP = "aws:fsx/windowsFileSystem:WindowsFileSystem", "aws:fsx/ontapFileSystem:OntapFileSystem"
LUSTRE, AIRFLOW = "aws:fsx/lustreFileSystem:LustreFileSystem", "aws:mwaa/environment:Environment"
CONNECTOR, FLINK = "aws:mskconnect/connector:Connector", "aws:kinesisanalyticsv2/application:Application"
NOTEBOOK, TRAINING = "aws:sagemaker/notebookInstance:NotebookInstance", "aws:sagemaker/trainingJob:TrainingJob"
SETUP, SPARK = "aws:sagemaker/endpointConfiguration:EndpointConfiguration", "aws:emrserverless/application:Application"
WARM = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
PORT = "aws:directconnect/connection:Connection"

PRICE, LATER, BOUND = "its price is in no list", "what it costs is known when it runs", "nothing bounds what it costs"
DEAR = "it costs more than the stack may"
SHARDS = {"streamModeDetails": {"streamMode": "PROVISIONED"}, "retentionPeriod": 48}


def _of(kind: str, **props: object) -> tuple[Given, ...]:
    """Returns the first good plan with a resource of a type, with other properties of it."""
    plan = next(plan for plan in PLANS if any(given.type == kind for given in plan))
    return (STACK, *changed(plan, kind, **props))


def _variant(name: str, count: int) -> tuple[Given, ...]:
    variant = {"variantName": "one", "modelName": "letters", "instanceType": name, "initialInstanceCount": count}
    return _of(SETUP, productionVariants=[variant])


def _cache(data: object) -> dict[str, object]:
    return {"cacheUsageLimits": {"dataStorage": {"maximum": data, "unit": "GB"}}}


ATTACKS = (
    Attack("orders pass ten thousand shards of Kinesis", CEILING, _of(STREAM, shardCount=10_000, **SHARDS),
           "critical", DEAR),
    Attack("orders pass a stream of Kinesis in a mode that another stack chooses", CEILING,
           _of(STREAM, shardCount=4, streamModeDetails={"streamMode": UNKNOWN}), "major", LATER),
    Attack("sessions are in five hundred shards of the largest nodes of MemoryDB", CEILING,
           _of(MEMORY, nodeType="db.r7g.16xlarge", numShards=500, numReplicasPerShard=5), "critical", DEAR),
    Attack("sessions are in nodes of MemoryDB that nobody lists", CEILING, _of(MEMORY, nodeType="db.r9g.24xlarge"),
           "critical", PRICE),
    Attack("sessions are in MemoryDB of nodes that another stack chooses", CEILING, _of(MEMORY, nodeType=UNKNOWN),
           "major", LATER),
    Attack("prompts are cached without servers up to five terabytes", CEILING, _of(CACHE, **_cache(5000)), "critical",
           DEAR),
    Attack("prompts are cached without servers and without a bound", CEILING, _of(CACHE, cacheUsageLimits=None),
           "critical", BOUND),
    Attack("work waits in three brokers that nobody lists", CEILING, _of(BROKER, hostInstanceType="mq.m9g.48xlarge"),
           "critical", PRICE),
    Attack("work waits in three brokers of a size that another stack chooses", CEILING,
           _of(BROKER, hostInstanceType=UNKNOWN), "major", LATER),
    Attack("files of Windows have twelve gigabytes a second in two zones", CEILING,
           _of(WINDOWS, throughputCapacity=12_288), "critical", DEAR),
    Attack("files of Windows have more operations than their size includes, in two zones", CEILING,
           _of(WINDOWS, diskIopsConfiguration={"mode": "USER_PROVISIONED", "iops": 400_000}), "critical", PRICE),
    Attack("models are shared by two hundred terabytes of NetApp in two zones", CEILING,
           _of(ONTAP, storageCapacity=196_608, throughputCapacity=4096), "critical", DEAR),
    Attack("models are shared by NetApp of twelve pairs of servers", CEILING,
           _of(ONTAP, deploymentType="SINGLE_AZ_2", haPairs=12, throughputCapacity=None,
               throughputCapacityPerHaPair=6144), "critical", PRICE),
    Attack("trainings read Lustre of a petabyte at full speed", CEILING,
           _of(LUSTRE, storageCapacity=1_008_000, perUnitStorageThroughput=1000), "critical", DEAR),
    Attack("trainings read Lustre with metadata of 192,000 operations", CEILING,
           _of(LUSTRE, metadataConfiguration={"mode": "USER_PROVISIONED", "iops": 192_000}), "major", PRICE),
    Attack("flows run in an Airflow of a class without a price", CEILING, _of(AIRFLOW, environmentClass="mw1.2xlarge"),
           "critical", PRICE),
    Attack("topics are written by a thousand workers of Connect", CEILING,
           _of(CONNECTOR, capacity={"provisionedCapacity": {"mcuCount": 8, "workerCount": 1000}}), "critical", DEAR),
    Attack("a stream is read by a program of Flink that grows as it likes", CEILING,
           _of(FLINK, applicationConfiguration={
               "applicationCodeConfiguration": {"codeContentType": "ZIPFILE"}, "flinkApplicationConfiguration": {
                   "parallelismConfiguration": {"configurationType": "CUSTOM", "autoScalingEnabled": True,
                                                "parallelism": 1}}}), "major", BOUND),
    Attack("orders lie in DynamoDB with a million reads and writes a second", CEILING,
           _of(TABLE, billingMode="PROVISIONED", readCapacity=1_000_000, writeCapacity=1_000_000), "critical", DEAR),
    Attack("orders lie in DynamoDB that is paid for as another stack chooses", CEILING,
           _of(TABLE, billingMode=UNKNOWN, readCapacity=20, writeCapacity=20), "major", LATER),
    Attack("letters are read by forty machines of eight GPUs", CEILING, _variant("ml.g6e.48xlarge", 40), "critical",
           DEAR),
    Attack("letters are read by a machine of SageMaker that nobody lists", CEILING, _variant("ml.p9.96xlarge", 1),
           "critical", PRICE),
    Attack("letters are read by machines that another stack chooses", CEILING, _variant(UNKNOWN, 1), "major", LATER),
    Attack("a notebook has a machine of SageMaker that nobody lists", CEILING,
           _of(NOTEBOOK, instanceType="ml.p9.96xlarge"), "critical", PRICE),
    Attack("a model is trained for four weeks on thirty machines", CEILING,
           _of(TRAINING, resourceConfig={"instanceType": "ml.g5.48xlarge", "instanceCount": 30, "volumeSizeInGb": 100},
               stoppingCondition={"maxRuntimeInSeconds": 2_419_200}), "critical", DEAR),
    Attack("batches of documents keep a thousand workers of EMR ready", CEILING,
           _of(SPARK, initialCapacities=[{"initialCapacityType": "Executor", "initialCapacityConfig": {
               "workerCount": 1000, "workerConfiguration": {"cpu": "16 vCPU", "memory": "120 GB"}}}]), "critical",
           DEAR),
    Attack("a function keeps ten thousand copies ready", CEILING, _of(WARM, provisionedConcurrentExecutions=10_000),
           "critical", DEAR),
    Attack("a line to the data centre has a bandwidth without a price", CEILING, _of(PORT, bandwidth="400Gbps"),
           "critical", PRICE),
)  # fmt: skip
