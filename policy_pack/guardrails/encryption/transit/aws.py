"""Encryption in transit on AWS.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it). A TCP listener passes, because TLS
may be end to end. Residency rules refuse CloudFront; its rows apply if a team allows it.
"""

from collections.abc import Iterator

from ...engine.conditions import NOT_FALSE, NOT_TRUE, SET, TRUE, none_of, one_of
from ...engine.families import transit_rule
from ...engine.plan import Plan
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, items_of, one_or_many, walk
from ...engine.rows import Check, Guardrail, Severity, aws
from ...engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ...readers.tls import API_DOMAIN, DEVICES, FILE_TRANSFER, LOAD_BALANCER, SEARCH
from .classic_load_balancers import CLASSIC_POLICIES, check_negotiation_policy
from .oracle import ORACLE_TYPES, check_oracle
from .reasons import PLAINTEXT
from .tunnels import AWS_TUNNEL_ROWS

_CDN = aws("cloudfront/Distribution")
_CDN_TLS = one_of("TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025")
_HTTPS_ONLY = one_of("https-only", "redirect-to-https")

ENDPOINT_ROWS = (
    Check(aws("elb/LoadBalancer"), "listeners[+].lbProtocol", one_of("https", "ssl")),
    Check(aws("apigateway/DomainName"), "securityPolicy", API_DOMAIN),
    Check(aws("apigatewayv2/DomainName"), "domainNameConfiguration.securityPolicy", API_DOMAIN),
    Check(aws("vpclattice/Listener"), "protocol", one_of("HTTPS", "TLS_PASSTHROUGH")),
    Check(aws("transfer/Server"), "protocols", none_of("FTP")),
    Check(aws("transfer/Server"), "securityPolicyName", FILE_TRANSFER),
    Check(aws("cloudsearch/Domain"), "endpointOptions.enforceHttps", TRUE),
    Check(aws("cloudsearch/Domain"), "endpointOptions.tlsSecurityPolicy", SEARCH),
    Check(aws("apigateway/RestApi"), "securityPolicy", none_of("TLS_1_0", "SecurityPolicy_TLS13_1_0*")),
    Check(aws("ses/ConfigurationSet"), "deliveryOptions.tlsPolicy", one_of("Require")),
    Check(aws("ses/ReceiptRule"), "tlsPolicy", one_of("Require")),
    Check(aws("iot/DomainConfiguration"), "tlsConfig?.securityPolicy", DEVICES),
    Check(aws("mailmanager/IngressPoint"), "tlsPolicy", none_of("OPTIONAL")),
    Check(aws("sesv2/ConfigurationSet"), "deliveryOptions.tlsPolicy", one_of("REQUIRE")),
    # With its default certificate, CloudFront accepts TLS 1.0 regardless of the minimum version.
    Check(_CDN, "viewerCertificate.cloudfrontDefaultCertificate", NOT_TRUE),
    Check(_CDN, "viewerCertificate.minimumProtocolVersion", _CDN_TLS),
    Check(_CDN, "defaultCacheBehavior.viewerProtocolPolicy", _HTTPS_ONLY),
    Check(_CDN, "orderedCacheBehaviors[*].viewerProtocolPolicy", _HTTPS_ONLY),
    Check(_CDN, "origins[*].customOriginConfig?.originProtocolPolicy", one_of("https-only")),
    Check(_CDN, "origins[*].customOriginConfig?.originSslProtocols", none_of("SSLv3", "TLSv1", "TLSv1.1")),
)

_DOMAINS = aws("opensearch/Domain", "elasticsearch/Domain")
_SQL_ENGINES = ("engineName", one_of("aurora", "aurora-postgresql", "azuredb", "db2", "docdb", "mariadb", "mongodb",
                                     "mysql", "oracle", "postgres", "sqlserver", "sybase"))  # fmt: skip
_ENCRYPTED_MODES = one_of("require", "verify-ca", "verify-full")
_DATA_PROVIDERS = ("docDb", "mariaDb", "microsoftSqlServer", "mongoDb", "mysql", "oracle", "postgresql")
_REDIS_ENGINE = ("engine", one_of("redis", "valkey"))

