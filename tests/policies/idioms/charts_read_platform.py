"""Good releases of charts whose values were read key by key, as their documentation recommends for production."""

import json

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, mirrored, ours

TLS = [{"secretName": "app-tls", "hosts": ["app.apps.bank.ae"]}]
"""Certificate of an ingress."""
DATABASE = "mlflow-db-rw.data.svc.cluster.local"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Jenkins builds in pods, and staff sign in by the bank's own issuer", (mirrored("jenkins", "5.8.90", {
        "controller": {
            "image": {"registry": MIRROR, "repository": "jenkins/jenkins", "tag": "2.516.3-lts-jdk21"},
            "admin": {"createSecret": False, "existingSecret": "jenkins-admin"}, "numExecutors": 0,
            "serviceType": "ClusterIP", "agentListenerServiceType": "ClusterIP", "resources": LARGE,
            "containerSecurityContext": {**CLOSED, "runAsUser": 1000}, "podLabels": TAGS,
            "csrf": {"defaultCrumbIssuer": {"enabled": True, "proxyCompatability": True}},
            "installPlugins": ["kubernetes:4540.v612369217f87", "workflow-aggregator:608.v67378e9d3db_1",
                               "git:5.10.1", "configuration-as-code:2115.vf6de120eef70", "oic-auth:4.494.v6f6e6"],
            "additionalExistingSecrets": [{"name": "jenkins-oidc", "keyName": "client-secret"}],
            "JCasC": {"defaultConfig": True, "overwriteConfiguration": True, "securityRealm": (
                "oic:\n  clientId: jenkins\n  clientSecret: ${jenkins-oidc-client-secret}\n  serverConfiguration:\n"
                f"    wellKnown:\n      wellKnownOpenIDConfigurationUrl: {LOGIN}/.well-known/openid-configuration\n"),
                "authorizationStrategy": (
                    "globalMatrix:\n  entries:\n  - group:\n      name: ci-admins\n      permissions:\n"
                    "      - Overall/Administer\n  - group:\n      name: authenticated\n      permissions:\n"
                    "      - Overall/Read\n")},
            "ingress": {"enabled": True, "ingressClassName": "inner", "hostName": "app.apps.bank.ae", "tls": TLS}},
        "agent": {"image": {"registry": MIRROR, "repository": "jenkins/inbound-agent", "tag": "3385.v1"},
                  "privileged": False, "restrictedPssSecurityContext": True, "namespace": "builds"},
        "persistence": {"enabled": True, "size": "50Gi", "storageClass": "encrypted"},
        "networkPolicy": {"enabled": True}, "rbac": {"create": True, "readSecrets": False}}),),
        "jenkins.io/doc/book/security and github.com/jenkinsci/helm-charts, charts/jenkins", ours()),
    Idiom("Consul runs with its tokens, TLS and a key of gossip", (mirrored("consul", "1.8.4", {
        "global": {
            "name": "consul", "datacenter": "dc1", "image": f"{MIRROR}/hashicorp/consul:1.21.5",
            "imageK8S": f"{MIRROR}/hashicorp/consul-k8s-control-plane:1.8.4",
            "imageConsulDataplane": f"{MIRROR}/hashicorp/consul-dataplane:1.8.2",
            "tls": {"enabled": True, "enableAutoEncrypt": True, "httpsOnly": True, "verify": True},
            "acls": {"manageSystemACLs": True}, "gossipEncryption": {"autoGenerate": True},
            "metrics": {"enabled": True, "enableAgentMetrics": True}, "extraLabels": TAGS},
        "server": {"replicas": 3, "storage": "20Gi", "storageClass": "encrypted", "resources": SMALL,
                   "exposeService": {"enabled": False}, "extraConfig": json.dumps({"log_level": "INFO"})},
        "client": {"enabled": False}, "ui": {"enabled": True, "service": {"type": "ClusterIP"}},
        "connectInject": {"enabled": True, "default": False, "failurePolicy": "Fail", "transparentProxy": {
            "defaultEnabled": True}, "apiGateway": {"managedGatewayClass": {"serviceType": "ClusterIP"}}}}),),
        "developer.hashicorp.com/consul/docs/deploy/server/k8s/helm, secure configuration", ours()),
    Idiom("staff look at Kafka by a page with their own sign-in and roles", (mirrored("kafka-ui", "1.5.3", {
        "image": {"registry": MIRROR, "repository": "kafbat/kafka-ui", "tag": "v1.3.0"}, "podLabels": TAGS,
        "yamlApplicationConfig": {
            "auth": {"type": "OAUTH2", "oauth2": {"client": {"bank": {
                "clientId": "kafka-ui", "clientSecret": "${OAUTH_SECRET}", "scope": "openid", "provider": "bank",
                "issuer-uri": LOGIN, "custom-params": {"type": "oauth", "roles-field": "groups"}}}}},
            "rbac": {"roles": [{"name": "readers", "clusters": ["dc1"], "subjects": [
                {"provider": "oauth", "type": "role", "value": "kafka-readers"}], "permissions": [
                {"resource": "topic", "value": "payments.*", "actions": ["view", "messages_read"]}]}]},
            "kafka": {"clusters": [{
                "name": "dc1", "bootstrapServers": "kafka-kafka-bootstrap.data.svc:9093", "readOnly": True,
                "ssl": {"truststoreLocation": "/tls/truststore.p12", "truststorePassword": "${TRUSTSTORE}"},
                "properties": {"security.protocol": "SSL", "ssl.keystore.location": "/tls/keystore.p12"}}]}},
        "existingSecret": "kafka-ui", "service": {"type": "ClusterIP"}, "resources": SMALL,
        "ingress": {"enabled": True, "ingressClassName": "inner", "host": "app.apps.bank.ae",
                    "tls": {"enabled": True, "secretName": "app-tls"}},
        "podSecurityContext": POD, "securityContext": CLOSED}),), "ui.docs.kafbat.io, OAuth2 and RBAC", ours()),
    Idiom("users of JupyterHub start clusters of Dask by its tokens", (mirrored("dask-gateway", "2026.3.0", {
        "gateway": {
            "replicas": 2, "prefix": "/services/dask-gateway", "resources": SMALL,
            "image": {"name": f"{MIRROR}/dask/dask-gateway-server", "tag": "2026.3.0"},
            "auth": {"type": "jupyterhub", "jupyterhub": {
                "apiTokenFromSecretName": "hub", "apiTokenFromSecretKey": "hub.services.dask-gateway.apiToken",
                "apiUrl": "http://hub.notebooks.svc.cluster.local:8081/hub/api", "jupyterhubServiceName": "dask"}},
            "extraConfig": {"limits": "c.ClusterConfig.cluster_max_workers = 20\nc.ClusterConfig.idle_timeout = 9\n"},
            "backend": {"image": {"name": f"{MIRROR}/dask/dask-gateway", "tag": "2026.3.0"}, "namespace": "dask",
                        "worker": {"extraPodConfig": {"automountServiceAccountToken": False}}}},
        "controller": {"image": {"name": f"{MIRROR}/dask/dask-gateway-server", "tag": "2026.3.0"}},
        "traefik": {"dashboard": False, "service": {"type": "ClusterIP"}, "image": {
            "name": f"{MIRROR}/library/traefik", "tag": "3.3.5"}}}),),
        "gateway.dask.org/install-kube, authenticating with JupyterHub", ours()),
    Idiom("settings of platforms are kept by etcd with certificates and roles", (mirrored("etcd", "12.0.18", {
        "global": {"imageRegistry": MIRROR, "security": {"allowInsecureImages": True}}, "replicaCount": 3,
        "commonLabels": TAGS, "auth": {
            "rbac": {"create": True, "allowNoneAuthentication": False, "existingSecret": "etcd"},
            "token": {"enabled": True, "type": "jwt", "privateKey": {"existingSecret": "etcd-jwt"}},
            "client": {"secureTransport": True, "enableAuthentication": True, "existingSecret": "etcd-client"},
            "peer": {"secureTransport": True, "enableAuthentication": True, "existingSecret": "etcd-peer"}},
        "persistence": {"enabled": True, "size": "20Gi", "storageClass": "encrypted"}, "resources": SMALL,
        "networkPolicy": {"enabled": True, "allowExternal": False}, "pdb": {"create": True, "maxUnavailable": 1},
        "disasterRecovery": {"enabled": True, "pvc": {"size": "20Gi", "storageClassName": "files"}},
        "metrics": {"enabled": True, "podMonitor": {"enabled": True}}}, "data"),),
        "github.com/bitnami/charts, bitnami/etcd, README", ours()),
    Idiom("analysts make dashboards in Superset with the bank's sign-in", (mirrored("superset", "0.15.1", {
        "image": {"repository": f"{MIRROR}/platform/superset", "tag": "5.0.0"}, "runAsUser": 1000,
        "initImage": {"repository": f"{MIRROR}/platform/dockerize", "tag": "0.9.3"}, "extraLabels": TAGS,
        "secretEnv": {"create": False}, "envFromSecret": "superset-env", "init": {
            "createAdmin": False, "loadExamples": False}, "postgresql": {"enabled": False},
        "redis": {"enabled": False}, "supersetNode": {"connections": {
            "db_host": DATABASE, "db_user": "superset", "db_name": "superset", "redis_host": "valkey.data.svc",
            "redis_ssl": {"enabled": True, "ssl_cert_reqs": "CERT_REQUIRED"}}, "resources": LARGE,
            "replicas": {"replicaCount": 2}, "containerSecurityContext": CLOSED},
        "configOverrides": {"login": (
            "from flask_appbuilder.security.manager import AUTH_OAUTH\nAUTH_TYPE = AUTH_OAUTH\n"
            "AUTH_USER_REGISTRATION = True\nAUTH_USER_REGISTRATION_ROLE = 'Gamma'\nAUTH_ROLES_SYNC_AT_LOGIN = True\n"
            "AUTH_ROLES_MAPPING = {'bi-admins': ['Admin'], 'analysts': ['Alpha']}\n"
            "OAUTH_PROVIDERS = [{'name': 'bank', 'token_key': 'access_token', 'remote_app': {\n"
            "    'client_id': os.environ['CLIENT_ID'], 'client_secret': os.environ['CLIENT_SECRET'],\n"
            f"    'server_metadata_url': '{LOGIN}/.well-known/openid-configuration'}}}}]\n"), "pages": (
            "SESSION_COOKIE_SECURE = True\nSESSION_COOKIE_SAMESITE = 'Lax'\nTALISMAN_ENABLED = True\n"
            "WTF_CSRF_ENABLED = True\nPREVENT_UNSAFE_DB_CONNECTIONS = True\n")},
        "ingress": {"enabled": True, "ingressClassName": "inner", "hosts": ["app.apps.bank.ae"], "tls": TLS}}),),
        "superset.apache.org/docs/security and github.com/apache/superset, helm/superset", ours()),
    Idiom("code is reviewed by SonarQube with its rows in PostgreSQL", (mirrored("sonarqube", "2026.4.0", {
        "community": {"enabled": True}, "image": {"repository": f"{MIRROR}/library/sonarqube", "tag": "26.7.0"},
        "initSysctl": {"enabled": False}, "setAdminPassword": {"passwordSecretName": "sonarqube-admin"},
        "monitoringPasscodeSecretName": "sonarqube", "monitoringPasscodeSecretKey": "passcode",
        "jdbcOverwrite": {"enabled": True, "jdbcUsername": "sonarqube", "jdbcSecretName": "sonarqube-db",
                          "jdbcSecretPasswordKey": "password",
                          "jdbcUrl": f"jdbc:postgresql://{DATABASE}:5432/sonarqube?sslmode=verify-full"},
        "sonarProperties": {"sonar.telemetry.enable": "false", "sonar.forceAuthentication": "true"},
        "persistence": {"enabled": True, "size": "20Gi", "storageClass": "encrypted"}, "resources": LARGE,
        "ingress": {"enabled": True, "ingressClassName": "inner", "hosts": [{"name": "app.apps.bank.ae"}],
                    "tls": TLS}, "podLabels": TAGS, "networkPolicy": {"enabled": True}}),),
        "docs.sonarsource.com/sonarqube-server, setup on Kubernetes", ours()),
)  # fmt: skip
