"""Attacks by fields of custom kinds of platforms, read from upstream's schemas one by one (2026-11-29): gateways,
certificates, secrets, records, and objects that only agents and controllers write.

Each passed the pack before it was mended. Schemas: datreeio/CRDs-catalog 7b1e26ef (versions of the kinds as their
types say), projectcalico/api and grafana/loki as fetched on that day.
"""

from collections.abc import Mapping

from ..blind import ME, crd
from . import Attack
from .fields_core_pods import OPEN, thing

Body = Mapping[str, object]
TRANSIT = ("FJ-ENC-", "FJ-ESC-")
_CATALOG = "CRDs-catalog 7b1e26ef"
_VAULT = {"server": "https://vault.vault.svc:8200", "auth": {"kubernetes": {"mountPath": "kubernetes", "role": "r"}}}
_GENERATORS = "generators.external-secrets.io/v1alpha1:"
_LOGGING = "logging.banzaicloud.io/v1beta1:"
_KEY = {"valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}


def _forged(kind: str, severity: str, harm: str, body: Body, namespace: str = "") -> Attack:
    name = f"a program writes a {kind.rpartition(':')[2]} of its own"
    return Attack(name, OPEN, thing(kind, body, namespace), severity, f"{harm} ({_CATALOG})")


def _vault(name: str, harm: str, **spec: object) -> Attack:
    return Attack(name, OPEN, (crd(f"{_GENERATORS}VaultDynamicSecret", {**spec, "provider": _VAULT}),), "critical",
                  f"{harm} (external-secrets/external-secrets, VaultDynamicSecret of {_CATALOG})")  # fmt: skip


def _sends(name: str, harm: str, **output: object) -> Attack:
    text = f"{harm} (kube-logging/logging-operator, ClusterOutput of {_CATALOG})"
    return Attack(name, TRANSIT, (crd(f"{_LOGGING}ClusterOutput", output, "logs"),), "major", text)


def _takes(name: str, rules: tuple[str, ...], harm: str, **settings: object) -> Attack:
    text = f"{harm} (kube-logging/logging-operator, FluentdConfig of {_CATALOG})"
    return Attack(name, rules, (crd(f"{_LOGGING}FluentdConfig", {"forwardInputConfig": settings}),), "major", text)


def _collects(name: str, **spec: object) -> Attack:
    return Attack(name, OPEN, (crd(f"{_LOGGING}FluentbitAgent", spec),), "major", "nobody sees what was done "
                  f"(kube-logging/logging-operator, FluentbitAgent of {_CATALOG})")  # fmt: skip


def _proxy(name: str, severity: str, harm: str, kubernetes: Body | None = None, **spec: object) -> Attack:
    provider = {"type": "Kubernetes", "kubernetes": {"envoyService": {"type": "ClusterIP"}, **(kubernetes or {})}}
    given = crd("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {"provider": provider, **spec})
    return Attack(name, OPEN, (given,), severity, f"{harm} (envoyproxy/gateway, EnvoyProxy of {_CATALOG})")


def _backup(name: str, **template: object) -> Attack:
    spec = {"schedule": "0 1 * * *", "template": {"ttl": "720h", **template}}
    return Attack(name, OPEN, thing("velero.io/v1:Schedule", {"spec": spec}, "velero"), "major",
                  f"nothing of what is lost can be restored (velero-io/velero, Schedule of {_CATALOG})")  # fmt: skip


def _loki(name: str, harm: str, **spec: object) -> Attack:
    base = {"size": "1x.small", "storage": {"secret": {"name": "s", "type": "s3"}}, "storageClassName": "encrypted",
            "tenants": {"mode": "static"}}  # fmt: skip
    return Attack(name, OPEN, (crd("loki.grafana.com/v1:LokiStack", {**base, **spec}),), "major",
                  f"{harm} (grafana/loki operator, LokiStack)")  # fmt: skip


def _felix(name: str, **spec: object) -> Attack:
    return Attack(name, OPEN, thing("projectcalico.org/v3:FelixConfiguration", {"spec": spec}, "", "default"),
                  "critical", "pods reach each other past every policy (projectcalico/api d4009e4d, "
                  "pkg/apis/projectcalico/v3/felixconfig.go)")  # fmt: skip


_ENDPOINT = {"endpoint": "http://otel.monitoring.svc:4317"}

ATTACKS = (
    _forged("cilium.io/v2:CiliumNode", "critical", "packets to pods of others go to its machine", {
        "spec": {"addresses": [{"ip": "10.9.9.9", "type": "InternalIP"}], "ipam": {"podCIDRs": ["10.0.0.0/24"]}}}),
    _forged("crd.projectcalico.org/v1:BlockAffinity", "major", "packets to pods of others go to its machine", {
        "spec": {"cidr": "10.0.0.0/26", "node": "n", "state": "confirmed", "deleted": "false"}}),
    _forged("crd.projectcalico.org/v1:IPAMBlock", "major", "pods get addresses of others", {
        "spec": {"cidr": "10.0.0.0/26", "affinity": "host:n", "allocations": [0], "unallocated": []}}),
    _forged("crd.projectcalico.org/v1:IPAMHandle", "minor", "pods get addresses of others", {
        "spec": {"handleID": "h", "block": {}}}),
    _forged("vpcresources.k8s.aws/v1alpha1:CNINode", "major", "pods have no group of the network of their own", {
        "spec": {"features": []}}),
    _forged("wgpolicyk8s.io/v1alpha2:PolicyReport", "major", "reports say that objects obey which do not", {
        "results": [{"policy": "p", "result": "pass"}], "summary": {"pass": 1}}, "team-a"),
    _forged("wgpolicyk8s.io/v1alpha2:ClusterPolicyReport", "major", "reports say that objects obey which do not", {
        "results": [{"policy": "p", "result": "pass"}], "summary": {"pass": 1}}),
    _forged("aquasecurity.github.io/v1alpha1:VulnerabilityReport", "major", "reports say that images have no holes", {
        "report": {"summary": {"criticalCount": 0}}}, "team-a"),
    _forged("secrets-store.csi.x-k8s.io/v1:SecretProviderClassPodStatus", "minor", "secrets are copied for a pod that "
            "did not ask", {"status": {"podName": "p", "secretProviderClassName": "c", "mounted": True,
                                       "targetPath": "/x", "objects": []}}, "team-a"),
    Attack("agents of the network wait, and no change of a policy counts", OPEN, thing(
        "crd.projectcalico.org/v1:ClusterInformation", {"spec": {"datastoreReady": False}}, "", "default"),
        "critical", "a policy that closes something has no effect (projectcalico/api, ClusterInformation)"),
    _felix("interfaces of pods have another name for the policies", interfacePrefix="eth,ens"),
    _felix("interfaces of pods are left out of the policies", interfaceExclude="kube-ipvs0,cali*"),
    Attack("the names of a certificate stand in an encoded request", ("FJ-IDN-", "FJ-ESC-"), (crd(
        "cert-manager.io/v1:CertificateRequest", {"request": "LS0tLS1CRUdJTi==", "usages": ["client auth"],
                                                  "issuerRef": {"name": "bank", "kind": "ClusterIssuer"}}),),
        "critical", f"the team gets a certificate of any name (cert-manager, CertificateRequest of {_CATALOG})"),
    _vault("a secret is a token of the vault with any policy", "the team reads every secret of the bank",
           path="auth/token/create", method="POST", parameters={"policies": ["root"]}),
    _vault("a secret changes the policies of the vault", "the team gives itself every right",
           path="sys/policies/acl/x", method="PUT", parameters={"policy": "path \"*\" {capabilities=[\"sudo\"]}"}),
    _vault("a secret is an authority of the vault", "the team signs every name",
           path="pki/root/sign-intermediate", method="POST", parameters={"common_name": "x"}),
    Attack("a secret of every namespace is a token of the vault with any policy", OPEN, thing(
        f"{_GENERATORS}ClusterGenerator", {"spec": {"kind": "VaultDynamicSecret", "generator": {
            "vaultDynamicSecretSpec": {"path": "/auth/token/create-orphan", "method": "POST", "provider": _VAULT}}}},
        ""), "critical", f"teams read every secret of the bank (external-secrets, ClusterGenerator of {_CATALOG})"),
    _proxy("the proxy of every team is a program of a stranger", "critical", "it reads each request with its token",
           {"envoyDeployment": {"container": {"imageRepository": "docker.io/stranger/envoy"}}}),
    _proxy("no request meets the filter of the access log", "major", "calls are not recorded",
           telemetry={"accessLog": {"settings": [{"matches": ["false"], "sinks": [
               {"type": "File", "file": {"path": "/dev/stdout"}}]}]}}),
    _sends("any certificate is a collector's", "whoever is in between reads the logs", forward={
        "servers": [{"host": "logs.logging.svc", "port": 24224}], "transport": "tls",
        "tls_allow_self_signed_cert": True}),
    _sends("any certificate is an indexer's", "whoever is in between reads the logs and the token", splunkHec={
        "hec_host": "splunk.logging.svc", "protocol": "https", "insecure_ssl": True, "hec_token": _KEY}),
    _sends("the certificate of any host is that of the log server", "whoever is in between reads the logs", syslog={
        "host": "logs.logging.svc", "transport": "tls", "verify_fqdn": False}),
    _sends("a certificate that the log server signed itself is enough", "whoever is in between reads the logs", syslog={
        "host": "logs.logging.svc", "transport": "tls", "allow_self_signed_cert": True}),
    _sends("records go to the log server in plain text", "whoever is in between reads the logs", gelf={
        "host": "logs.logging.svc", "port": 12201, "protocol": "tcp", "tls": False}),
    _sends("an indexer gets records by outdated TLS alone", "records are read on the way", elasticsearch={
        "host": "es.logging.svc", "port": 9200, "scheme": "https", "ssl_max_version": "TLSv1_1"}),
    Attack("connectors are built from a repository of a stranger", OPEN, (crd("kafka.strimzi.io/v1beta2:KafkaConnect", {
        "replicas": 2, "bootstrapServers": "k.kafka.svc:9093", "tls": {"trustedCertificates": [
            {"secretName": "ca", "pattern": "*.crt"}]}, "authentication": {"type": "tls", "certificateAndKey": {
                "secretName": "s", "certificate": "c", "key": "k"}}, "build": {
            "output": {"type": "docker", "image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/connect:1"},
            "plugins": [{"name": "p", "artifacts": [{
                "type": "maven", "repository": "https://maven.strangers.example.com/repo", "group": "g",
                "artifact": "a", "version": "1"}]}]}}),), "critical",
        f"its program has every message and password (strimzi, KafkaConnect of {_CATALOG})"),
    *(Attack(f"a store is for the namespaces that {name}", OPEN, thing("external-secrets.io/v1:ClusterSecretStore", {
        "spec": {"conditions": [condition], "provider": {"vault": {**_VAULT, "path": "kv"}}}}, ""), "critical",
        f"each team reads every secret of the store (external-secrets, ClusterSecretStore of {_CATALOG})")
      for name, condition in (("match any name", {"namespaceRegexes": [".*"]}),
                              ("have any name in small letters", {"namespaceRegexes": ["^[a-z0-9-]+$"]}),
                              ("have any labels", {"namespaceSelector": {}}))),
    _collects("the collector leaves the files of every pod out", inputTail={"Exclude_Path": "/var/log/containers/*"}),
    _collects("the collector has its configuration from a secret", customConfigSecret="s"),
    Attack("a flow throws every record away", OPEN, (crd(f"{_LOGGING}ClusterFlow", {
        "match": [{"select": {}}], "globalOutputRefs": ["x"], "filters": [
            {"grep": {"exclude": [{"key": "log", "pattern": "/.*/"}]}}]}, "logs"),), "major",
        f"nobody sees what was done (kube-logging/logging-operator, ClusterFlow of {_CATALOG})"),
    _takes("callers of the collector name no key", OPEN, "whoever reaches it writes records of others",
           security={"self_hostname": "h", "shared_key": _KEY, "allow_anonymous_source": True}),
    _takes("the collector encrypts for anybody", TRANSIT, "whoever is in between writes records",
           transport={"protocol": "tls", "insecure": True}),
    _takes("the collector takes outdated TLS", TRANSIT, "whoever is in between reads records",
           transport={"protocol": "tls", "version": "TLSv1_1"}),
    Attack("a page of Grafana is served without TLS beside its route", TRANSIT, (crd(
        "grafana.integreatly.org/v1beta1:Grafana", {"route": {"spec": {"tls": {
            "termination": "edge", "insecureEdgeTerminationPolicy": "Allow"}}}}),), "major",
        f"passwords and sessions cross the network in plain text (grafana/grafana-operator, Grafana of {_CATALOG})"),
    Attack("a team says where the alerts of all go", OPEN, (crd(
        "grafana.integreatly.org/v1beta1:GrafanaNotificationPolicy", {
            "allowCrossNamespaceImport": True, "instanceSelector": {"matchLabels": {"dashboards": "bank"}},
            "route": {"receiver": "nobody"}}),), "major",
        f"alerts of the bank reach nobody (grafana/grafana-operator, GrafanaNotificationPolicy of {_CATALOG})"),
    Attack("a panel comes over plain text", TRANSIT, (crd("grafana.integreatly.org/v1beta1:GrafanaLibraryPanel", {
        "instanceSelector": {"matchLabels": {"a": "b"}}, "oci": {"insecurePlainHTTP": True,
                                                                 "repository": "harbor.dc1.example.ae/panels"}}),),
        "minor", f"whoever is in between changes it (grafana/grafana-operator, GrafanaLibraryPanel of {_CATALOG})"),
    Attack("the name of the server of sign-in is not checked", TRANSIT, (crd(
        "kafka.strimzi.io/v1beta2:KafkaMirrorMaker", {"consumer": {
            "bootstrapServers": "k.kafka.svc:9093", "tls": {"trustedCertificates": []}, "authentication": {
                "type": "oauth", "disableTlsHostnameVerification": True}}}),), "major",
        f"whoever is in between has the tokens (strimzi/strimzi-kafka-operator, KafkaMirrorMaker of {_CATALOG})"),
    _backup("a schedule leaves every namespace out", excludedNamespaces=["*"]),
    _backup("a schedule leaves every kind of object out", excludedResources=["*"]),
    _loki("each pod reaches the parts of Loki", "teams read and write records of others",
          networkPolicies={"ruleSet": "None"}),
    _loki("records are gone after a day", "nobody sees what was done last week",
          limits={"global": {"retention": {"days": 1}}}),
    Attack("what instruments programs becomes root in their pods", OPEN, (crd(
        "opentelemetry.io/v1alpha1:Instrumentation", {"exporter": _ENDPOINT, "initContainerSecurityContext": {
            "allowPrivilegeEscalation": True}}),), "major",
        f"each pod with the annotation has a program of root (opentelemetry-operator, Instrumentation of {_CATALOG})"),
    Attack("what instruments programs is root in their pods", OPEN, (crd(
        "opentelemetry.io/v1alpha1:Instrumentation", {"exporter": _ENDPOINT, "initContainerSecurityContext": {
            "runAsUser": 0}}),), "major",
        f"each pod with the annotation has a program of root (opentelemetry-operator, Instrumentation of {_CATALOG})"),
)  # fmt: skip
