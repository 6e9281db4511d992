"""Stores, caches and brokers whose prices are known, so that no amount is listed for them (2026-12-01).

Each is a plan of another file with the sizes that the price list has, or near the bounds of what counts.
"""

from collections.abc import Mapping
from dataclasses import replace

from ..harness import Given
from . import Idiom
from .nineteenth_azure import IDIOMS as AZURE
from .nineteenth_azure_flow import IDIOMS as FLOW
from .twentieth_gooda_azure import IDIOMS as SHOP
from .twenty_second_again import IDIOMS as AGAIN

OFFERS = "a document store of three copies answers by TLS in the network, and its owner's password turns by itself"
SHOPS = "the shop's MySQL has a standby in another zone, staff of Entra alone and its audit in the workspace"
CLAIMS = "claims are in PostgreSQL with a replica that readers reach by a name of its own, and staff of one group"
SESSIONS = "sessions are in a managed Redis of zones that only an identity reads, saved every hour"
TRADES = "trades pass Event Hubs of zones whose copies go to the lake, and consumers keep to one schema"
TURNS = "chats of staff are in Cosmos DB of zones, saved at each moment, for identities and indexes of two paths"
ORDERS = "orders pass a Service Bus of zones with topics, filters and a second queue for what nobody reads"
KNOWN = {idiom.name: idiom for idiom in (*AZURE, *FLOW, *SHOP, *AGAIN)}


def changed(plan: tuple[Given, ...], kind: str, **props: object) -> tuple[Given, ...]:
    """Returns a plan with other properties of the resources of a type."""
    assert any(given.type == kind for given in plan)
    return tuple(replace(given, props={**given.props, **props}) if given.type == kind else given for given in plan)


def _idiom(name: str, of: str, plan: tuple[Given, ...], settings: Mapping[str, object] | None = None) -> Idiom:
    return replace(KNOWN[of], name=name, plan=plan, settings=KNOWN[of].settings if settings is None else settings)


def _small(of: str, kind: str, **props: object) -> tuple[Given, ...]:
    return changed(KNOWN[of].plan, kind, **props)


IDIOMS: tuple[Idiom, ...] = (
    _idiom("offers are documents of three large instances whose price is known", OFFERS,
           _small(OFFERS, "aws:docdb/clusterInstance:ClusterInstance", instanceClass="db.r5.large"),
           {key: value for key, value in KNOWN[OFFERS].settings.items() if key != "cost"}),
    _idiom("a shop's small MySQL has a burstable size and storage that grows with its IOPS", SHOPS,
           _small(SHOPS, "azure-native:dbformysql:Server", sku={"name": "Standard_B2s", "tier": "Burstable"},
                  highAvailability={"mode": "Disabled"},
                  storage={"storageSizeGB": 64, "autoGrow": "Enabled", "autoIoScaling": "Enabled"})),
    _idiom("claims are in PostgreSQL of many processors whose storage has the tier of its size", CLAIMS,
           _small(CLAIMS, "azure-native:dbforpostgresql:Server", storage={
               "storageSizeGB": 512, "autoGrow": "Disabled", "tier": "P20"})),
    _idiom("sessions are in the smallest managed Redis with a replica", SESSIONS,
           _small(SESSIONS, "azure-native:redisenterprise:RedisEnterprise", sku={"name": "Balanced_B0"})),
    _idiom("trades pass Event Hubs that add units up to a bound", TRADES,
           _small(TRADES, "azure-native:eventhub:Namespace", isAutoInflateEnabled=True, maximumThroughputUnits=10,
                  sku={"name": "Standard", "tier": "Standard", "capacity": 2})),
    _idiom("orders pass a Service Bus of four messaging units", ORDERS,
           _small(ORDERS, "azure-native:servicebus:Namespace",
                  sku={"name": "Premium", "tier": "Premium", "capacity": 4})),
    _idiom("chats of staff are in Cosmos DB whose throughput scales up to a bound", TURNS,
           _small(TURNS, "azure-native:cosmosdb:SqlResourceSqlContainer",
                  options={"autoscaleSettings": {"maxThroughput": 4000}})),
)  # fmt: skip