_CONTAINER_TRAFFIC = (
    (aws("sagemaker/HyperParameterTuningJob"), "trainingJobDefinition?"),
    (aws("sagemaker/HyperParameterTuningJob"), "trainingJobDefinitions[*]"),
    (aws("sagemaker/DataQualityJobDefinition"), "networkConfig"),
    (aws("sagemaker/MonitoringSchedule"), "monitoringScheduleConfig.monitoringJobDefinition?.networkConfig?"),
)

DATA_ROWS = (
    # REJECTED turns encryption off, REQUESTED and ACCEPTED leave it to the client (docs.oracle.com, "raccli
    # update netsec", read 2026-11-30; the name of the setting by the Amazon RDS User Guide, read 2026-11-28).
    Check(aws("rds/OptionGroup"), "options[*].optionSettings[*].value", one_of("REQUIRED"),
          when=("options[*].optionSettings[*].name", one_of("SQLNET.ENCRYPTION_SERVER"))),
    Check(aws("elasticache/ReplicationGroup"), "transitEncryptionEnabled", TRUE),
    Check(aws("elasticache/ReplicationGroup"), "transitEncryptionMode", none_of("preferred")),
    Check(aws("elasticache/Cluster"), "transitEncryptionEnabled", TRUE, when=("engine", one_of("memcached"))),
    # A single Redis cluster supports no encryption; a replication group does.
    Check(aws("elasticache/Cluster"), "replicationGroupId", SET, when=_REDIS_ENGINE),
    Check(aws("memorydb/Cluster"), "tlsEnabled", NOT_FALSE),
    Check(_DOMAINS, "domainEndpointOptions.enforceHttps", TRUE),
    Check(_DOMAINS, "domainEndpointOptions.tlsSecurityPolicy", SEARCH),
    Check(_DOMAINS, "nodeToNodeEncryption.enabled", TRUE),
    Check(aws("rds/Proxy"), "requireTls", TRUE),
    Check(aws("msk/Cluster"), "encryptionInfo.encryptionInTransit?.clientBroker", one_of("TLS", missing=Verdict.PASS)),
    Check(aws("msk/Cluster"), "encryptionInfo.encryptionInTransit?.inCluster", NOT_FALSE),
    Check(aws("mskconnect/Connector"), "kafkaClusterEncryptionInTransit.encryptionType", one_of("TLS")),
    Check(aws("dax/Cluster"), "clusterEndpointEncryptionType", one_of("TLS")),
    Check(aws("dms/Endpoint"), "sslMode", _ENCRYPTED_MODES, when=_SQL_ENGINES),
    # `plaintext` is a protocol too; the API states no default, so a known one is required.
    Check(aws("dms/Endpoint"), "kafkaSettings.securityProtocol",
          one_of("ssl-encryption", "ssl-authentication", "sasl-ssl"), when=("engineName", one_of("kafka"))),
    # By default true (Glue API, Connection, in botocore 1.44.8, read 2026-11-27).
    Check(aws("glue/Connection"), "connectionProperties.KAFKA_SSL_ENABLED", NOT_FALSE,
          when=("connectionType", one_of("KAFKA"))),
    # The client decides with ClientSpecified, and MandatorySigning does not encrypt.
    Check(aws("storagegateway/Gateway"), "smbSecurityStrategy", one_of("MandatoryEncryption", missing=Verdict.PASS)),
    Check(aws("appsync/ApiCache"), "transitEncryptionEnabled", TRUE),
    Check(aws("ecs/TaskDefinition"), "volumes[*].efsVolumeConfiguration?.transitEncryption", one_of("ENABLED")),
    Check(aws("sagemaker/TrainingJob"), "enableInterContainerTrafficEncryption", TRUE),
    Check(aws("datasync/EfsLocation"), "inTransitEncryption", one_of("TLS1_2")),
    *(Check(aws("dms/DataProvider"), f"settings?.{kind}Settings?.sslMode", _ENCRYPTED_MODES)
      for kind in _DATA_PROVIDERS),
    *(Check(kind, f"{job}.enableInterContainerTrafficEncryption", TRUE) for kind, job in _CONTAINER_TRAFFIC),
)  # fmt: skip

