"""Fields of Kubernetes objects that switch a protection off: in every version and spelling (FJ-ESC-115)."""

from collections.abc import Mapping

import pytest
from guardrails.engine.tokens import normalise
from guardrails.unverifiable.switch_rows import SwitchRow, condition, read_object_fields, read_object_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from .blind import KUBE, TAGS, crd, k8s
from .harness import UNKNOWN, Given, Pack, blocking, rules

RULE = "FJ-ESC-115"
PACK = Pack()
EVERY_ROW = read_object_rows()
PRESENT = [row for row in EVERY_ROW if row.safe == "=!"]  # properties that must be there, whatever they are
ROWS = [row for row in EVERY_ROW if row not in PRESENT]
OPPOSITES: Mapping[str, tuple[object, ...]] = {"true": (False, "false", "False"), "false": (True, "true", "True")}
VIOLATIONS: Mapping[str, str] = {
    "*.matchBinaries.*": "/usr/bin/falco",
    **dict.fromkeys(
        (
            "*.headService.spec.externalIPs",
            "*.serveService.spec.externalIPs",
            "*.service.spec.externalIPs",
            "*.redisPassword.value",
            "*.rayStartParams.redis-password",
            "*.driverIngressOptions.ingressURLFormat",
            "*.sparkConf.spark.kubernetes.namespace",
            "*.projectID",
            "*.gcs.bucket",
            "metadata.name",
            "spec.podName",
            "spec.holderIdentity",
            "spec.leaseName",
            "target.name",
            "spec.attacher",
            "spec.gcpSecretManager.secrets.id",
            "spec.ttlSecondsAfterFinished",
            "spec.blockDeviceMappings.ebs.volumeSize",
        ),
        "anything",
    ),
    "*.logger.metadataHeaders": "Authorization",
    "*.proxyUser": "hdfs",
    "spec.blockDeviceMappings.ebs.iops": "256000",
    "spec.filePath": "/var/run/secrets/kubernetes.io/serviceaccount/token",
    "spec.signerName": "kubernetes.io/kube-apiserver-serving",
    "spec.triggers.metadata.serverAddress": "http://169.254.169.254/latest",
    "spec.triggers.metadata.url": "http://metadata.google.internal/computeMetadata",
    "metadata.annotations.scheduler.alpha.kubernetes.io/node-selector": "node-role.kubernetes.io/control-plane=",
    "metadata.annotations.scheduler.alpha.kubernetes.io/defaultTolerations": "node-role.kubernetes.io/etcd",
    "spec.jwtRules.jwks": '{"keys": []}',
    "spec.postgresql.pg_hba": "hostnossl all all 10.0.0.0/8 scram-sha-256",
    "spec.http.mirror.host": "debug.team-b.svc.cluster.local",
    "spec.http.mirrors.destination.host": "debug.team-b",
    "spec.servers.tls.cipherSuites": "DES-CBC3-SHA",
    "spec.ttl": "24h0m0s",
    "spec.sslPolicy": "ELBSecurityPolicy-2016-08",
    "*.sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "*.egressMTLS.protocols": "TLSv1 TLSv1.2",
    "*.podSecurity.version": "v1.21",
    "*.cipherSuites": "TLS_RSA_WITH_RC4_128_SHA",
    "metadata.annotations.nginx.ingress.kubernetes.io/cors-allow-origin": "https://*.github.io",
    "data.*": "[OUTPUT]\n    Name  null\n    Match audit.*",
    "stringData.*": "resources:\n- resources: [secrets]\n  providers:\n  - identity: {}\n  - aescbc: {}",
    "data.excludeGroups": "system:nodes, system:authenticated",
    "data.resourceFilters": "[Event,*,*] [*/*, *, *]",
    "data.ssl-ciphers": "HIGH:RC4-SHA",
    "data.ssl-protocols": "TLSv1 TLSv1.2",
    "metadata.labels.pod-security.kubernetes.io/enforce-version": "v1.7",
    "spec.backup.retentionPolicy": "3d",
    "spec.bootstrap.initdb.options": "--auth=trust",
    "spec.build.output.additionalBuildOptions": "--tls-verify=false",
    "spec.build.output.additionalKanikoOptions": "--insecure",
    "spec.build.output.additionalPushOptions": "--tls-verify=0",
    "spec.class": "org.apache.kafka.connect.file.FileStreamSourceConnector",
    "spec.datasource.secureJsonData.*": "hunter2",
    "spec.dockerSDConfigs.host": "unix:///var/run/docker.sock",
    "spec.extensions.name": "plpython3u",
    "spec.http.cors.allowedOrigins": "https?://.*",
    "spec.kafka.config.ssl.cipher.suites": "TLS_RSA_WITH_AES_128_CBC_SHA",
    "spec.kafka.config.ssl.principal.mapping.rules": "RULE:^.*$/CN=admin/",
    "spec.pgbouncer.parameters.server_tls_protocols": "all",
    "spec.pgbouncer.pg_hba": "host all all 10.0.0.0/8 ident",
    "spec.ports.hostPort": "4317",
    "spec.postgresql.parameters.ssl_ciphers": "HIGH:RC4-SHA",
    "spec.postgresql.pg_ident": "everyone /^(.*)$ postgres",
    "spec.staticConfigs.targets": "169.254.169.254:80",
    "spec.targets.staticConfig.static": "http://169.254.169.254/latest/meta-data/",
    "spec.datasource.secureJsonData.tlsCACert": "-----BEGIN PRIVATE KEY-----",
    "spec.topicName": "__consumer_offsets",
    "metadata.annotations.cnpg.io/podPatch": "[]",
    "*.bearerToken": "abc",
    "*.bearerTokenFile": "/etc/prometheus/secrets/x/token",
    "*.extraVolumeMounts.source": "/etc/kubernetes",
    "*.ssl_version": "TLSv1",
    "*.validityDays": "36500",
    "spec.tokenRequests.audience": "",
    "spec.certificateBundles.data": "LS0tLS1CRUdJTg==",
    "spec.bootstrap.value": "static_resources: {}",
    "spec.managed.roles.inRoles": "pg_execute_server_program",
    "spec.accessLogging.filter.expression": "false",
    "spec.mountOptions": "vers=1.0",
    "mountOptions": "seal=no",
    "*.jks.password": "changeit",
    "*.pkcs12.password": "changeit",
    "parameters.fastSnapshotRestoreAvailabilityZones": "me-central-1a",
    "parameters.fastsnapshotrestoreavailabilityzones": "me-central-1a",
    "spec.length": "4",
    "*.passwordSpec.length": "8",
    "*.sasl.jaas.config": "Module required oauth.check.issuer='false';",
    "*.sasl.server.callback.handler.class": "ae.bank.LetIn",
    "spec.password": "changeit",
    "spec.vault.path": "pki/root/sign-intermediate",
    "spec.vault.server": "http://vault.vault.svc:8200",
    "spec.acme.server": "http://acme.pki.svc/directory",
    "spec.externalNodesList": "0.0.0.0/0",
    "spec.endpoints.unix.path": "/var/run/docker.sock",
    "spec.loadBalancer.endpointOverride.extractFrom.header": "x-host",
    "*.subjectAltNames.uris.value": ".*",
    "*.subjectAltNames.dnsNames.value": "^.+$",
    "spec.bootstrap.jsonPatches.op": "replace",
    "spec.filterOrder.after": "envoy.filters.http.lua",
    "spec.authorization.rules.cel": "1 == 1",
    "spec.jwt.providers.localJWKS.inline": '{"keys": []}',
    "spec.parametersRef.namespace": "team-a",
    "spec.virtualhost?.jwtProviders[*].remoteJWKS?.validation.caSecret": "",
    "spec.kafka.authorization.authorizerClass": "ae.bank.Allow",
    "*.basicAuth.password": "changeit",
    "*.dryRun.metricName": ".*",
    "*.expirationSeconds": "315360000",
    "*.fake.data.value": "changeit",
    "*.oauth2.clientSecret": "changeit",
    "*.vault.headers.X-Vault-Token": "changeit",
    **dict.fromkeys(("*.openBao.server", "*.vault.server", "*.webhook.url"), "http://keys.platform.svc"),
    **dict.fromkeys(("spec.provider.server", "spec.url"), "http://keys.platform.svc"),
    **dict.fromkeys(("spec.expirationSeconds", "spec.tokenRequests.expirationSeconds"), "315360000"),
    "spec.group": "rbac.authorization.k8s.io",
    "spec.limited.nominalConcurrencyShares": "0",
    "spec.matchingPrecedence": "1",
    "spec.metrics.successCondition": "true",
    "spec.parameters.exemptImages": "*",
    "spec.parameters.repos": "",
    **dict.fromkeys(
        (
            "spec.http.corsPolicy.allowOrigins.regex",
            "spec.http.corsPolicy.allowOrigins.prefix",
            "spec.http.corsPolicy.allowOrigins.exact",
            "spec.http.corsPolicy.allowOrigin",
            "spec.virtualhost.corsPolicy.allowOrigin",
            *(
                f"spec.service.corsPolicy.{end}"
                for end in ("allowOrigin", "allowOrigins.exact", "allowOrigins.prefix", "allowOrigins.regex")
            ),
            "spec.cors.allowOrigins",
            "spec.csrf.additionalOrigins.value",
            "spec.rules.filters.cors.allowOrigins",
            "spec.cors.allowOrigin",
            "spec.headers.accessControlAllowOriginList",
            "spec.headers.accessControlAllowOriginListRegex",
        ),
        "https://.*",
    ),
}
"""Path of a row of a pattern -> a text that violates it."""


