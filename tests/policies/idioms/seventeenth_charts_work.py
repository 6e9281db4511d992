"""Good idioms of clusters: charts of analysis, flows, models and flags that no other idiom has (set 17, blind)."""

from ..blind import KEY, TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable
from .fifteenth_work import SCRATCH
from .sixteenth_stores import HASH, password, reached
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, mirrored, ours

R = "me-central-1"
PLAIN = {"type": "ClusterIP"}
TMP_MOUNT = [{"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108
STORES = "org.apache.pinot.{0}.{1}ZkBasicAuthAccessControlFactory"
OFF = {"enabled": False}
KESTRA = {"kestra": {
    "repository": {"type": "postgres"}, "queue": {"type": "postgres"}, "storage": {"type": "s3", "s3": {
        "region": R, "bucket": "bank-flows", "kmsKeyId": KEY}}, "anonymous-usage-report": {"enabled": False},
    "server": {"basicAuth": {"enabled": True}}, "url": "https://flows.bank.ae/", "tutorialFlows": {
        "enabled": False}}}  # fmt: skip


def server(replicas: int, disk: str = "", **more: object) -> dict[str, object]:
    """Returns the values of one part of Pinot: closed, inside the cluster, with an encrypted volume if it has one."""
    volume = {"persistence": {"enabled": True, "storageClass": "encrypted", "size": disk}} if disk else {}
    return {"replicaCount": replicas, "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE,
            "pdb": {"enabled": True, "maxUnavailable": 1}, "service": PLAIN, **volume, **more}  # fmt: skip


def flow(replicas: int) -> dict[str, object]:
    """Returns the values of one part of Kestra."""
    return {"enabled": True, "replicas": replicas, "labels": TAGS, "resources": LARGE}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("analysts ask in Metabase of one copy, with its database elsewhere and nothing sent home", (
        password("metabase", "reports", "username", "password", "encryption-key"),
        mirrored("metabase", "2.24.0", {
            "replicaCount": 1, "image": {"repository": f"{MIRROR}/metabase/metabase", "tag": f"v0.57.4@{HASH}"},
            "podLabels": TAGS, "database": {
                "type": "postgres", "host": "metabase-rw.reports.svc.cluster.local", "port": 5432, "dbname": "metabase",
                "existingSecret": "metabase", "existingSecretUsernameKey": "username", "existingSecretPasswordKey":
                "password", "existingSecretEncryptionKeyKey": "encryption-key"},
            "password": {"complexity": "strong", "length": 14}, "siteUrl": "https://reports.bank.ae", "timeZone":
            "Asia/Dubai", "emojiLogging": False, "session": {"maxSessionAge": 480, "sessionCookies": True},
            "extraEnv": [{"name": "MB_ANON_TRACKING_ENABLED", "value": "false"},
                         {"name": "MB_CHECK_FOR_UPDATES", "value": "false"},
                         {"name": "MB_ENABLE_PUBLIC_SHARING", "value": "false"},
                         {"name": "MB_ENABLE_EMBEDDING", "value": "false"},
                         {"name": "MB_LOAD_SAMPLE_CONTENT", "value": "false"}],
            "service": {**PLAIN, "externalPort": 80, "internalPort": 3000}, "ingress": OFF, "serviceAccount": {
                "create": True, "automountServiceAccountToken": False}, "resources": LARGE, "podSecurityContext": POD,
            "securityContext": CLOSED, "extraVolumes": SCRATCH, "extraVolumeMounts": TMP_MOUNT}, "reports"),
        reached("metabase", "reports", {"app": "metabase"}, 3000, "gateway")),
        "pmint93/helm-charts, charts/metabase/values.yaml; metabase.com/docs, environment-variables", ours(),
        charts=("metabase",)),
    Idiom("answers find texts in Chroma with a token of the bank's store, and only one app may ask", (
        password("chroma", "answers", "token"),
        mirrored("chromadb", "0.3.0", {
            "replicaCount": 1, "image": {"repository": f"{MIRROR}/chroma-core/chroma", "tag": f"0.6.3@{HASH}"},
            "initImage": f"{MIRROR}/library/httpd@{HASH}", "podSpec": {"securityContext": POD}, "securityContext":
            CLOSED, "podLabels": TAGS, "resources": LARGE, "service": PLAIN, "ingress": OFF, "autoscaling": OFF,
            "chromadb": {
                "apiVersion": "0.6.3", "allowReset": False, "isPersistent": True, "anonymizedTelemetry": False,
                "corsAllowOrigins": ["https://answers.bank.ae"], "dataVolumeSize": "50Gi", "dataVolumeStorageClass":
                "encrypted", "auth": {"enabled": True, "type": "token", "existingSecret": "chroma", "token": {
                    "headerType": "Authorization"}}}}, "answers"),
        reached("chroma", "answers", {"app.kubernetes.io/name": "chromadb"}, 8000, "assistants")),
        "amikos-tech/chromadb-chart, charts/chromadb-chart/values.yaml", ours(), charts=("chromadb",)),
    Idiom("lineage of data is kept by Marquez behind the gateway, with its database elsewhere", (
        password("marquez", "lineage", "marquez-db-password"),
        mirrored("marquez", "0.52.1", {
            "commonLabels": TAGS, "marquez": {
                "replicaCount": 2, "image": {"registry": MIRROR, "repository": "marquezproject/marquez", "tag":
                                             f"0.52.1@{HASH}", "pullPolicy": "IfNotPresent"},
                "existingSecretName": "marquez", "db": {
                    "host": "marquez-rw.lineage.svc.cluster.local", "port": 5432, "name": "marquez", "user": "marquez"},
                "migrateOnStartup": True, "hostname": "lineage.bank.ae", "resources": LARGE, "podSecurityContext": POD,
                "securityContext": CLOSED},
            "web": {"enabled": False}, "postgresql": OFF, "service": {**PLAIN, "port": 80}, "ingress": OFF}, "lineage"),
        reached("marquez", "lineage", {"app.kubernetes.io/name": "marquez"}, 5000, "airflow")),
        "MarquezProject/marquez, chart/values.yaml", ours(), charts=("marquez",)),
    Idiom("flows run in Kestra without Docker in pods, with files in the bank's bucket and a password", (
        password("kestra", "flows", "application-kestra.yml"),
        mirrored("kestra", "1.0.11", {
            "image": {"repository": f"{MIRROR}/kestra/kestra", "tag": f"v1.1.4@{HASH}", "pullPolicy": "IfNotPresent"},
            "configuration": KESTRA, "externalSecret": {"secretName": "kestra", "key": "application-kestra.yml"},
            "deployments": {"webserver": flow(2), "executor": flow(2), "scheduler": flow(1), "indexer": flow(1),
                            "worker": flow(3), "standalone": OFF},
            "dind": OFF, "minio": OFF, "postgresql": OFF, "kafka": OFF, "elasticsearch": OFF, "operator": OFF,
            "service": {**PLAIN, "port": 8080}, "ingress": OFF, "serviceAccountName": "kestra", "podSecurityContext":
            POD, "securityContext": CLOSED, "resources": LARGE, "extraVolumes": SCRATCH,
            "extraVolumeMounts": TMP_MOUNT}, "flows"),
        reached("kestra", "flows", {"app.kubernetes.io/name": "kestra"}, 8080, "gateway")),
        "kestra-io/helm-charts, charts/kestra/values.yaml; kestra.io/docs/configuration", {**ours(), "residency": {
            "known": {"bank.ae": "our own domain, in our data centre in Abu Dhabi",
                      "bank-flows": "our own bucket, in me-central-1"}}}, charts=("kestra",)),
    Idiom("switches of features are read from Flipt by the bank's sign-in, over TLS and without telemetry", (
        password("flipt", "flags", "client-secret", "db-url"),
        mirrored("flipt", "0.86.0", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/flipt/flipt", "tag": f"v1.59.2@{HASH}"}, "podLabels":
            TAGS, "serviceAccount": {"create": True}, "podSecurityContext": POD, "securityContext": CLOSED, "resources":
            SMALL, "service": {"enabled": True, **PLAIN, "labels": TAGS}, "ingress": OFF, "pdb": {
                "enabled": True, "maxUnavailable": 1}, "migration": {"enabled": True}, "persistence": OFF, "flipt": {
                    "extraEnvVars": [
                        secret_variable("FLIPT_DB_URL", "flipt", "db-url"),
                        secret_variable("FLIPT_AUTHENTICATION_METHODS_OIDC_PROVIDERS_BANK_CLIENT_SECRET", "flipt",
                                        "client-secret")],
                    "config": {"log": {"level": "INFO", "encoding": "json"}, "meta": {
                        "telemetry_enabled": False, "check_for_updates": False}, "server": {
                            "protocol": "https", "host": "0.0.0.0", "https_port": 8443, "cert_file":  # noqa: S104
                            "/tls/tls.crt", "cert_key": "/tls/tls.key"},
                        "authentication": {"required": True, "session": {
                            "domain": "flags.bank.ae", "secure": True, "csrf": {"secure": True}}, "methods": {
                                "kubernetes": {"enabled": True}, "oidc": {"enabled": True, "providers": {"bank": {
                                    "issuer_url": LOGIN, "client_id": "flipt", "redirect_address":
                                    "https://flags.bank.ae", "scopes": ["openid", "email"]}}}}}}},
            "metrics": {"serviceMonitor": {"enabled": True, "scheme": "https"}}, "extraVolumes": [
                {"name": "tls", "secret": {"secretName": "flipt-tls"}}], "extraVolumeMounts": [
                    {"name": "tls", "mountPath": "/tls", "readOnly": True}]}, "flags"),
        reached("flipt", "flags", {"app.kubernetes.io/name": "flipt"}, 8443, "apps")),
        "flipt-io/helm-charts, charts/flipt/values.yaml; docs.flipt.io/v1/configuration/overview", ours(),
        charts=("flipt",)),
    Idiom("pipelines of models are known to ZenML, with secrets in the account's store and no analytics", (
        password("zenml-db", "zenml", "password"),
        mirrored("zenml", "0.84.0", {
            "zenml": {
                "replicaCount": 2, "image": {"repository": f"{MIRROR}/zenmldocker/zenml-server", "tag":
                                             f"0.84.0@{HASH}", "pullPolicy": "IfNotPresent"},
                "debug": False, "analyticsOptIn": False, "deploymentType": "aws", "auth": {
                    "authType": "OAUTH2_PASSWORD_BEARER", "jwtTokenAlgorithm": "HS256", "jwtTokenExpireMinutes": 60,
                    "deviceExpirationMinutes": 480, "trustedDeviceExpirationMinutes": 480, "corsAllowOrigins": [
                        "https://zenml.bank.ae"], "dashboardURL": "https://zenml.bank.ae"},
                "enableImplicitAuthMethods": False, "database": {
                    "url": "mysql://zenml@mysql.zenml.svc.cluster.local:3306/zenml", "passwordSecretRef": {
                        "name": "zenml-db", "key": "password"}, "sslVerifyServerCert": True, "backupStrategy":
                    "database", "backupDatabase": "zenml_backup"},
                "secretsStore": {"enabled": True, "type": "aws", "aws": {
                    "authMethod": "implicit", "authConfig": {"region": R}}},
                "service": {**PLAIN, "port": 80}, "ingress": OFF},
            "serviceAccount": {**identity("zenml"), "name": "zenml"}, "podLabels": TAGS, "podSecurityContext": POD,
            "securityContext": CLOSED, "resources": LARGE, "autoscaling": OFF}, "zenml"),
        reached("zenml", "zenml", {"app.kubernetes.io/name": "zenml"}, 8080, "gateway")),
        "zenml-io/zenml, src/zenml/zen_server/deploy/helm/values.yaml", ours(), charts=("zenml",)),
    Idiom("events are counted in Pinot by users that it keeps itself, without balancers of its own", (
        mirrored("pinot", "0.3.5", {
            "image": {"repository": f"{MIRROR}/apachepinot/pinot", "tag": f"1.4.0@{HASH}", "pullPolicy":
                      "IfNotPresent"}, "cluster": {"name": "events"}, "serviceAccount": {"create": True},
            "pinotAuth": {
                "enabled": True, "controllerFactoryClass": STORES.format("controller", "api.access."),
                "brokerFactoryClass": STORES.format("broker", "broker.")},
            "controller": server(2, "20G", external=OFF, probes={"livenessEnabled": True, "readinessEnabled": True}),
            "broker": server(2, external=OFF), "server": server(3, "200G"), "minion": OFF, "minionStateless": {
                "enabled": True, "replicaCount": 1, "resources": SMALL, "podSecurityContext": POD, "securityContext":
                CLOSED},
            "zookeeper": {"enabled": False, "urlOverride": "zookeeper-client.events.svc.cluster.local:2181"}},
            "events"),
        reached("pinot", "events", {"app": "pinot", "component": "broker"}, 8099, "reports")),
        "apache/pinot, helm/pinot/values.yaml; docs.pinot.apache.org, ZkBasicAuthAccessControl", ours(),
        charts=("pinot",)),
    Idiom("nodes restart by night, one at a time and only if no alert fires, by an agent in its own namespace", (
        mirrored("kured", "5.10.0", {
            "image": {"repository": f"{MIRROR}/kubereboot/kured", "tag": f"1.20.0@{HASH}"}, "podLabels": TAGS,
            "resources": SMALL, "hostNetwork": False, "extraArgs": {"reboot-method": "signal"},
            "containerSecurityContext": {
                "privileged": False, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"], "add": ["CAP_KILL"]}}, "configuration": {
                    "startTime": "01:00", "endTime": "05:00", "timeZone": "Asia/Dubai", "rebootDays": [
                        "mo", "tu", "we", "th"], "period": "10m", "concurrency": 1, "forceReboot": False,
                    "drainTimeout": "30m", "lockTtl": 0, "annotateNodes": True, "logFormat": "json", "prometheusUrl":
                    "http://prometheus-operated.monitoring.svc.cluster.local:9090", "alertFiringOnly": True},
            "metrics": {"create": True}, "service": {"create": True, **PLAIN}}, "kured"),
        inside("monitoring.coreos.com/v1:PrometheusRule", "kured", {"groups": [{"name": "kured", "rules": [{
            "alert": "NodeWaitsForRestart", "expr": "max by (node) (kured_reboot_required) > 0", "for": "72h",
            "labels": {"severity": "warning"}, "annotations": {"summary": "A node has waited three days"}}]}]},
            "kured")),
        "kubereboot/charts, charts/kured/values.yaml; kubereboot/kured, kured-ds-signal.yaml", ours(
            kubernetes={"privileged_namespaces": {"kured": "restarts nodes; only the platform deploys there"}}),
        charts=("kured",), doubt="kured sees the processes of its node, and sends the first one the signal to restart"),
)  # fmt: skip