_JOBS = aws("batch/JobDefinition")
_JOB_VOLUMES = "volumes[*].efsVolumeConfiguration?.transitEncryption"


def _check_job_volumes(resource: Resource) -> Iterator[Outcome]:
    """Checks the EFS volumes in the JSON text of a Batch job, which are mounted in plain text by default (Batch API,
    EFSVolumeConfiguration, in botocore 1.44.8, read 2026-11-27)."""
    for key, prefix in (("containerProperties", ""), ("ecsProperties", "taskProperties[*].")):
        document = from_json(resource.get(key))
        for path, value in walk(document, f"{prefix}{_JOB_VOLUMES}") if isinstance(document, dict) else ():
            is_encrypted = value is not MISSING and str(value).upper() == "ENABLED"
            yield passed() if is_encrypted else failed(f"{key}.{path} must be ENABLED", key)


def _check_others(resource: Resource) -> Iterator[Outcome]:
    yield from _check_job_volumes(resource)
    yield from check_oracle(resource)


_LISTENERS = aws("lb/Listener", "alb/Listener")
_TARGET_GROUPS = aws("lb/TargetGroup", "alb/TargetGroup")
_PLAINTEXT_PROTOCOLS = frozenset(("HTTP",))
_ENCRYPTED_PROTOCOLS = frozenset(("HTTPS", "TLS"))


def _check_listener(resource: Resource) -> Iterator[Outcome]:
    """Checks that an HTTP listener redirects to HTTPS or refuses requests, and that HTTPS and TLS listeners have a
    security policy."""
    if resource.type not in _LISTENERS:
        return
    protocol = resource.get("protocol")
    if protocol is UNKNOWN:
        yield undetermined("its protocol is not known before deployment", "protocol")
    elif str(protocol).upper() in _PLAINTEXT_PROTOCOLS or (protocol is MISSING and resource.get("port") is not MISSING):
        # The default protocol of application load balancers is HTTP; gateway load balancers have no protocol or port.
        yield from _check_default_actions(resource)
    elif str(protocol).upper() in _ENCRYPTED_PROTOCOLS:
        yield _judge_security_policy(resource.get("sslPolicy"))


def _judge_security_policy(policy: Plain) -> Outcome:
    verdict = LOAD_BALANCER.judge(policy)
    if verdict is Verdict.PASS:
        return passed()
    if verdict is Verdict.UNDETERMINED:
        return undetermined(f"sslPolicy is not known before deployment; it {LOAD_BALANCER.requirement}", "sslPolicy")
    return failed(f"sslPolicy {LOAD_BALANCER.requirement}", "sslPolicy")


def _check_default_actions(resource: Resource) -> Iterator[Outcome]:
    for path, action in walk(resource.props, "defaultActions[+]"):
        for item in one_or_many(action):
            yield _judge_default_action(item, path)


def _judge_default_action(action: Plain, path: str) -> Outcome:
    if action is UNKNOWN:
        return undetermined("its action for plain HTTP is not known before deployment", path)
    action_type = action.get("type") if isinstance(action, dict) else MISSING
    target_protocols = [value for _, value in walk(action, "redirect.protocol")] if isinstance(action, dict) else []
    if action_type == "fixed-response" or (action_type == "redirect" and target_protocols in (["HTTPS"], [UNKNOWN])):
        return passed()
    return failed("it serves plain HTTP; only a redirect to HTTPS is allowed", "protocol")


_LISTENER_RULES = aws("lb/ListenerRule", "alb/ListenerRule")