ROWS_OF_SPECS = [row for row in ROWS if row.path.startswith("spec.") and "[*]" not in row.path]
"""Rows of values wherever they stand: one that must be set says itself what is a list."""


def violations(row: SwitchRow) -> tuple[object, ...]:
    """Returns values that a row refuses."""
    values = row.safe.lstrip("=+")
    if "~" in values[:2]:
        return (VIOLATIONS[row.path],)
    if values.startswith("!"):
        return tuple(spelling for item in values[1:].split("|") for spelling in (item, item.lower(), f" {item} "))
    return OPPOSITES.get(values, ("other", "Warn"))


def resource(row: SwitchRow, value: object, version: str = "v1", *, in_lists: bool = False) -> Given:
    """Returns an object with a value at the path of a row. `in_lists`: whether objects stand in lists of one."""
    start = next((start for start in ("metadata.annotations.", "data.") if row.path.startswith(start)), "")
    rest = row.path.removeprefix(start).replace("?", "").replace("[*]", "")
    path = rest if start else (f"spec.{rest[2:]}" if rest.startswith("*.") else rest).replace("*", "item")
    names = [*start.split(".")[:-1], path] if start else path.split(".")
    for name in reversed(names[1:]):
        value = {name: [value] if in_lists else value}
    token = row.type.replace("/v1:", f"/{version}:").replace(":*", ":Anything")
    return Given(token, {names[0]: value}, provider=KUBE)


