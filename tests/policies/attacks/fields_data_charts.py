"""Attacks by values of charts of stores, brokers, logs and backups, read one by one (2026-11-29).

Values by upstream's values.yaml: those with a commit were read, the others are as known; each passed the pack before.
"""

from ..blind import KUBE
from ..harness import Given
from . import Attack

SWITCH = ("FJ-IDN-313",)
VENDOR = ("FJ-RES-120",)
BUCKET = ("FJ-RES-003",)
STACK = "prometheus-community/helm-charts, charts/kube-prometheus-stack/values.yaml"
DEMO = "$2a$12$VcCDgh2NDk07JGN0rjGbM.Ad41qVR/YFJcgHp0UGns5JDymv..TOG"


def _release(chart: str, **values: object) -> tuple[Given, ...]:
    """Returns a release of a chart that the bank mirrors."""
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.2.3", "namespace": chart,
        "values": values}, chart, provider=KUBE),)  # fmt: skip


def _s3(bucket: str) -> dict[str, object]:
    return {"backend": "s3", "s3": {"bucket": bucket, "endpoint": "s3.me-central-1.amazonaws.com"}}


PAGE = {"enabled": True, "hosts": ["p.team-a.svc"], "tls": [{"secretName": "x", "hosts": ["p.team-a.svc"]}]}

