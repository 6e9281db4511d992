"""Encryption in transit on AWS.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it). A TCP listener passes, because TLS
may be end to end. Residency rules refuse CloudFront; its rows apply if a team allows it.
"""

from collections.abc import Iterator

from ...engine.conditions import NOT_FALSE, NOT_TRUE, SET, TRUE, none_of, one_of
from ...engine.families import transit_rule
from ...engine.plan import Plan
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, one_or_many, walk
from ...engine.rows import Check, Guardrail, Severity, aws
from ...engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ...readers.tls import API_DOMAIN, DEVICES, FILE_TRANSFER, LOAD_BALANCER, SEARCH
from .classic_load_balancers import CLASSIC_POLICIES, check_negotiation_policy
from .database_parameters import DATABASES, PARAMETER_GROUPS, check_database, check_parameters
from .glue import GLUE, check_glue
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
    Check(aws("elasticache/Cluster"), "replicationGroupId", SET, when=("engine", one_of("redis", "valkey"))),
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
    yield from check_glue(resource)


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


def _check_target_group(resource: Resource) -> Iterator[Outcome]:
    protocol = resource.get("protocol")
    if isinstance(protocol, str):
        yield failed("protocol must be HTTPS", "protocol") if protocol.upper() in _PLAINTEXT_PROTOCOLS else passed()
    elif protocol is UNKNOWN:
        yield undetermined("its protocol is not known before deployment", "protocol")


def _check_database_parameters(resource: Resource) -> Iterator[Outcome]:
    yield from check_database(resource) if resource.type in DATABASES else check_parameters(resource)


AWS_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(401, Severity.HIGH, "AWS endpoints accept only TLS 1.2 or later",
                 PLAINTEXT, "Set the protocol or security policy in the message",
                 checks=ENDPOINT_ROWS, predicate=check_negotiation_policy, types=CLASSIC_POLICIES),
    transit_rule(402, Severity.HIGH, "AWS databases, caches, streams, gateways, tunnels and jobs encrypt traffic",
                 PLAINTEXT, "Enable encryption in transit with the property and the value in the message",
                 checks=(*DATA_ROWS, *AWS_TUNNEL_ROWS), predicate=_check_others, types=(*_JOBS, *ORACLE_TYPES, *GLUE)),
    transit_rule(403, Severity.HIGH, "AWS load balancers serve HTTPS or TLS 1.2 and later, and redirect plain HTTP",
                 PLAINTEXT,
                 "Use protocol HTTPS with ssl_policy ELBSecurityPolicy-TLS13-1-2-2021-06, or redirect to HTTPS",
                 predicate=_check_listener, plan_predicate=_check_listener_rule,
                 types=(*_LISTENERS, *_LISTENER_RULES)),
    transit_rule(404, Severity.HIGH, "AWS database parameter groups require TLS",
                 PLAINTEXT, "Set the parameter in the message to the value that it names, in a group of your own",
                 predicate=_check_database_parameters, types=(*PARAMETER_GROUPS, *DATABASES)),
    transit_rule(405, Severity.LOW, "AWS load balancers use TLS to their targets",
                 PLAINTEXT, "Set protocol HTTPS and a port that serves it",
                 checks=(Check(aws("vpclattice/TargetGroup"), "config?.protocol", none_of("HTTP"),
                               when=("type", none_of("LAMBDA"))),),
                 predicate=_check_target_group, types=_TARGET_GROUPS),
)  # fmt: skip
