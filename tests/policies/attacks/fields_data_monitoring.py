"""Attacks by fields of monitoring, dashboards, logs, traces, volumes and backups, read one by one in upstream's schemas
(2026-11-29).

Prometheus Operator 6adcebc5, Grafana Operator 60d3ebd2, grafana/grafana d6b850778553 (conf/defaults.ini), Logging
operator 51679aa5, OpenTelemetry Operator be8944414, Tempo Operator 049c8f24, Velero d2241adba; each passed the pack
before.
"""

from collections.abc import Mapping

from ..blind import TAGS, crd, k8s
from ..harness import Given
from . import Attack

ROW = ("FJ-ESC-115",)
SWITCH = ("FJ-IDN-313",)
VENDOR = ("FJ-RES-120",)
INI = "grafana/grafana d6b850778553, conf/defaults.ini"
SECRET = {"secretKeyRef": {"name": "x", "key": "y"}}


def _grafana(**spec: object) -> tuple[Given, ...]:
    return (crd("grafana.integreatly.org/v1beta1:Grafana", {
        "config": {"log": {"mode": "console"}}, "version": "12.1.0", **spec}),)  # fmt: skip


def _ini(section: str, **settings: str) -> tuple[Given, ...]:
    return _grafana(config={section: settings})


def _of_grafana(kind: str, **spec: object) -> tuple[Given, ...]:
    return (crd(f"grafana.integreatly.org/v1beta1:Grafana{kind}", spec),)


def _source(**datasource: object) -> tuple[Given, ...]:
    return _of_grafana("Datasource", datasource={"name": "p", "type": "postgres", "access": "proxy",
                                                 "url": "pg-rw.team-a.svc:5432", **datasource})  # fmt: skip


def _output(**spec: object) -> tuple[Given, ...]:
    return (crd("logging.banzaicloud.io/v1beta1:Output", spec),)


def _logging(**spec: object) -> tuple[Given, ...]:
    return (crd("logging.banzaicloud.io/v1beta1:Logging", {"controlNamespace": "logging", **spec}),)


def _collector(config: Mapping[str, object], **spec: object) -> tuple[Given, ...]:
    whole = {"receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317"}}}},
             "exporters": {"otlp": {"endpoint": "tempo.monitoring.svc:4317"}}, **config}  # fmt: skip
    return (crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"mode": "deployment", "config": whole, **spec}),)


def _alerts(**receiver: object) -> tuple[Given, ...]:
    return (crd("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", {
        "route": {"receiver": "r"}, "receivers": [{"name": "r", **receiver}]}),)  # fmt: skip


def _scrape(**spec: object) -> tuple[Given, ...]:
    return (crd("monitoring.coreos.com/v1alpha1:ScrapeConfig", spec),)


def _class(provisioner: str, **parameters: str) -> tuple[Given, ...]:
    tags = ",".join(f"{key}={value}" for key, value in TAGS.items())
    return (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "x", "labels": TAGS}, "provisioner": provisioner, "reclaimPolicy": "Retain",
        "parameters": {"tags": tags, **parameters}}),)  # fmt: skip


def _backups(**spec: object) -> tuple[Given, ...]:
    return (crd("velero.io/v1:Schedule", {
        "schedule": "0 1 * * *", "template": {"ttl": "720h", "storageLocation": "default"}, **spec}),)  # fmt: skip


