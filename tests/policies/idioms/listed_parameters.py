"""Good idioms of parameters of data stores and brokers, close to those that `data/parameters.csv` refuses (2026-11-30).

Shapes of published groups of parameters (terraform-aws-modules/terraform-aws-rds-aurora examples, AWS MSK custom
configurations, Microsoft Learn) and of operators' examples; properties by pulumi-aws 7.51.1 and pulumi-azure-native
3.29.0.
"""

from ..blind import RG, TAGS, aws, az
from ..harness import Given
from . import Idiom

RDS = 'Amazon RDS User Guide, "Working with parameter groups"'
AZURE = 'Microsoft Learn, "Server parameters" of flexible servers'


def _group(kind: str, family: str, values: dict[str, str]) -> Given:
    when = {"applyMethod": "pending-reboot"} if kind.startswith("rds/") else {}
    return aws(kind, {"family": family, "tags": TAGS, "parameters": [
        {"name": name, "value": value, **when} for name, value in values.items()]}, kind.partition("/")[0])  # fmt: skip


def _servers(kind: str, values: dict[str, str]) -> tuple[Given, ...]:
    return tuple(az(f"{kind}:Configuration", {
        **RG, "serverName": "ledger", "configurationName": name, "value": value, "source": "user-override"},
        name.replace(".", "-")) for name, value in values.items())  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("reports read PostgreSQL with more memory, and slow statements are explained", (
        _group("rds/ParameterGroup", "postgres17", {
            "rds.force_ssl": "1", "shared_preload_libraries": "pg_stat_statements,auto_explain,pgaudit,pg_cron",
            "auto_explain.log_min_duration": "5000", "auto_explain.log_nested_statements": "1", "work_mem": "65536",
            "max_parallel_workers_per_gather": "4", "random_page_cost": "1.1", "log_min_duration_statement": "1000",
            "idle_in_transaction_session_timeout": "300000", "pgaudit.log": "ddl,role,write", "TimeZone": "Asia/Dubai",
            "pg_stat_statements.track": "all", "rds.logical_replication": "1", "cron.database_name": "ledger"}),),
        RDS),
    Idiom("accounts lie in Aurora MySQL with utf8mb4 for each client, and statements that take long are written", (
        _group("rds/ClusterParameterGroup", "aurora-mysql8.0", {
            "require_secure_transport": "ON", "tls_version": "TLSv1.2,TLSv1.3", "server_audit_logging": "1",
            "server_audit_events": "CONNECT,QUERY_DCL,QUERY_DDL", "character_set_server": "utf8mb4",
            "collation_server": "utf8mb4_unicode_ci", "init_connect": "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci",
            "slow_query_log": "1", "long_query_time": "2", "log_output": "FILE", "binlog_format": "ROW",
            "innodb_print_all_deadlocks": "1", "aurora_parallel_query": "OFF", "time_zone": "Asia/Dubai",
            "log_bin_trust_function_creators": "1", "performance_schema_max_digest_length": "4096"}),),
        RDS),
    Idiom("MariaDB records connections but not those of the service, and long statements whole", (
        _group("rds/ParameterGroup", "mariadb11.4", {
            "require_secure_transport": "1", "tls_version": "TLSv1.2,TLSv1.3", "server_audit_logging": "1",
            "server_audit_events": "CONNECT,QUERY_DDL,QUERY_DCL", "server_audit_excl_users": "rdsadmin",
            "server_audit_query_log_limit": "4096", "innodb_encrypt_tables": "ON", "max_connections": "500",
            "simple_password_check_minimal_length": "14"}),),
        RDS),
    Idiom("SQL Server works on four cores at most and writes deadlocks", (
        _group("rds/ParameterGroup", "sqlserver-ee-16.0", {
            "rds.force_ssl": "1", "rds.tls10": "disabled", "rds.tls11": "disabled", "max degree of parallelism": "4",
            "cost threshold for parallelism": "50", "optimize for ad hoc workloads": "1", "1222": "1",
            "contained database authentication": "0", "max server memory (mb)": "24576", "clr enabled": "0"}),),
        RDS),
    Idiom("Oracle keeps its cursors and records what administrators do", (
        _group("rds/ParameterGroup", "oracle-ee-19", {
            "audit_trail": "XML,EXTENDED", "audit_sys_operations": "TRUE", "open_cursors": "600", "processes": "1200",
            "session_cached_cursors": "200", "optimizer_adaptive_plans": "TRUE", "commit_wait": "WAIT",
            "sqlnetora.sqlnet.expire_time": "10", "sqlnetora.sqlnet.allowed_logon_version_server": "12a",
            "nls_length_semantics": "CHAR", "_optimizer_gather_stats_on_load": "TRUE"}),),
        RDS, {"escape": {"allowed_switches": {
            "aws:rds/parameterGroup:ParameterGroup:parameters._optimizer_gather_stats_on_load":
            "Oracle's support asked for it; it says when statistics of a table are made"}}}),
    Idiom("sessions of the shop expire in Valkey, and the application hears of it", (
        _group("elasticache/ParameterGroup", "valkey8", {
            "maxmemory-policy": "volatile-lru", "notify-keyspace-events": "Ex", "timeout": "300",
            "cluster-enabled": "yes", "acl-pubsub-default": "resetchannels", "lazyfree-lazy-eviction": "yes",
            "client-output-buffer-limit-normal-hard-limit": "0", "slowlog-log-slower-than": "10000",
            "reserved-memory-percent": "25", "close-on-slave-write": "yes"}),),
        "Amazon ElastiCache User Guide, \"Valkey and Redis OSS parameters\""),
    Idiom("brokers of payments keep a week, and copies are fetched from the own zone", (
        aws("msk/Configuration", {"name": "payments", "kafkaVersions": ["3.9.x"], "serverProperties": """
            # Copies and limits.
            auto.create.topics.enable=false
            allow.everyone.if.no.acl.found=false
            default.replication.factor = 3
            min.insync.replicas: 2
            num.partitions=12
            log.retention.hours=168
            log.local.retention.ms=86400000
            compression.type=zstd
            connections.max.reauth.ms=3600000
            transaction.state.log.replication.factor=3
            replica.selector.class=org.apache.kafka.common.replica.RackAwareReplicaSelector
            """}),),
        "Amazon MSK Developer Guide, \"Custom Amazon MSK configurations\""),
    Idiom("PostgreSQL of Azure watches its own statements and pools connections", _servers("dbforpostgresql", {
        "pg_qs.query_capture_mode": "top", "pgms_wait_sampling.query_capture_mode": "all", "pgbouncer.enabled": "true",
        "pgbouncer.default_pool_size": "50", "shared_preload_libraries": "pg_stat_statements,pgaudit,pg_cron,azure",
        "wal_level": "logical", "metrics.collector_database_activity": "on", "ssl_min_protocol_version": "TLSv1.3",
        "azure.accepted_password_auth_method": "scram-sha-256", "log_min_messages": "warning",
        "pgaudit.log": "all,-misc", "azure.extensions": "PGCRYPTO,VECTOR"}), AZURE),
    Idiom("MySQL of Azure asks for long passwords and records who connects", _servers("dbformysql", {
        "audit_log_enabled": "ON", "audit_log_events": "CONNECTION,DDL,DCL", "audit_log_include_users": "",
        "audit_log_exclude_users": "azure_superuser", "aad_auth_only": "ON", "innodb_lock_wait_timeout": "50",
        "max_allowed_packet": "67108864", "require_secure_transport": "ON", "sql_generate_invisible_primary_key": "ON",
        "innodb_buffer_pool_dump_at_shutdown": "ON"}), AZURE),
)  # fmt: skip