ATTACKS = (
    Attack("a chart of Redis asks nobody for a password", SWITCH, _release("redis", auth={"enabled": False}),
           "critical", "bitnami/charts, bitnami/redis"),
    Attack("a user of Redis has no password", SWITCH,
           _release("redis", commonConfiguration="user default on nopass ~* +@all"), "critical", "valkey.conf, ACL"),
    Attack("guests of RabbitMQ come from everywhere", SWITCH,
           _release("rabbitmq", extraConfiguration="loopback_users.guest = false"), "critical", "RabbitMQ"),
    Attack("callers of RabbitMQ have no name", SWITCH,
           _release("rabbitmq", extraConfiguration="auth_mechanisms.1 = ANONYMOUS"), "critical", "RabbitMQ"),
    Attack("callers of NATS without a password are a user", SWITCH,
           _release("nats", config={"merge": {"no_auth_user": "app"}}), "critical", "NATS, no_auth_user"),
    Attack("clients of NATS may leave TLS away", SWITCH, _release("nats", config={"merge": {"allow_non_tls": True}}),
           "major", "NATS, allow_non_tls"),
    Attack("MongoDB has no permissions", SWITCH, _release("mongodb", auth={"enabled": False}), "critical",
           "bitnami/charts, bitnami/mongodb"),
    Attack("MongoDB allows connections without TLS", SWITCH,
           _release("mongodb", tls={"enabled": True, "mode": "allowTLS"}), "major", "MongoDB, net.tls.mode"),
    Attack("the administrator of OpenSearch has the published password", SWITCH, _release(
        "opensearch", securityConfig={"config": {"data": {"internal_users.yml": f'admin:\n  hash: "{DEMO}"\n'}}}),
           "critical", "opensearch-project/security"),
    Attack("everybody who signs in administers OpenSearch", SWITCH, _release(
        "opensearch", securityConfig={"config": {"data": {"roles_mapping.yml": 'all_access:\n  users: ["*"]\n'}}}),
           "critical", "OpenSearch, 'Mapping users to roles'"),
    Attack("brokers of Redpanda have no permissions", SWITCH,
           _release("redpanda", config={"cluster": {"kafka_enable_authorization": False}}), "critical", "Redpanda"),
    Attack("segments of Redpanda move to a bucket of a stranger", BUCKET, _release("redpanda", storage={"tiered": {
        "config": {"cloud_storage_bucket": "strangers", "cloud_storage_region": "me-central-1"}}}), "critical",
           "Redpanda, cloud_storage_bucket"),
    Attack("an application administers the object store", SWITCH, _release("minio", users=[{
        "accessKey": "app", "existingSecret": "x", "policy": "consoleAdmin"}]), "major", "minio/minio, helm/minio"),
    Attack("a command opens a bucket to everybody", SWITCH,
           _release("minio", customCommands=[{"command": "anonymous set public myminio/x"}]), "critical",
           "minio/minio, helm/minio"),
    Attack("a user of ClickHouse has no password", SWITCH, _release("clickhouse", usersExtraOverrides=(
        "<clickhouse><users><x><no_password/></x></users></clickhouse>")), "critical", "ClickHouse"),
    Attack("volumes of Ceph ask nobody for a key", SWITCH, _release("rook-ceph-cluster", configOverride=(
        "[global]\nauth_client_required = none\n")), "critical", "Ceph, 'Cephx Config Reference'"),
    Attack("volumes of Ceph are deleted with the cluster's object", SWITCH, _release(
        "rook-ceph-cluster", cephClusterSpec={"cleanupPolicy": {"confirmation": "yes-really-destroy-data"}}),
           "critical",
           "rook/rook, CephCluster"),
    Attack("the page of Longhorn asks nobody who he is", SWITCH,
           _release("longhorn", ingress={"enabled": True, "host": "l.team-a.svc", "tls": True}), "critical",
           "longhorn/longhorn, chart/values.yaml"),
    Attack("a chart's backups go to a bucket of a stranger", BUCKET, _release("velero", configuration={
        "backupStorageLocation": [{"provider": "aws", "bucket": "strangers", "config": {"region": "me-central-1"}}]}),
           "critical", "vmware-tanzu/helm-charts, charts/velero"),
    Attack("a chart's backups go to a store of Google", VENDOR, _release("velero", configuration={
        "backupStorageLocation": [{"provider": "gcp", "bucket": "bank"}]}), "critical",
           "vmware-tanzu/helm-charts, charts/velero"),
    Attack("a chart's backups are disabled", SWITCH, _release("velero", schedules={"d": {
        "disabled": True, "schedule": "0 1 * * *", "template": {"ttl": "240h"}}}), "major",
           "vmware-tanzu/helm-charts, charts/velero"),
    Attack("traces go to a bucket of a stranger", BUCKET,
           _release("tempo-distributed", storage={"trace": _s3("strangers")}), "critical",
           "grafana/helm-charts, charts/tempo-distributed"),
    Attack("traces go to a store of Google", VENDOR,
           _release("tempo-distributed", storage={"trace": {"backend": "gcs"}}), "critical",
           "grafana/helm-charts, charts/tempo-distributed"),
    Attack("a page of logs of each tenant asks nobody who he is", SWITCH,
           _release("loki", gateway={"ingress": {**PAGE, "hosts": [{"host": "l.team-a.svc"}]}}), "critical",
           "grafana/loki 65e30f84, production/helm/loki"),
    Attack("Fluent Bit verifies no certificate", SWITCH, _release("fluent-bit", config={"outputs": (
        "[OUTPUT]\n    Name es\n    Match *\n    Host es.logging.svc\n    tls On\n    tls.verify Off\n")}), "major",
           "fluent/fluent-bit d55459d4"),
    Attack("the password of a store stands in lines of Fluent Bit", SWITCH, _release("fluent-bit", config={"outputs": (
        "[OUTPUT]\n    Name es\n    Match *\n    Host es.logging.svc\n    HTTP_Passwd Hunter2\n    tls On\n")}),
           "major",
           "fluent/fluent-bit d55459d4, plugins/out_es"),
    Attack("a chart of dashboards reads each secret of the cluster", ("FJ-ESC-107",), _release("grafana", rbac={
        "extraClusterRoleRules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]}]}),
           "critical", "grafana/helm-charts, charts/grafana"),
    Attack("annotations of secrets become metrics", SWITCH, _release("kube-prometheus-stack", **{
        "kube-state-metrics": {"metricAnnotationsAllowList": ["secrets=[*]"]}}), "critical", STACK),
    Attack("routes of each namespace take the alerts of all, by a chart", ("FJ-ESC-115",), _release(
        "kube-prometheus-stack", alertmanager={"alertmanagerSpec": {
            "alertmanagerConfigMatcherStrategy": {"type": "None"}}}), "major", STACK),
    Attack("the page of Prometheus asks nobody who he is", SWITCH,
           _release("kube-prometheus-stack", prometheus={"ingress": PAGE}), "critical", STACK),
    Attack("a service of Thanos is public by default", SWITCH,
           _release("kube-prometheus-stack", prometheus={"thanosServiceExternal": {"enabled": True}}), "critical",
           STACK),
    Attack("a chart starts brokers of a stranger by a variable", ("FJ-ESC-113",), _release(
        "strimzi-kafka-operator", extraEnvs=[
            {"name": "STRIMZI_KAFKA_IMAGES", "value": "4.1.0=docker.io/evil/kafka:1"}]),
           "critical", "Strimzi 8541da1e, packaging/helm-charts"),
    Attack("networks between brokers are open", SWITCH,
           _release("strimzi-kafka-operator", generateNetworkPolicy=False), "major",
           "Strimzi 8541da1e, packaging/helm-charts"),
    Attack("a chart's operator starts databases of a stranger", ("FJ-ESC-113",),
           _release("postgres-operator", configGeneral={"docker_image": "docker.io/evil/spilo:1"}), "critical",
           "zalando/postgres-operator, charts/postgres-operator"),
)  # fmt: skip
