"""Other spellings of attacks of the twenty-second set on Azure and clusters (2026-12-01)."""

import json

from ..blind import ME, RG, aws, az, crd
from . import Attack
from .twenty_second_clouds_azure import RSL
from .twenty_second_clouds_b import R

ATTACKS = (
    Attack("rows of transactions vanish within the day", RSL, (az("cosmosdb:CassandraResourceCassandraTable", {
        **RG, "accountName": "cosmos-bank", "keyspaceName": "core", "tableName": "transactions", "resource": {
            "id": "transactions", "defaultTtl": 43200, "schema": {
                "columns": [{"name": "id", "type": "uuid"}], "partitionKeys": [{"name": "id"}]}}}),),
        "major", "a row is deleted when its time to live ends (Azure Cosmos DB, 'Time to live')"),
    Attack("documents of the audit vanish by an index", RSL, (az("cosmosdb:MongoDBResourceMongoDBCollection", {
        **RG, "accountName": "cosmos-bank", "databaseName": "core", "collectionName": "audit", "resource": {
            "id": "audit", "shardKey": {"actor": "Hash"}, "indexes": [
                {"key": {"keys": ["_id"]}}, {"key": {"keys": ["_ts"]}, "options": {"expireAfterSeconds": 3600}}]}}),),
        "major", "an index on the time deletes documents (Azure Cosmos DB for MongoDB, 'Manage indexing', TTL)"),
    Attack("a topic of payments is deleted after a holiday", RSL, (az("servicebus:Topic", {
        **RG, "namespaceName": "sb-bank", "topicName": "payments", "autoDeleteOnIdle": "P4D"}),),
        "major", "its subscriptions are deleted with it (Azure Service Bus, autoDeleteOnIdle)"),
    Attack("what the ledger has not read is deleted in a quiet night", RSL, (az("servicebus:Subscription", {
        **RG, "namespaceName": "sb-bank", "topicName": "payments", "subscriptionName": "ledger",
        "autoDeleteOnIdle": "PT8H", "deadLetteringOnMessageExpiration": True}),),
        "major", "a subscription that nobody reads for a night is deleted with its messages (Azure Service Bus, "
        "autoDeleteOnIdle)"),
    Attack("a pipeline empties the ledger in a loop", RSL, (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "tidy", "activities": [{
            "name": "each", "type": "ForEach", "items": {"type": "Expression", "value": "@range(0, 9)"},
            "activities": [{
                "name": "remove", "type": "Delete", "enableLogging": False,
                "dataset": {"referenceName": "folder", "type": "DatasetReference",
                            "parameters": {"path": "ledger/2026"}},
                "storeSettings": {"type": "AzureBlobStorageReadSettings", "recursive": True}}]}]}),),
        "major", "all files below the folder are deleted, whatever their age (Azure Data Factory, 'Delete activity')"),
    Attack("a topic of the audit keeps ten minutes", RSL, (crd("kafka.strimzi.io/v1:KafkaTopic", {
        "topicName": "audit-events", "partitions": 12, "replicas": 3, "config": {
            "min.insync.replicas": 2, "retention.ms": "600000"}}, "audit-events"),),
        "major", "what was not read at once is deleted (apache/kafka, topic setting retention.ms)"),
    Attack("a managed topic of payments keeps one megabyte", RSL, (aws("msk/Topic", {
        "clusterArn": f"arn:aws:kafka:{R}:{ME}:cluster/bank/11111111-2222-3333-4444-555555555555-1",
        "name": "payments", "partitionCount": 12, "replicationFactor": 3,
        "configs": json.dumps({"retention.bytes": "1048576", "min.insync.replicas": "2"})}),),
        "major", "what was not read at once is deleted (apache/kafka, topic setting retention.bytes)"),
)  # fmt: skip
