"""Databases that are charged for extended support (2026-12-01).

Read on 2026-12-01: flexera-public/policy_templates c4528fa1, data/aws/aws_extended_support_dates.json, and
endoflife-date/endoflife.date a70eca33, products amazon-opensearch and amazon-documentdb.
"""

from ..blind import KEY, TAGS, aws
from . import Attack

COST = ("FJ-COST-127",)
CLAIMS = {
    "identifier": "claims", "engine": "mysql", "engineVersion": "5.7.44", "instanceClass": "db.m7g.large",
    "allocatedStorage": 100, "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "tags": TAGS,
}  # fmt: skip

ATTACKS = (
    Attack("a database of an old version pays for each processor once more", COST, (aws("rds/Instance", CLAIMS),),
           "minor", "0.10 USD for each vCPU and hour, and twice that from the third year on (Amazon RDS pricing)"),
    Attack("a cluster of databases stays on a version that its vendor has left", COST, (aws("rds/Cluster", {
        "clusterIdentifier": "ledger", "engine": "aurora-postgresql", "engineVersion": "12.22",
        "storageEncrypted": True, "kmsKeyId": KEY, "tags": TAGS}),),
        "minor", "as above (Amazon Aurora, 'Release calendar for Aurora PostgreSQL')"),
    Attack("sessions lie in a cache of a version that is charged more", COST, (aws("elasticache/ReplicationGroup", {
        "description": "sessions", "engine": "redis", "engineVersion": "5.0.6", "nodeType": "cache.m7g.large",
        "atRestEncryptionEnabled": True, "kmsKeyId": KEY, "transitEncryptionEnabled": True, "tags": TAGS}),),
        "minor", "a share of the price of each node is added (Amazon ElastiCache, 'Extended Support')"),
    Attack("the search of customers runs on a version out of support", COST, (aws("opensearch/Domain", {
        "domainName": "customers", "engineVersion": "OpenSearch_1.2",
        "clusterConfig": {"instanceType": "r7g.large.search"}, "tags": TAGS}),),
        "minor", "charged for each hour of its machines (Amazon OpenSearch Service, 'Extended support')"),
)  # fmt: skip