def _check_listener_rule(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks a rule of an HTTP listener of the plan. A rule goes before the default action of its listener."""
    listeners = [item for item in plan.dependencies_of(resource, "listenerArn") if item.type in _LISTENERS]
    if any(str(listener.get("protocol")).upper() in _PLAINTEXT_PROTOCOLS for listener in listeners):
        for path, action in walk(resource.props, "actions[+]"):
            for item in one_or_many(action):
                yield _judge_default_action(item, path)


_ParameterValues = dict[str, frozenset[str]]
_FORCE_SSL: _ParameterValues = {"rds.force_ssl": frozenset("1")}
_TLS: _ParameterValues = {"tls": frozenset(("enabled", "tls1.2+", "tls1.3+", "fips-140-3"))}
_ONLY_SSL: _ParameterValues = {"db2comm": frozenset(("ssl",))}
"""With TCPIP, Db2 also listens to plain text on a port of its own (Amazon RDS User Guide, Db2.Concepts.SSL, read
2026-11-27)."""
_TLS_VERSIONS: _ParameterValues = {
    "tls_version": frozenset(("tlsv1.2", "tlsv1.3", "tlsv1.2,tlsv1.3", "tlsv1.3,tlsv1.2")),
}
_STRONG_SIGN_IN: _ParameterValues = {
    "ssl_min_protocol_version": frozenset(("tlsv1.2", "tlsv1.3")),
    "password_encryption": frozenset(("scram-sha-256",)),
}
"""Parameters whose values at RDS are safe unless set: outdated versions of TLS, and passwords kept as MD5."""
_OFF = frozenset(("disabled", "default"))
_CIPHERS: _ParameterValues = dict.fromkeys(("rds.tls10", "rds.tls11", "rds.rc4", "rds.3des168"), _OFF)
"""Parameters of SQL Server that offer outdated versions of TLS and broken ciphers; `default` is that of the server
(awsdocs/amazon-rds-user-guide 38a07fbe, "Configuring security protocols and ciphers": that of its operating system;
read 2026-11-29)."""
_REQUIRE_SECURE_TRANSPORT: _ParameterValues = {"require_secure_transport": frozenset(("1", "on"))}

DATABASE_PARAMETERS: dict[str, tuple[tuple[str, _ParameterValues, tuple[str, ...]], ...]] = {
    "rds/ParameterGroup": (
        ("postgres", _FORCE_SSL, ("postgres10", "postgres11", "postgres12", "postgres13", "postgres14", "postgres9")),
        ("sqlserver", _FORCE_SSL, ("sqlserver",)),
        ("sqlserver", _CIPHERS, ()),
        ("mysql", _REQUIRE_SECURE_TRANSPORT, ("mysql5.7", "mysql8.0")),
        ("mariadb", _REQUIRE_SECURE_TRANSPORT, ("mariadb",)),
        ("mysql", _TLS_VERSIONS, ()),
        ("mariadb", _TLS_VERSIONS, ()),
        ("postgres", _STRONG_SIGN_IN, ()),
        ("db2", _ONLY_SSL, ("db2",)),
    ),
    "rds/ClusterParameterGroup": (
        ("aurora-postgresql", _FORCE_SSL, tuple(f"aurora-postgresql{version}" for version in range(10, 17))),
        ("postgres", _FORCE_SSL, ("postgres13", "postgres14")),
        ("aurora-mysql", _REQUIRE_SECURE_TRANSPORT, ("aurora-mysql",)),
        ("mysql", _REQUIRE_SECURE_TRANSPORT, ("mysql8.0",)),
        ("aurora-mysql", _TLS_VERSIONS, ()),
        ("mysql", _TLS_VERSIONS, ()),
        ("aurora-postgresql", _STRONG_SIGN_IN, ()),
        ("postgres", _STRONG_SIGN_IN, ()),
    ),
    "redshift/ParameterGroup": (("redshift", {"require_ssl": frozenset(("true", "1"))}, ("redshift-1",)),),
    "docdb/ClusterParameterGroup": (("docdb", _TLS, ()),),
    "neptune/ClusterParameterGroup": (("neptune", {"neptune_enforce_ssl": frozenset("1")}, ()),),
}  # fmt: skip
"""Type -> (family prefix, parameter -> values that force TLS, prefixes of families that do not force it by default).

RDS for PostgreSQL forces TLS by default since version 15 and Aurora since 17, RDS for MySQL since 8.4 (the AWS manuals
as of 2026-11). A cluster's and an instance's parameter group have different parameters: an instance's group cannot turn
it off.
"""

_PARAMETER_GROUPS = {aws(kind)[0]: rows for kind, rows in DATABASE_PARAMETERS.items()}


def _check_parameters(resource: Resource) -> Iterator[Outcome]:
    family = resource.get("family")
    rows = _PARAMETER_GROUPS[resource.type]
    if family is UNKNOWN:
        yield undetermined("its family is not known before deployment", "family")
        return
    for prefix, parameters, families_without_tls in rows:
        if str(family).startswith(prefix):
            for name, allowed in parameters.items():
                yield _judge_parameter(
                    resource,
                    name,
                    allowed,
                    str(family).startswith(families_without_tls) if families_without_tls else False,
                )


def _judge_parameter(resource: Resource, name: str, allowed: frozenset[str], must_be_set: bool) -> Outcome:
    parameters = resource.get("parameters")
    entries = items_of(parameters)
    if parameters is UNKNOWN or UNKNOWN in entries:
        return undetermined(f"whether parameter {name} forces TLS is not known before deployment", "parameters")
    values = [item.get("value") for item in entries if isinstance(item, dict) and str(item.get("name")).lower() == name]
    if UNKNOWN in values:
        return undetermined(f"parameter {name} is not known before deployment", "parameters")
    complies = all(_as_text(value) in allowed for value in values) if values else not must_be_set
    if complies:
        return passed()
    return failed(f"parameter {name} must be {' or '.join(sorted(allowed))}", "parameters")


def _as_text(value: Plain) -> str:
    """Returns the value as text. The engine passes numbers as floats."""
    return str(int(value)) if isinstance(value, float) else str(value).lower()


def _check_target_group(resource: Resource) -> Iterator[Outcome]:
    protocol = resource.get("protocol")
    if isinstance(protocol, str):
        yield failed("protocol must be HTTPS", "protocol") if protocol.upper() in _PLAINTEXT_PROTOCOLS else passed()
    elif protocol is UNKNOWN:
        yield undetermined("its protocol is not known before deployment", "protocol")


AWS_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(401, Severity.HIGH, "AWS endpoints accept only TLS 1.2 or later",
                 PLAINTEXT, "Set the protocol or security policy in the message",
                 checks=ENDPOINT_ROWS, predicate=check_negotiation_policy, types=CLASSIC_POLICIES),
    transit_rule(402, Severity.HIGH, "AWS databases, caches, streams, gateways, tunnels and jobs encrypt traffic",
                 PLAINTEXT, "Enable encryption in transit with the property and the value in the message",
                 checks=(*DATA_ROWS, *AWS_TUNNEL_ROWS), predicate=_check_others, types=(*_JOBS, *ORACLE_TYPES)),
    transit_rule(403, Severity.HIGH, "AWS load balancers serve HTTPS or TLS 1.2 and later, and redirect plain HTTP",
                 PLAINTEXT,
                 "Use protocol HTTPS with ssl_policy ELBSecurityPolicy-TLS13-1-2-2021-06, or redirect to HTTPS",
                 predicate=_check_listener, plan_predicate=_check_listener_rule,
                 types=(*_LISTENERS, *_LISTENER_RULES)),
    transit_rule(404, Severity.HIGH, "AWS database parameter groups require TLS",
                 PLAINTEXT, "Set the parameter in the message to the value that it names",
                 predicate=_check_parameters, types=tuple(_PARAMETER_GROUPS)),
    transit_rule(405, Severity.LOW, "AWS load balancers use TLS to their targets",
                 PLAINTEXT, "Set protocol HTTPS and a port that serves it",
                 checks=(Check(aws("vpclattice/TargetGroup"), "config?.protocol", none_of("HTTP"),
                               when=("type", none_of("LAMBDA"))),),
                 predicate=_check_target_group, types=_TARGET_GROUPS),
)  # fmt: skip
