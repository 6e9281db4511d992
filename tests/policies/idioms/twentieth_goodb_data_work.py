"""Good idioms of on-premises clusters: charts of vectors, boards, queries, batches and builds (set 20, blind)."""

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .sixteenth_stores import password, reached
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import HARD, apart, approved, certificate, namespace, web

IDIOMS = approved(
    Idiom("vectors lie in Qdrant of three peers on sealed disks, with keys, TLS and read-only callers", (
        *namespace("qdrant"), certificate("qdrant", "qdrant", "*.qdrant-headless"), password("qdrant", "qdrant",
            "api-key", "read-only-api-key"),
        mirrored("qdrant", "1.15.5", {
            "replicaCount": 3, "image": {"repository": f"{MIRROR}/qdrant/qdrant", "tag": "v1.15.5",
                                         "useUnprivilegedImage": True}, "podLabels": TAGS, "additionalLabels": TAGS,
            "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "api-key"}}}, "readOnlyApiKey": {
                "valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "read-only-api-key"}}},
            "config": {"cluster": {"enabled": True, "p2p": {"port": 6335, "enable_tls": True}, "consensus": {
                "tick_period_ms": 100}}, "service": {"enable_tls": True, "jwt_rbac": True, "enable_static_content":
                                                     False}, "tls": {
                "cert": "./tls/tls.crt", "key": "./tls/tls.key", "ca_cert": "./tls/ca.crt", "verify_https_client_"
                "certificate": False}, "telemetry_disabled": True, "log_level": "INFO", "storage": {
                    "on_disk_payload": True}}, "persistence": {
                        "size": "100Gi", "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"]},
            "snapshotPersistence": {"enabled": True, "size": "100Gi", "storageClassName": "encrypted"},
            "additionalVolumes": [{"name": "tls", "secret": {"secretName": "qdrant-tls", "defaultMode": 288}}],
            "additionalVolumeMounts": [{"name": "tls", "mountPath": "/qdrant/tls", "readOnly": True}], "resources":
            LARGE, "podSecurityContext": {**POD, "fsGroupChangePolicy": "OnRootMismatch"}, "containerSecurityContext":
            CLOSED, "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "topologySpreadConstraints": apart(
                "qdrant"), "metrics": {"serviceMonitor": {"enabled": True, "scheme": "https"}},
                    "updateVolumeFsOwnership":
            False, "ingress": {"enabled": False}}),
        reached("qdrant", "qdrant", {"app.kubernetes.io/name": "qdrant"}, 6333, "assistants")),
        "qdrant/qdrant-helm, charts/qdrant/values.yaml; qdrant.tech/documentation/guides/security, as known", ours()),
    Idiom("analysts look at boards of Superset after the bank's sign-in, with workers and its own cache", (
        *namespace("superset"), password("superset-env", "superset", "SUPERSET_SECRET_KEY", "DB_PASS", "REDIS_PASSWORD",
            "OIDC_SECRET"),
        mirrored("superset", "0.15.1", {
            "image": {"repository": f"{MIRROR}/apache/superset", "tag": "5.0.0"}, "envFromSecret": "superset-env",
            "extraLabels": TAGS, "runAsUser": 1000, "secretEnv": {"create": False}, "init": {
                "enabled": True, "createAdmin": False, "loadExamples": False, "resources": SMALL},
            "supersetNode": {"replicas": {"enabled": True, "replicaCount": 2}, "resources": LARGE, "podLabels": TAGS,
                             "podSecurityContext": POD, "containerSecurityContext": CLOSED, "connections": {
                                 "db_host": "db.bank.ae", "db_port": "5432", "db_user": "superset", "db_name":
                                 "superset", "redis_host": "cache.superset.svc", "redis_port": "6380", "redis_ssl": {
                                     "enabled": True, "ssl_cert_reqs": "CERT_REQUIRED"}},
                             "podDisruptionBudget": {"enabled": True, "minAvailable": 1}},
            "supersetWorker": {"replicas": {"enabled": True, "replicaCount": 2}, "resources": LARGE, "podLabels": TAGS,
                               "containerSecurityContext": CLOSED}, "supersetCeleryBeat": {
                                   "enabled": True, "resources": SMALL}, "supersetCeleryFlower": {"enabled": False},
            "supersetWebsockets": {"enabled": False}, "postgresql": {"enabled": False}, "redis": {"enabled": False},
            "configOverrides": {
                "auth": "from flask_appbuilder.security.manager import AUTH_OAUTH\nimport os\nAUTH_TYPE = AUTH_OAUTH\n"
                        "AUTH_USER_REGISTRATION = True\nAUTH_USER_REGISTRATION_ROLE = 'Gamma'\n"
                        "AUTH_ROLES_SYNC_AT_LOGIN = True\nOAUTH_PROVIDERS = [{'name': 'bank', 'token_key': "
                        "'access_token', 'remote_app': {'client_id': 'superset', 'client_secret': os.environ["
                        "'OIDC_SECRET'], 'server_metadata_url': 'https://login.bank.ae/realms/staff/.well-known/openid-"
                        "configuration', 'client_kwargs': {'scope': 'openid profile email groups'}}}]\n",
                "limits": "SESSION_COOKIE_SECURE = True\nSESSION_COOKIE_HTTPONLY = True\nSESSION_COOKIE_SAMESITE = "
                          "'Lax'\nTALISMAN_ENABLED = True\nWTF_CSRF_ENABLED = True\nROW_LIMIT = 5000\n"
                          "SQL_MAX_ROW = 100000\nENABLE_PROXY_FIX = True\nPREVENT_UNSAFE_DB_CONNECTIONS = True\n"},
            "service": {"type": "ClusterIP"}, "ingress": {"enabled": False}, "serviceAccount": {"create": True}}),
        web("superset", "superset", "boards.bank.ae", 8088)),
        "apache/superset, helm/superset/values.yaml; superset.apache.org/docs/security, as known on 2026-11-30",
        ours()),
    Idiom("Trino of the lake asks for the bank's tokens, speaks TLS inside and spills to sealed disks", (
        *namespace("trino"), certificate("trino", "trino", "lake.bank.ae"), password("trino-env", "trino",
            "SHARED_SECRET", "OIDC_SECRET", "S3_KEY", "S3_SECRET", "KEYSTORE_PASSWORD"),
        mirrored("trino", "1.41.0", {
            "image": {"registry": MIRROR, "repository": "trinodb/trino", "tag": "478"}, "commonLabels": TAGS,
                "server": {
                "workers": 4, "node": {"environment": "production", "dataDir": "/data/trino"}, "log": {"trino": {
                    "level": "INFO"}}, "config": {"https": {"enabled": True, "port": 8443, "keystore": {
                        "path": "/tls/tls.pem"}}, "authenticationType": "OAUTH2", "query": {"maxMemory": "40GB"}},
                "coordinatorExtraConfig":
                "http-server.authentication.oauth2.issuer=https://login.bank.ae/realms/staff\n"
                "http-server.authentication.oauth2.client-id=trino\n"
                "http-server.authentication.oauth2.client-secret=${ENV:OIDC_SECRET}\n"
                "http-server.process-forwarded=true\nweb-ui.enabled=true\n", "autoscaling": {"enabled": False}},
            "additionalConfigProperties": [
                "internal-communication.shared-secret=${ENV:SHARED_SECRET}",
                    "internal-communication.https.required=true",
                "http-server.http.enabled=false", "node.internal-address-source=FQDN",
                "spill-enabled=true", "spiller-spill-path=/spill", "spill-encryption-enabled=true"],
            "accessControl": {"type": "configmap", "refreshPeriod": "60s", "configFile": "rules.json", "rules": {
                "rules.json": "{\"catalogs\": [{\"group\": \"analysts\", \"catalog\": \"lake\", \"allow\": "
                              "\"read-only\"}], \"schemas\": [{\"owner\": false}], \"system_information\": []}"}},
            "catalogs": {"lake": "connector.name=iceberg\niceberg.catalog.type=rest\n"
                                 "iceberg.rest-catalog.uri=https://catalog.bank.ae/iceberg\n"
                                 "iceberg.rest-catalog.security=OAUTH2\nfs.native-s3.enabled=true\n"
                                 "s3.endpoint=https://objects.bank.ae\ns3.region=me-central-1\n"
                                 "s3.path-style-access=true\ns3.aws-access-key=${ENV:S3_KEY}\n"
                                 "s3.aws-secret-key=${ENV:S3_SECRET}\n"},
            "envFrom": [{"secretRef": {"name": "trino-env"}}], "secretMounts": [
                {"name": "tls", "secretName": "trino-tls", "path": "/tls"}], "securityContext": POD,
            "containerSecurityContext": HARD, "coordinator": {"resources": LARGE, "jvm": {"maxHeapSize": "3G"}},
            "worker": {"resources": LARGE, "jvm": {"maxHeapSize": "3G"}, "gracefulShutdown": {"enabled": True},
                       "terminationGracePeriodSeconds": 300}, "serviceAccount": {"create": True}, "networkPolicy": {
                           "enabled": True}, "jmx": {"enabled": False}, "service": {"type": "ClusterIP", "port": 8443},
            "ingress": {"enabled": False}}),
        reached("trino", "trino", {"app.kubernetes.io/name": "trino"}, 8443, "gateway")),
        "trinodb/charts, charts/trino; trino.io/docs/current/security/internal-communication, as known", ours()),
    Idiom("jobs of batch run in Argo Workflows of one namespace after sign-in, with records in a bucket", (
        *namespace("argo"), password("argo-sso", "argo", "client-id", "client-secret"),
        mirrored("argo-workflows", "0.45.27", {
            "images": {"pullPolicy": "IfNotPresent"}, "singleNamespace": False, "createAggregateRoles": False, "crds": {
                "install": True, "keep": True}, "commonLabels": TAGS, "workflow": {"serviceAccount": {"create": False},
                                                                                "rbac": {"create": True}},
            "controller": {
                "image": {"registry": MIRROR, "repository": "argoproj/workflow-controller", "tag": "v3.7.3"},
                "replicas": 2, "pdb": {"enabled": True, "minAvailable": 1}, "resources": SMALL, "podLabels": TAGS,
                "workflowNamespaces": ["batch"], "instanceID": {"enabled": False}, "parallelism": 50,
                "namespaceParallelism": 20, "securityContext": CLOSED, "podSecurityContext": POD, "metricsConfig": {
                    "enabled": True, "secure": True}, "serviceMonitor": {"enabled": True},
                "workflowRestrictions": {"templateReferencing": "Strict"}, "workflowDefaults": {"spec": {
                    "activeDeadlineSeconds": 14400, "ttlStrategy": {"secondsAfterCompletion": 86400}, "podGC": {
                        "strategy": "OnPodSuccess"}, "serviceAccountName": "batch", "securityContext": POD,
                    "podMetadata": {"labels": TAGS}, "archiveLogs": True}}},
            "executor": {"image": {"registry": MIRROR, "repository": "argoproj/argoexec", "tag": "v3.7.3"}, "resources":
                         SMALL, "securityContext": CLOSED},
            "server": {"enabled": True, "replicas": 2, "secure": True, "authModes": ["sso"], "image": {
                "registry": MIRROR, "repository": "argoproj/argocli", "tag": "v3.7.3"}, "resources": SMALL,
                "sso": {"enabled": True, "issuer": LOGIN, "clientId": {"name": "argo-sso", "key": "client-id"},
                        "clientSecret": {"name": "argo-sso", "key": "client-secret"}, "redirectUrl":
                        "https://batch.bank.ae/oauth2/callback", "rbac": {"enabled": True}, "scopes": ["groups"],
                        "sessionExpiry": "8h"}, "securityContext": CLOSED, "podSecurityContext": POD, "ingress": {
                            "enabled": False}, "clusterWorkflowTemplates": {"enableEditing": False}, "pdb": {
                                "enabled": True, "minAvailable": 1}},
            "artifactRepository": {"archiveLogs": True, "s3": {
                "bucket": "bank-models", "endpoint": "objects.bank.ae", "region": "me-central-1", "insecure": False,
                "accessKeySecret": {"name": "argo-s3", "key": "key"}, "secretKeySecret": {"name": "argo-s3", "key":
                                                                                         "secret"},
                "encryptionOptions": {"enableEncryption": True}}}}, "argo"),
        web("argo-workflows-server", "argo", "batch.bank.ae", 2746)),
        "argoproj/argo-helm, charts/argo-workflows; argo-workflows.readthedocs.io/en/latest/security, as known",
            ours()),
    Idiom("builds run in Jenkins, whose settings are code, and whose agents are closed pods of its own", (
        *namespace("jenkins"), password("jenkins-admin", "jenkins", "jenkins-admin-user", "jenkins-admin-password"),
        mirrored("jenkins", "5.8.104", {
            "controller": {
                "image": {"registry": MIRROR, "repository": "jenkins/jenkins", "tag": "2.528.1-jdk21"},
                "installPlugins": False, "initializeOnce": False, "numExecutors": 0, "executorMode": "EXCLUSIVE",
                "admin": {"createSecret": False, "existingSecret": "jenkins-admin", "userKey": "jenkins-admin-user",
                          "passwordKey": "jenkins-admin-password"}, "jenkinsUrl": "https://builds.bank.ae",
                "podLabels": TAGS, "statefulSetLabels": TAGS, "resources": LARGE, "javaOpts":
                "-XX:MaxRAMPercentage=75 -Djenkins.install.runSetupWizard=false", "csrf": {"defaultCrumbIssuer": {
                    "enabled": True, "proxyCompatability": True}}, "disableRememberMe": True, "markupFormatter":
                "plainText", "agentListenerEnabled": True, "disabledAgentProtocols": ["JNLP-connect", "JNLP2-connect"],
                "containerSecurityContext": CLOSED, "podSecurityContextOverride": POD, "serviceType": "ClusterIP",
                "JCasC": {"defaultConfig": True, "overwriteConfiguration": True, "securityRealm":
                          "oic:\n  clientId: jenkins\n  clientSecret: ${oidc-secret}\n  serverConfiguration:\n"
                          "    wellKnown:\n      wellKnownOpenIDConfigurationUrl: https://login.bank.ae/realms/staff/"
                          ".well-known/openid-configuration\n  userNameField: preferred_username\n"
                          "  groupsFieldName: groups\n", "authorizationStrategy":
                          "roleBased:\n  roles:\n    global:\n      - name: admins\n        permissions: "
                          "[Overall/Administer]\n        entries:\n          - group: platform\n      - name: readers\n"
                          "        permissions: [Overall/Read, Job/Read]\n        entries:\n          - group: devs\n"},
                "existingSecret": "jenkins-admin", "prometheus": {"enabled": True}, "ingress": {"enabled": False},
                "scriptApproval": [], "sidecars": {"configAutoReload": {"enabled": True, "resources": SMALL}}},
            "agent": {"enabled": True, "namespace": "builds", "image": {
                "registry": MIRROR, "repository": "jenkins/inbound-agent", "tag": "3341.v0766d82b_dec0-1"},
                "privileged": False, "runAsUser": 1000, "runAsGroup": 1000, "containerCap": 10, "podRetention": "Never",
                "idleMinutes": 0, "resources": SMALL, "websocket": True, "alwaysPullImage": True,
                "hostNetworking": False, "serviceAccount": "builder", "labels": TAGS},
            "persistence": {"enabled": True, "storageClass": "encrypted", "size": "50Gi", "labels": TAGS},
            "networkPolicy": {"enabled": True, "internalAgents": {"allowed": True}}, "rbac": {
                "create": True, "readSecrets": False}, "serviceAccount": {"create": True}, "serviceAccountAgent": {
                    "create": True}, "backup": {"enabled": False}, "checkDeprecation": True}),
        inside("core/v1:PersistentVolumeClaim", "cache", {
            "accessModes": ["ReadWriteMany"], "storageClassName": "encrypted", "resources": {"requests": {"storage":
                                                                                                      "50Gi"}}},
            "builds")),
        "jenkinsci/helm-charts, charts/jenkins/VALUES.md; jenkins.io/doc/book/security, as known on 2026-11-30",
            ours()),
)  # fmt: skip
