"""Good idioms of clusters: charts for catalogues, labels, flags, flows and access (set 15, blind)."""

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, mirrored, ours

R = "me-central-1"
CERTS = f"{LOGIN}/protocol/openid-connect/certs"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("sets of data are described in OpenMetadata for staff who sign in, and nobody registers himself", (mirrored(
        "openmetadata", "1.10.5", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/openmetadata/server", "pullPolicy": "IfNotPresent"},
            "commonLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE,
            "automountServiceAccountToken": False, "networkPolicy": {"enabled": True}, "openmetadata": {"config": {
                "elasticsearch": {
                    "host": "records.bank.ae", "port": 9200, "scheme": "https", "searchType": "opensearch", "auth": {
                        "enabled": True, "username": "openmetadata", "password": {
                            "secretRef": "catalogue-search", "secretKey": "password"}}},
                "database": {
                    "host": "catalogue-rw.data.svc.cluster.local", "port": 5432, "driverClass": "org.postgresql.Driver",
                    "dbScheme": "postgresql", "databaseName": "catalogue", "dbParams": "sslmode=verify-full", "auth": {
                        "username": "catalogue", "password": {"secretRef": "catalogue-db", "secretKey": "password"}}},
                "pipelineServiceClientConfig": {"enabled": False}, "deployPipelinesConfig": {"enabled": False},
                "authorizer": {"initialAdmins": ["data-admin"], "principalDomain": "bank.ae", "enforcePrincipalDomain":
                               True, "allowedEmailRegistrationDomains": ["bank.ae"], "useRolesFromProvider": True},
                "authentication": {
                    "clientType": "confidential", "provider": "custom-oidc", "publicKeys": [CERTS], "authority": LOGIN,
                    "clientId": "catalogue", "callbackUrl": "https://catalogue.bank.ae/callback", "enableSelfSignup":
                    False, "oidcConfiguration": {
                        "enabled": True, "oidcType": "custom", "clientId": {
                            "secretRef": "catalogue-oidc", "secretKey": "id"},
                        "clientSecret": {"secretRef": "catalogue-oidc", "secretKey": "secret"}, "disablePkce": False,
                        "discoveryUri": f"{LOGIN}/.well-known/openid-configuration", "serverUrl":
                        "https://catalogue.bank.ae", "callbackUrl": "https://catalogue.bank.ae/callback"}},
                "fernetkey": {"value": "", "secretRef": "catalogue-fernet", "secretKey": "key"}, "web": {"hsts": {
                    "enabled": True}, "contentTypeOptions": {"enabled": True}, "frameOptions": {"enabled": True}}}}},
        "catalogue"),), "open-metadata/openmetadata-helm-charts, charts/openmetadata/values.yaml", ours(),
        charts=("openmetadata",)),
    Idiom("flags of programs are turned in Unleash of two pods, kept in PostgreSQL that shows a certificate", (mirrored(
        "unleash", "5.6.3", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/unleash/unleash-oidc", "tag": "7.3.2", "pullPolicy":
                                         "IfNotPresent"},
            "dbConfig": {"host": "flags-rw.data.svc.cluster.local", "port": 5432, "database": "flags", "user": "flags",
                         "useExistingSecret": {"name": "flags-db", "key": "password"}, "sslCaFile": "/tls/ca.crt",
                         "sslRejectUnauthorized": True},
            "env": [{"name": "CHECK_VERSION", "value": "false"}, {"name": "SEND_TELEMETRY", "value": "false"},
                    {"name": "AUTH_ENABLE_API_TOKEN", "value": "true"}],
            "existingSecrets": [secret_variable("OIDC_SECRET", "flags-oidc", "secret")], "podSecurityContext": POD,
            "securityContext": CLOSED, "resources": SMALL, "service": {"type": "ClusterIP"}, "ingress": {
                "enabled": False}, "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1},
            "podLabels": TAGS, "volumes": [{"name": "tls", "secret": {"secretName": "flags-ca"}}], "volumeMounts": [
                {"name": "tls", "mountPath": "/tls", "readOnly": True}]}, "flags"),),
        "Unleash/helm-charts, charts/unleash/values.yaml; docs.getunleash.io/reference/deploy", ours(),
        charts=("unleash",)),
    Idiom("documents are labelled in Label Studio by who was invited, and lie in the bank's bucket", (mirrored(
        "label-studio", "1.11.2", {
            "global": {
                "image": {"registry": MIRROR, "repository": "heartexlabs/label-studio", "tag": "1.21.0"}, "pgConfig": {
                    "host": "labels-rw.data.svc.cluster.local", "port": 5432, "dbName": "labels", "userName": "labels",
                    "password": {"secretName": "labels-db", "secretKey": "password"}, "ssl": {
                        "pgSslMode": "verify-full", "pgSslSecretName": "labels-db-tls", "pgSslRootCertSecretKey":
                        "ca.crt"}},
                "extraEnvironmentVars": {
                    "LABEL_STUDIO_HOST": "https://labels.bank.ae", "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
                    "COLLECT_ANALYTICS": "False", "SSRF_PROTECTION_ENABLED": "true", "SESSION_COOKIE_SECURE": "1",
                    "CSRF_COOKIE_SECURE": "1"},
                "extraEnvironmentSecrets": {"SECRET_KEY": {"secretName": "labels-key", "secretKey": "key"}},
                "persistence": {"enabled": True, "type": "s3", "config": {"s3": {
                    "region": R, "bucket": "bank-models", "folder": "labels", "urlExpirationSecs": "3600"}}}},
            "app": {"replicas": 2, "podLabels": TAGS, "resources": LARGE, "automountServiceAccountToken": False,
                    "serviceAccount": identity("labels"), "podSecurityContext": {"enabled": True, **POD},
                    "containerSecurityContext": {"enabled": True, **CLOSED}, "rbac": {"create": False}, "nginx": {
                        "resources": SMALL}, "ingress": {"enabled": False}, "pdb": {
                            "create": True, "maxUnavailable": 1}},
            "postgresql": {"enabled": False}, "redis": {"enabled": False}}, "labels"),),
        "HumanSignal/charts, heartex/label-studio/values.yaml; labelstud.io/guide/security", ours(),
        charts=("label-studio",)),
    Idiom("Goldilocks says what pods need, reads alone, and installs nothing else", (mirrored(
        "goldilocks", "10.1.0", {
            "image": {"repository": f"{MIRROR}/fairwinds/goldilocks", "tag": "v4.14.1", "pullPolicy": "IfNotPresent"},
            "vpa": {"enabled": False, "updater": {"enabled": False}}, "metrics-server": {"enabled": False},
            "uninstallVPA": False, "controller": {
                "enabled": True, "rbac": {"create": True, "enableArgoproj": False}, "resources": SMALL, "flags": {
                    "on-by-default": "false"}, "podSecurityContext": POD, "securityContext": CLOSED, "deployment": {
                        "additionalLabels": TAGS}},
            "dashboard": {"enabled": True, "replicaCount": 1, "rbac": {"create": True, "enableArgoproj": False},
                          "service": {"type": "ClusterIP"}, "ingress": {"enabled": False}, "resources": SMALL,
                          "podSecurityContext": POD, "securityContext": CLOSED, "deployment": {
                              "additionalLabels": TAGS}}}),),
        "FairwindsOps/charts, stable/goldilocks/values.yaml; goldilocks.docs.fairwinds.com", ours(),
        charts=("goldilocks",)),
    Idiom("tables of the lake are versioned by Nessie for tokens of the bank, with rules of who may merge", (mirrored(
        "nessie", "0.105.7", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/projectnessie/nessie"}, "versionStoreType": "JDBC2",
            "jdbc": {"jdbcUrl": "jdbc:postgresql://lake-rw.data.svc.cluster.local:5432/nessie?sslmode=verify-full",
                     "secret": {"name": "nessie-db", "username": "username", "password": "password"}},
            "catalog": {"enabled": True, "iceberg": {"defaultWarehouse": "lake", "warehouses": [
                {"name": "lake", "location": "s3://bank-models/lake/"}]}, "storage": {"s3": {"defaultOptions": {
                    "region": R, "authType": "APPLICATION_GLOBAL", "requestSigningEnabled": True}}}},
            "authentication": {"enabled": True, "oidcAuthServerUrl": LOGIN, "oidcClientId": "nessie"},
            "authorization": {"enabled": True, "rules": {
                "readers": "op in ['VIEW_REFERENCE', 'READ_ENTITY_VALUE', 'READ_ENTRIES'] && 'analysts' in roles",
                "writers": "op in ['COMMIT_CHANGE_AGAINST_REFERENCE'] && 'lake-writers' in roles && ref != 'main'"}},
            "podLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE,
            "serviceAccount": identity("nessie"), "service": {"type": "ClusterIP"}, "ingress": {"enabled": False},
            "serviceMonitor": {"enabled": True}, "tracing": {"enabled": False}}, "lake"),),
        "projectnessie/nessie, helm/nessie/values.yaml; projectnessie.org/nessie-latest/authorization", ours(),
        charts=("nessie",)),
    Idiom("administrators reach databases by the bank's Teleport, whose agent joins by its own token", (mirrored(
        "teleport-kube-agent", "18.4.0", {
            "roles": "db", "proxyAddr": "access.bank.ae:443", "enterprise": True, "joinParams": {
                "method": "kubernetes", "tokenName": "databases-agent"},
            "databases": [{
                "name": "accounts", "uri": "accounts-rw.data.svc.cluster.local:5432", "protocol": "postgres", "tls": {
                    "mode": "verify-full", "ca_cert_file": "/etc/teleport-tls-db/accounts/ca.pem"},
                "static_labels": {"team": "accounts"}}],
            "enterpriseImage": f"{MIRROR}/teleport/teleport-ent-distroless", "rbac": {"create": True}, "updater": {
                "enabled": False}, "highAvailability": {"replicaCount": 2, "podDisruptionBudget": {
                    "enabled": True, "minAvailable": 1}},
            "extraLabels": {"pod": TAGS}, "resources": SMALL, "securityContext": CLOSED, "podSecurityContext": POD,
            "insecureSkipProxyTLSVerify": False, "extraVolumes": [
                {"name": "accounts-ca", "secret": {"secretName": "accounts-ca"}}],
            "extraVolumeMounts": [{"name": "accounts-ca", "mountPath": "/etc/teleport-tls-db/accounts", "readOnly":
                                   True}]}, "access"),),
        "gravitational/teleport, examples/chart/teleport-kube-agent/values.yaml", ours(),
        charts=("teleport-kube-agent",)),
    Idiom("flows of trainings are run by Flyte for staff who sign in, with records and files of the bank", (mirrored(
        "flyte-binary", "1.16.3", {
            "commonLabels": TAGS, "configuration": {
                "database": {"host": "flyte-rw.data.svc.cluster.local", "port": 5432, "dbname": "flyte", "username":
                             "flyte", "passwordPath": "/db/password", "options": "sslmode=verify-full"},
                "storage": {"metadataContainer": "bank-models", "userDataContainer": "bank-models", "provider": "s3",
                            "providerConfig": {"s3": {"region": R, "disableSSL": False, "v2Signing": False,
                                                      "authType": "iam"}}},
                "auth": {"enabled": True, "enableAuthServer": False, "oidc": {"baseUrl": LOGIN, "clientId": "flyte"},
                         "flyteClient": {"clientId": "flytectl", "redirectUri": "http://localhost:53593/callback",
                                         "scopes": ["all"]},
                         "authorizedUris": ["https://flyte.bank.ae"], "clientSecretsExternalSecretRef": "flyte-oidc"},
                "co-pilot": {"image": {"repository": f"{MIRROR}/flyteorg/flytecopilot", "tag": "v1.16.3"}}},
            "deployment": {
                "image": {"repository": f"{MIRROR}/flyteorg/flyte-binary", "tag": "v1.16.3"}, "waitForDB": {"image": {
                    "repository": f"{MIRROR}/postgres", "tag": "17-alpine"}},
                "podSecurityContext": {"enabled": True, **POD}, "resources": LARGE, "podLabels": TAGS,
                "extraVolumes": [{"name": "db", "secret": {"secretName": "flyte-db"}}], "extraVolumeMounts": [
                    {"name": "db", "mountPath": "/db", "readOnly": True}]},
            "service": {"type": "ClusterIP"}, "ingress": {"create": False}, "serviceAccount": identity("flyte"),
            "flyteagent": {"enabled": False}}, "flyte"),),
        "flyteorg/flyte, charts/flyte-binary/values.yaml", ours(), charts=("flyte-binary",),
        doubt="the chart gives the program rights to objects of projects in every namespace"),
)  # fmt: skip