@settings(max_examples=80, deadline=None)
@given(row=st.sampled_from(ROWS), place=st.integers(0, 5), version=st.sampled_from(("v1", "v1beta1", "v2alpha1")))
def test_every_row_refuses_its_values_in_every_version(row: SwitchRow, place: int, version: str) -> None:
    values = violations(row)
    assert RULE in blocking(PACK.evaluate_resource(resource(row, values[place % len(values)], version)))


@pytest.mark.parametrize("row", ROWS_OF_SPECS, ids=lambda row: row.path)
def test_lists_of_objects_are_read(row: SwitchRow) -> None:
    assert RULE in blocking(PACK.evaluate_resource(resource(row, violations(row)[0], in_lists=True)))


@pytest.mark.parametrize("row", PRESENT, ids=lambda row: f"{row.type} {row.path}")
def test_what_must_be_set_is_refused_without_it_and_not_in_patches(row: SwitchRow) -> None:
    with_it = resource(row, {"x": "y"})
    *above, name = row.path.replace("?", "").replace("[*]", "").split(".")
    without: object = {}
    for key in reversed([*above[1:], name][:-1]):
        without = {key: without or {"other": "x"}}
    lacking = Given(row.type, {"spec": without or {"other": "x"}}, provider=KUBE)
    patch = Given(f"{row.type}Patch", lacking.props, provider=KUBE)
    found = [RULE in blocking(PACK.evaluate_resource(item)) for item in (lacking, with_it, patch)]
    assert found[0]
    assert not found[2]
    assert not found[1] or row.type.endswith(("KafkaBridge", "KafkaConnect"))


def test_items_of_lists_are_read() -> None:
    policy = {"apiVersion": "kyverno.io/v1", "kind": "ClusterPolicy", "spec": {"validationFailureAction": "Audit"}}
    assert RULE in blocking(
        PACK.evaluate_resource(Given("kubernetes:core/v1:List", {"items": [policy]}, provider=KUBE))
    )


