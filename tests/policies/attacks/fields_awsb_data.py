"""Attacks on data of AWS by properties of reviewed types that no rule read (2026-11-29): databases, queries, streams.

Properties by pulumi-aws 7.51.1; what a setting does by the vendor's document that is named, as known; Security Hub's
controls by their numbers.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from . import Attack
from .tenth_aws import _ours

ROLE = f"arn:aws:iam::{ME}:role/worker"
SWITCH, PROGRAM = ("FJ-ESC-115",), ("FJ-IDN-313",)
PUBLIC_SHARE = "ALTER DATASHARE core SET PUBLICACCESSIBLE TRUE"
TO_PUBLIC = "GRANT SELECT ON ALL TABLES IN SCHEMA core TO PUBLIC"
TASK = {"migrationType": "cdc", "replicationInstanceArn": _ours("dms", "rep:a"), "replicationTaskId": "core",
        "sourceEndpointArn": _ours("dms", "endpoint:a"), "targetEndpointArn": _ours("dms", "endpoint:b"),
        "tableMappings": "{}", "tags": TAGS}  # fmt: skip


def _parameter(name: str, family: str, setting: str, value: str, harm: str, rules: tuple[str, ...] = PROGRAM) -> Attack:
    """Returns a group of parameters of RDS with one that is weak."""
    kept = {"postgres16": {"rds.force_ssl": "1"}, "mysql8.0": {"require_secure_transport": "ON"}}.get(family, {})
    kept |= {"rds.force_ssl": "1"} if family.startswith("sqlserver") else {}
    parameters = [{"name": key, "value": text} for key, text in {**kept, setting: value}.items()]
    return Attack(name, rules, (aws("rds/ParameterGroup", {
        "family": family, "parameters": parameters, "tags": TAGS}),), "major", harm)  # fmt: skip


def _option(name: str, option: str, setting: str, value: str, harm: str) -> Attack:
    """Returns a group of options of Oracle with a weak setting."""
    settings = [{"name": setting, "value": value}]
    return Attack(name, PROGRAM, (aws("rds/OptionGroup", {
        "engineName": "oracle-ee", "majorEngineVersion": "19", "tags": TAGS, "options": [
            {"optionName": option, "optionSettings": settings}]}),), "major", harm)  # fmt: skip


ATTACKS = (
    Attack("an event makes rows of the warehouse everybody's", PROGRAM, (aws("cloudwatch/EventTarget", {
        "rule": "nightly", "arn": _ours("redshift", "cluster:core"), "roleArn": ROLE, "redshiftTarget": {
            "database": "core", "sql": TO_PUBLIC}}),),
        "critical", "each user of the warehouse reads every table (Amazon Redshift, GRANT)"),
    Attack("a pipe makes a share of the warehouse public", PROGRAM, (aws("pipes/Pipe", {
        "source": _ours("sqs", "in"), "target": _ours("redshift", "cluster:core"), "roleArn": ROLE, "tags": TAGS,
        "kmsKeyIdentifier": KEY, "targetParameters": {"redshiftDataParameters": {
            "database": "core", "sqls": [PUBLIC_SHARE]}}}),),
        "critical", "clusters that the internet reaches may have the share (Amazon Redshift, ALTER DATASHARE)"),
    Attack("a named query makes a user superuser", PROGRAM, (aws("athena/NamedQuery", {
        "database": "core", "query": "ALTER USER reports CREATEUSER"}),),
        "major", "whoever runs it gives all rights away (Amazon Redshift, ALTER USER)"),
    _parameter("the owner of one database of SQL Server reads every other", "sqlserver-se-16.0",
               "cross db ownership chaining", "1", "CIS SQL Server Benchmark, 2.3"),
    _parameter("queries of SQL Server run programs of .NET", "sqlserver-se-16.0", "clr enabled", "1",
               "CIS SQL Server Benchmark, 2.2"),
    _parameter("databases of SQL Server let in users of their own", "sqlserver-se-16.0",
               "contained database authentication", "1", "Microsoft Learn, 'Contained databases', threats"),
    _parameter("servers of MySQL read files of their clients", "mysql8.0", "local_infile", "1",
               "MySQL, 'Security Considerations for LOAD DATA LOCAL'"),
    _parameter("triggers of PostgreSQL that record changes do not run", "postgres16", "session_replication_role",
               "replica", "PostgreSQL, 'Client Connection Defaults'"),
    _parameter("Oracle writes no records of who did what", "oracle-ee-19", "audit_trail", "NONE",
               "Oracle Database Reference, AUDIT_TRAIL", ("FJ-RSL-117",)),
    _parameter("Oracle believes the name that a client's machine states", "oracle-ee-19", "remote_os_authent", "TRUE",
               "CIS Oracle Database Benchmark, 2.2"),
    _parameter("Oracle compares passwords without their case", "oracle-ee-19", "sec_case_sensitive_logon", "FALSE",
               "CIS Oracle Database Benchmark, 2.2"),
    _parameter("Oracle takes verifiers of passwords from the last century", "oracle-ee-19",
               "sqlnetora.sqlnet.allowed_logon_version_server", "8", "Oracle Net Services Reference"),
    _option("rows of Oracle cross the network under RC4", "NATIVE_NETWORK_ENCRYPTION",
            "SQLNET.ENCRYPTION_TYPES_SERVER", "AES256,RC4_40", "Amazon RDS, 'Oracle native network encryption'"),
    _option("clients of Oracle choose broken ciphers", "NATIVE_NETWORK_ENCRYPTION", "SQLNET.ALLOW_WEAK_CRYPTO", "TRUE",
            "Amazon RDS, 'Oracle native network encryption'"),
    _option("clients of Oracle choose TLS 1.0", "SSL", "SQLNET.SSL_VERSION", "1.0",
            "Amazon RDS, 'Oracle Secure Sockets Layer'"),
    Attack("tables of MySQL are served by memcached, which knows no passwords", SWITCH, (aws("rds/OptionGroup", {
        "engineName": "mysql", "majorEngineVersion": "8.0", "tags": TAGS, "options": [{"optionName": "MEMCACHED"}]}),),
        "critical", "Amazon RDS, 'MySQL memcached support': everybody in the network is let in"),
    Attack("who reads documents is not recorded", SWITCH, (aws("docdb/Cluster", {
        "storageEncrypted": True, "kmsKeyId": KEY, "deletionProtection": True, "backupRetentionPeriod": 35,
        "finalSnapshotIdentifier": "core-last", "engineVersion": "5.0.0", "tags": TAGS,
        "manageMasterUserPassword": True, "enabledCloudwatchLogsExports": ["profiler"]}),),
        "major", "Security Hub, DocumentDB.4"),
    Attack("who reads the graph is not recorded", SWITCH, (aws("neptune/Cluster", {
        "storageEncrypted": True, "kmsKeyArn": KEY, "deletionProtection": True, "backupRetentionPeriod": 35,
        "iamDatabaseAuthenticationEnabled": True, "finalSnapshotIdentifier": "core-last", "tags": TAGS,
        "copyTagsToSnapshot": True}),), "major", "Security Hub, Neptune.2"),
    Attack("who searches indices is not recorded", SWITCH, (aws("opensearch/Domain", {
        "domainName": "logs", "engineVersion": "OpenSearch_2.13", "tags": TAGS, "vpcOptions": {"subnetIds": ["s-1"]},
        "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
        "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
        "advancedSecurityOptions": {"enabled": True, "masterUserOptions": {"masterUserArn": ROLE}}}),),
        "major", "Security Hub, Opensearch.5"),
    Attack("who asks the serverless warehouse is not recorded", SWITCH, (aws("redshiftserverless/Namespace", {
        "namespaceName": "core", "kmsKeyId": KEY, "manageAdminPassword": True, "adminPasswordSecretKmsKeyId": KEY,
        "tags": TAGS}),), "major", "Security Hub, RedshiftServerless.6"),
    Attack("copies by hand of the warehouse are deleted after a day", SWITCH, (aws("redshift/Cluster", {
        "clusterIdentifier": "core", "nodeType": "ra3.large", "encrypted": "true", "kmsKeyId": KEY, "tags": TAGS,
        "automatedSnapshotRetentionPeriod": 35, "manualSnapshotRetentionPeriod": 1}),),
        "minor", "Amazon Redshift, CreateCluster, ManualSnapshotRetentionPeriod"),
    Attack("the warehouse is saved every ninety days", SWITCH, (aws("redshift/SnapshotSchedule", {
        "identifier": "core", "definitions": ["rate(90 days)"], "tags": TAGS}),),
        "major", "Amazon Redshift, 'Snapshot schedules'"),
    Attack("measurements are deleted after a day", SWITCH, (aws("timestreamwrite/Table", {
        "databaseName": "core", "tableName": "meters", "tags": TAGS, "retentionProperties": {
            "magneticStoreRetentionPeriodInDays": 1, "memoryStoreRetentionPeriodInHours": 24}}),),
        "minor", "Amazon Timestream, RetentionProperties"),
    Attack("a copy of databases leaves no log", SWITCH, (aws("dms/ReplicationTask", {
        **TASK, "replicationTaskSettings": json.dumps({"Logging": {"EnableLogging": False}})}),),
        "major", "Security Hub, DMS.7 and DMS.8"),
    Attack("a source of MongoDB is asked with MD5", SWITCH, (aws("dms/Endpoint", {
        "endpointId": "m", "endpointType": "source", "engineName": "mongodb", "kmsKeyArn": KEY, "tags": TAGS,
        "sslMode": "verify-full", "mongodbSettings": {"authType": "password", "authMechanism": "mongodb-cr"}}),),
        "minor", "AWS DMS, MongoDbSettings, AuthMechanism"),
    Attack("the password of documents stands in the program", SWITCH, (aws("docdb/ElasticCluster", {
        "adminUserName": "core", "adminUserPassword": "{{resolved-at-deploy}}", "authType": "PLAIN_TEXT",
        "shardCapacity": 2, "shardCount": 1, "kmsKeyId": KEY, "backupRetentionPeriod": 35, "tags": TAGS}),),
        "minor", "Amazon DocumentDB, CreateCluster, AuthType"),
    Attack("every role of the account deletes vectors", SWITCH, (aws("opensearch/ServerlessAccessPolicy", {
        "name": "kb", "type": "data", "policy": json.dumps([{
            "Rules": [{"ResourceType": "index", "Resource": ["index/kb/*"], "Permission": ["aoss:ReadDocument"]}],
            "Principal": [f"arn:aws:iam::{ME}:role/*"]}])}),),
        "critical", "OpenSearch Serverless, 'Data access control'"),
    Attack("indices of records are deleted after a day", SWITCH, (aws("opensearch/ServerlessLifecyclePolicy", {
        "name": "logs", "type": "retention", "policy": json.dumps({"Rules": [
            {"ResourceType": "index", "Resource": ["index/logs/*"], "MinIndexRetention": "24h"}]})}),),
        "major", "OpenSearch Serverless, 'Data lifecycle policies'"),
    Attack("a pipeline of records takes any certificate of the store", SWITCH, (aws("opensearchingest/Pipeline", {
        "pipelineName": "logs", "minUnits": 1, "maxUnits": 2, "tags": TAGS, "pipelineConfigurationBody":
            'version: "2"\nlogs:\n  sink:\n  - opensearch:\n      hosts: ["https://10.0.0.4"]\n      insecure: true\n',
        "encryptionAtRestOptions": {"kmsKeyArn": KEY}, "vpcOptions": {"subnetIds": ["s-1"]}}),),
        "major", "Data Prepper, 'OpenSearch sink', insecure"),
    Attack("messages are signed with SHA-1", SWITCH, (aws("sns/Topic", {
        "name": "alerts", "kmsMasterKeyId": KEY, "signatureVersion": 1, "tags": TAGS}),),
        "minor", "Amazon SNS, SetTopicAttributes, SignatureVersion"),
    Attack("a broker lets in whoever gives no name", PROGRAM, (aws("mq/Configuration", {
        "name": "core", "engineType": "ActiveMQ", "engineVersion": "5.18", "tags": TAGS, "data":
            '<broker><plugins><simpleAuthenticationPlugin anonymousAccessAllowed="true"/></plugins></broker>'}),),
        "critical", "Apache ActiveMQ, 'Security'"),
    Attack("guests of a broker administer every queue", PROGRAM, (aws("mq/Configuration", {
        "name": "core", "engineType": "ActiveMQ", "engineVersion": "5.18", "tags": TAGS, "data":
            '<broker><authorizationEntry admin="admins,guests" read="app" write="app" queue="orders"/></broker>'}),),
        "critical", "Apache ActiveMQ, 'Security'"),
    Attack("a broker takes tokens for every other program", PROGRAM, (aws("mq/Configuration", {
        "name": "core", "engineType": "RabbitMQ", "engineVersion": "3.13", "tags": TAGS,
        "data": "auth_oauth2.verify_aud = false"}),), "major", "RabbitMQ, OAuth 2 plug-in, verify_aud"),
)  # fmt: skip