ATTACKS = (
    Attack("an argument opens the administration of Prometheus", ROW, (crd("monitoring.coreos.com/v1:Prometheus", {
        "additionalArgs": [{"name": "web.enable-admin-api"}]}),), "major", "Prometheus Operator 6adcebc5, Argument"),
    Attack("a token of Prometheus stands in its object", ROW, (crd("monitoring.coreos.com/v1:Prometheus", {
        "apiserverConfig": {"host": "https://kubernetes.default.svc", "bearerToken": "abcdefghijklmnop"}}),), "major",
           "Prometheus Operator 6adcebc5, APIServerConfig"),
    Attack("Prometheus runs as root beside a pod's shape", ("FJ-EXP-307",), (crd(
        "monitoring.coreos.com/v1:Prometheus", {"securityContext": {"runAsUser": 0}}),), "major",
           "Prometheus Operator 6adcebc5, CommonPrometheusFields"),
    Attack("keys of a machine become metrics", ROW, _scrape(staticConfigs=[{"targets": ["169.254.169.254:80"]}]),
           "critical", "Prometheus Operator 6adcebc5, ScrapeConfig"),
    Attack("Prometheus asks the engine of the machine", ROW, _scrape(dockerSDConfigs=[{
        "host": "unix:///var/run/docker.sock"}]), "major", "Prometheus Operator 6adcebc5, DockerSDConfig"),
    Attack("machines of another cloud are asked for", VENDOR, _scrape(hetznerSDConfigs=[{"role": "hcloud"}]), "minor",
           "Prometheus Operator 6adcebc5, HetznerSDConfig"),
    Attack("alerts go to Discord by a secret address", VENDOR, _alerts(discordConfigs=[{
        "apiURL": {"name": "x", "key": "y"}}]), "major", "Prometheus Operator 6adcebc5, DiscordConfig"),
    Attack("an address of mail takes over an account of Grafana", SWITCH,
           _ini("auth", oauth_allow_insecure_email_lookup="true"), "critical", INI),
    Attack("everybody with an account of GitHub sees the dashboards", SWITCH, _ini("auth.github", enabled="true"),
           "critical", INI),
    Attack("everybody with an account of Google sees the dashboards", SWITCH, _ini("auth.google", enabled="true"),
           "critical", INI),
    Attack("whoever reaches Grafana signs himself up", SWITCH, _ini("users", allow_sign_up="true"), "critical", INI),
    Attack("snapshots of dashboards are read and deleted by all", SWITCH, _ini("snapshots", public_mode="true"),
           "critical", INI),
    Attack("dashboards run scripts", SWITCH, _ini("panels", disable_sanitize_html="true"), "major", INI),
    Attack("the key of Grafana's passwords is the published one", SWITCH,
           _ini("security", secret_key="SW2YcwTIb9zpOOhoPsMm"), "critical", INI),
    Attack("a plug-in that nobody signed runs in Grafana", SWITCH,
           _ini("plugins", allow_loading_unsigned_plugins="bank-panel"), "major", INI),
    Attack("a dashboard is public by the object's field", ROW, _of_grafana("Dashboard", json="{}",
           publicSharing={"accessToken": "x"}), "critical", "Grafana Operator 60d3ebd2, GrafanaPublicDashboard"),
    Attack("a token of Grafana administers it", ROW, _of_grafana("ServiceAccount", instanceName="g", name="x",
           role="Admin", tokens=[{"name": "t"}]), "major", "Grafana Operator 60d3ebd2, GrafanaServiceAccountSpec"),
    Attack("the page of Grafana has an ingress without TLS", SWITCH, _grafana(ingress={"spec": {
        "ingressClassName": "nginx", "rules": [{"host": "grafana.team-a.svc"}]}}), "major",
           "Grafana Operator 60d3ebd2, GrafanaSpec"),
    Attack("the version of Grafana is an image of a stranger", ("FJ-ESC-116",),
           _grafana(version="docker.io/evil/grafana:12"), "critical", "Grafana Operator 60d3ebd2, GrafanaSpec"),
    Attack("the password of a data source stands in the object", ROW,
           _source(secureJsonData={"password": "hunter2hunter22"}), "major", "Grafana Operator 60d3ebd2"),
    Attack("alerts of Grafana go to Telegram", ROW, _of_grafana("ContactPoint", name="x", type="telegram",
           settings={"chatid": "1"}, valuesFrom=[{"targetPath": "bottoken", "valueFrom": SECRET}]), "major",
           "Grafana Operator 60d3ebd2, GrafanaContactPointSpec"),
    Attack("each namespace takes the logs of every other", ROW, _logging(allowClusterResourcesFromAllNamespaces=True),
           "critical", "Logging operator 51679aa5, LoggingSpec"),
    Attack("a flow of one namespace runs programs in the collector of all", ROW, (crd(
        "logging.banzaicloud.io/v1beta1:Flow", {"filters": [{"record_transformer": {
            "enable_ruby": True, "records": [{"x": "${`id`}"}]}}], "match": [{"select": {}}],
            "localOutputRefs": ["x"]}),), "critical", "Logging operator 51679aa5, RecordTransformer"),
    Attack("a collector of logs is an image of a stranger, in two parts", ("FJ-ESC-113",), _logging(fluentd={
        "image": {"repository": "docker.io/evil/fluentd", "tag": "1"}}), "critical",
           "Logging operator 51679aa5, ImageSpec"),
    Attack("a collector of logs reads the keys of its node", ROW, (crd(
        "logging.banzaicloud.io/v1beta1:FluentbitAgent", {
            "extraVolumeMounts": [{"source": "/etc", "destination": "/host", "readOnly": True}]}),), "critical",
           "Logging operator 51679aa5, VolumeMount"),
    Attack("logs go to a bucket of a stranger in the region", ("FJ-RES-003",), _output(s3={
        "s3_bucket": "strangers", "s3_region": "me-central-1"}), "critical",
           "Logging operator 51679aa5, S3OutputConfig"),
    Attack("logs go to Datadog by a field", VENDOR, _output(datadog={"api_key": {"valueFrom": SECRET}}), "critical",
           "Logging operator 51679aa5, DatadogOutput"),
    Attack("logs go to a server that nobody verifies", ROW, _output(forward={
        "servers": [{"host": "f.logging.svc", "port": 24224}], "tls_insecure_mode": True}), "major",
           "Logging operator 51679aa5, ForwardOutput"),
    Attack("an allocator hands out passwords in plain text", ROW, _collector({}, targetAllocator={
        "enabled": True, "allowInsecureAuthSecrets": True}), "critical", "OpenTelemetry Operator be8944414"),
    Attack("a server elsewhere writes what collectors do", ROW, (crd("opentelemetry.io/v1alpha1:OpAMPBridge", {
        "endpoint": "ws://opamp.monitoring.svc:4320/v1/opamp", "capabilities": {"AcceptsRemoteConfig": True}}),),
           "critical", "OpenTelemetry Operator be8944414, OpAMPBridgeCapability"),
    Attack("the memory of a collector is everybody's", SWITCH, _collector({"extensions": {
        "pprof": {"endpoint": "0.0.0.0:1777"}}}), "major", "opentelemetry-collector-contrib, pprofextension"),
    Attack("secrets of the cluster stand in logs", SWITCH, _collector({"receivers": {"k8sobjects": {
        "objects": [{"name": "secrets", "mode": "pull"}]}}}), "critical",
           "opentelemetry-collector-contrib, k8sobjectsreceiver"),
    Attack("a token of a collector stands in its object", ("FJ-EXP-326",), _collector({"extensions": {
        "bearertokenauth": {"token": "abcdefghijklmnopqrstuvwxyz"}}}), "major",
           "opentelemetry-collector-contrib, bearertokenauthextension"),
    Attack("tokens of callers stand in traces", SWITCH, (crd("opentelemetry.io/v1alpha1:Instrumentation", {"env": [{
        "name": "OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST", "value": "authorization"}]}),), "major",
           "OpenTelemetry, 'Java agent configuration'"),
    Attack("a part of Tempo is an image of a stranger", ("FJ-ESC-116",), (crd("tempo.grafana.com/v1alpha1:TempoStack", {
        "storage": {"secret": {"name": "x", "type": "s3"}}, "images": {"tempo": "docker.io/evil/tempo:1"}}),),
           "critical", "Tempo Operator 049c8f24, ImagesSpec"),
    Attack("everybody with an account reads the logs of each tenant", ROW, (crd("loki.grafana.com/v1:LokiStack", {
        "tenants": {"mode": "openshift-logging", "openshift": {"adminGroups": ["system:authenticated"]}}}),),
           "critical", "grafana/loki 65e30f84, operator"),
    Attack("a claim of one name gets the files of another namespace", ROW,
           _class("efs.csi.aws.com", provisioningMode="efs-ap", fileSystemId="fs-1", reuseAccessPoint="true"), "major",
           "aws-efs-csi-driver, docs/README.md (reuseAccessPoint)"),
    Attack("volumes of Longhorn are not encrypted", ("FJ-ENC-301",), _class("driver.longhorn.io",
           numberOfReplicas="3"), "major", "Longhorn, 'Volume Encryption'"),
    Attack("whoever deletes the schedule deletes each backup", ROW, _backups(useOwnerReferencesInBackup=True), "major",
           "Velero d2241adba, ScheduleSpec"),
    Attack("backups of a schedule are kept for an hour", SWITCH, _backups(template={"ttl": "3600s"}), "major",
           "Velero d2241adba, BackupSpec"),
    Attack("backups go to a bucket of a stranger in the region", ("FJ-RES-312",), (crd(
        "velero.io/v1:BackupStorageLocation", {"provider": "aws", "objectStorage": {"bucket": "strangers"},
                                               "config": {"region": "me-central-1"}}),), "critical",
           "Velero d2241adba, ObjectStorageLocation"),
)  # fmt: skip