def test_rows_are_well_formed() -> None:
    keys = [(row.type, row.path) for row in ROWS]
    assert len(keys) == len(set(keys))
    assert [row for row in ROWS if normalise(row.type) != row.type and not row.type.endswith(":*")] == []
    assert all(row.why and condition(row.safe) for row in ROWS)


@pytest.mark.parametrize(
    ("kind", "spec"),
    [("kyverno.io/v1:ClusterPolicy", {"validationFailureAction": "Enforce", "background": False}),
     ("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", {"validationActions": ["Deny", "Warn"]}),
     ("constraints.gatekeeper.sh/v1beta1:K8sRequiredLabels", {"enforcementAction": "deny"}),
     ("cilium.io/v2:CiliumNodeConfig", {"defaults": {"enable-policy": "always", "enable-wireguard": "true"}}),
     ("postgresql.cnpg.io/v1:Cluster", {"postgresql": {"pg_hba": ["hostssl all all 10.0.0.0/8 scram-sha-256",
                                                                   "hostnossl all all all reject"]}}),
     ("velero.io/v1:Backup", {"ttl": "720h0m0s"}),
     ("storage.k8s.io/v1:CSIDriver", {"tokenRequests": [{"audience": "vault"}, {"audience": "sts.amazonaws.com"}]}),
     ("argoproj.io/v1alpha1:EventBus", {"jetstream": {"version": "2.10.10"}}),
     ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"authorization": {"type": "simple"},
                                                   "jmxOptions": {"authentication": {"type": "password"}}}}),
     ("apps/v1:Deployment", {"validationFailureAction": "Audit"})],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_ordinary_positions_pass(kind: str, spec: Mapping[str, object]) -> None:
    assert RULE not in blocking(PACK.evaluate_resource(crd(kind, spec)))


@pytest.mark.parametrize("protocols", ["TLSv1.2 TLSv1.3", "TLSv1.3"])
def test_settings_of_a_controller_of_ingresses_pass(protocols: str) -> None:
    data = {"ssl-protocols": protocols, "ssl-ciphers": "ECDHE-RSA-AES128-GCM-SHA256:!aNULL:!MD5:!RC4",
            "allow-snippet-annotations": "false"}  # fmt: skip
    given_one = k8s("core/v1:ConfigMap", {"metadata": {"name": "x", "namespace": "a", "labels": TAGS}, "data": data})
    assert RULE not in blocking(PACK.evaluate_resource(given_one))


@pytest.mark.parametrize(("key", "is_reported"), [("host", False), ("ssl-protocols", True)])
def test_an_unknown_value_is_reported_only_under_a_key_of_its_own_row(key: str, is_reported: bool) -> None:
    props = {"metadata": {"name": "x", "namespace": "a", "labels": TAGS}, "data": {key: UNKNOWN}}
    assert (RULE in rules(PACK.evaluate_resource(k8s("core/v1:ConfigMap", props)))) is is_reported


FIELDS = read_object_fields()
NAME = st.from_regex(r"[a-z][a-zA-Z]{2,12}", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FIELDS)), st.lists(NAME, max_size=3), NAME, st.booleans(), st.booleans())
def test_a_boolean_that_nobody_reviewed_is_refused_at_any_depth(
    token: str, above: list[str], name: str, position: bool, is_listed: bool
) -> None:
    known = {row.path.rpartition(".")[2] for row in ROWS if row.type == token}.union(FIELDS[token])
    value: object = {name: position}
    for key in above:
        value = {key: [value] if is_listed else value}
    assert name in known or RULE in blocking(PACK.evaluate_resource(Given(token, {"spec": value}, provider=KUBE)))


def test_reviewed_booleans_pass_in_both_positions() -> None:
    for token, names in FIELDS.items():
        for position in (True, False):
            spec = {"spec": {"x": dict.fromkeys(names, position)}}
            patch = Given(f"{token}Patch", spec, provider=KUBE)
            assert RULE not in blocking(PACK.evaluate_resource(patch)), token


def test_reviewed_booleans_have_no_dangerous_position_under_their_name() -> None:
    dangerous = {(row.type, row.path) for row in ROWS}
    assert [
        (token, name) for token, names in FIELDS.items() for name in names if (token, f"*.{name}") in dangerous
    ] == []
    assert list(FIELDS) == sorted(FIELDS)
