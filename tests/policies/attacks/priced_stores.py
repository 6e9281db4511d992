"""Attacks on the budget of a stack by stores, caches and brokers whose smaller sizes have a price (2026-12-01).

Each is a good plan with a size that has no price, one that is known only after the update, no bound, or a size whose
price is above the ceiling.
"""

from ..harness import UNKNOWN, Given
from ..idioms.nineteenth_aws import IDIOMS as AWS
from ..idioms.priced_stores import CLAIMS, KNOWN, OFFERS, ORDERS, SESSIONS, SHOPS, TRADES, TURNS, changed
from ..idioms.thirteenth_azure import IDIOMS as THIRTEENTH
from . import Attack

CEILING = ("FJ-COST-004",)
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
KAFKA = next(idiom.plan for idiom in AWS if any(given.type == "aws:msk/cluster:Cluster" for given in idiom.plan))
POSTGRES, MYSQL = "azure-native:dbforpostgresql:Server", "azure-native:dbformysql:Server"
HUBS, BUS = "azure-native:eventhub:Namespace", "azure-native:servicebus:Namespace"
MANAGED, CONTAINER = "azure-native:redisenterprise:RedisEnterprise", "azure-native:cosmosdb:SqlResourceSqlContainer"
DOCUMENTS, MEMBER = "aws:docdb/cluster:Cluster", "aws:docdb/clusterInstance:ClusterInstance"
SQL = "azure-native:sql:Database"
ACCOUNTS = next(idiom.plan for idiom in THIRTEENTH if any(given.type == SQL for given in idiom.plan))
BROKERS = {"clientSubnets": ["subnet-1", "subnet-2", "subnet-3"], "securityGroups": ["sg-1"]}


def _of(name: str, kind: str, **props: object) -> tuple[Given, ...]:
    return (STACK, *changed(KNOWN[name].plan, kind, **props))


def _kafka(size: object, volume: object, count: object = 3) -> tuple[Given, ...]:
    return (STACK, *changed(KAFKA, "aws:msk/cluster:Cluster", numberOfBrokerNodes=count, brokerNodeGroupInfo={
        **BROKERS, "instanceType": size, "storageInfo": {"ebsStorageInfo": {"volumeSize": volume}}}))  # fmt: skip


def _sql(size: str, tier: str) -> tuple[Given, ...]:
    return (STACK, *changed(ACCOUNTS, SQL, sku={"name": size, "tier": tier, "family": "Gen5", "capacity": 80}))


PRICE, LATER, BOUND = "its price is in no list", "what it costs is known when it runs", "nothing bounds what it costs"
DEAR = "it costs more than the stack may"

ATTACKS = (
    Attack("claims are in PostgreSQL of 192 processors and four terabytes of memory", CEILING,
           _of(CLAIMS, POSTGRES, sku={"name": "Standard_M192idms_v2", "tier": "MemoryOptimized"}), "critical", PRICE),
    Attack("claims are in PostgreSQL of a size that another stack chooses", CEILING,
           _of(CLAIMS, POSTGRES, sku={"name": UNKNOWN, "tier": "GeneralPurpose"}), "major", LATER),
    Attack("claims are in PostgreSQL whose small storage has the tier of the largest", CEILING,
           _of(CLAIMS, POSTGRES, storage={"storageSizeGB": 256, "autoGrow": "Enabled", "tier": "P80"}),
           "major", PRICE),
    Attack("claims are in PostgreSQL of sixty nodes", CEILING,
           _of(CLAIMS, POSTGRES, cluster={"clusterSize": 60}, sku={
               "name": "Standard_E64ds_v5", "tier": "MemoryOptimized"}), "critical", DEAR),
    Attack("a shop's MySQL writes its records to storage without a price", CEILING,
           _of(SHOPS, MYSQL, storage={"storageSizeGB": 256, "autoGrow": "Enabled", "logOnDisk": "Enabled"}),
           "minor", PRICE),
    Attack("sessions are in a managed Redis of a size that nobody lists", CEILING,
           _of(SESSIONS, MANAGED, sku={"name": "EnterpriseFlash_F1500", "capacity": 9}), "critical", PRICE),
    Attack("sessions are in a managed Redis of seven hundred gigabytes", CEILING,
           _of(SESSIONS, MANAGED, sku={"name": "ComputeOptimized_X700"}), "critical", DEAR),
    Attack("trades pass Event Hubs that add units without a bound", CEILING,
           _of(TRADES, HUBS, sku={"name": "Standard", "tier": "Standard", "capacity": 1}, isAutoInflateEnabled=True,
               maximumThroughputUnits=0), "major", BOUND),
    Attack("orders pass a Service Bus of four hundred units", CEILING,
           _of(ORDERS, BUS, sku={"name": "Premium", "tier": "Premium", "capacity": 400}), "critical", DEAR),
    Attack("chats of staff are in Cosmos DB of an account in as many regions as another stack chooses", CEILING,
           _of(TURNS, CONTAINER, accountName="cosmos-of-another-stack", options={"throughput": 400_000}),
           "critical", BOUND),
    Attack("chats of staff are in Cosmos DB of ten million request units", CEILING,
           _of(TURNS, CONTAINER, options={"throughput": 10_000_000}), "critical", DEAR),
    Attack("offers are documents whose storage is dearer than its price says", CEILING,
           (STACK, *changed(changed(KNOWN[OFFERS].plan, MEMBER, instanceClass="db.r5.large"), DOCUMENTS,
                            storageType="iopt1")), "minor", PRICE),
    Attack("accounts lie in a database of SQL that takes eighty processors as it likes", CEILING,
           _sql("GP_S_Gen5", "GeneralPurpose"), "major", PRICE),
    Attack("accounts lie in a database of SQL of eighty processors with copies in memory", CEILING,
           _sql("BC_Gen5", "BusinessCritical"), "critical", DEAR),
    Attack("payments pass a Kafka of brokers that nobody lists", CEILING,
           _kafka("kafka.m9g.24xlarge", 500), "critical", PRICE),
    Attack("payments pass a Kafka of brokers whose size another stack chooses", CEILING, _kafka(UNKNOWN, 500),
           "major", LATER),
    Attack("payments pass a Kafka of sixty of the largest brokers", CEILING,
           _kafka("kafka.m5.24xlarge", 16_384, 60), "critical", DEAR),
)  # fmt: skip
