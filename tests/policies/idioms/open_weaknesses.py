"""Good idioms close to what `attacks/open_weaknesses.py` has, of 2026-12-01.

Shapes of opensearch-project/documentation-website cf95a341 _install-and-configure/install-opensearch/operator/
operator-dashboards-config.md, _security/authentication-backends/openid-connect.md and saml.md, and elastic/
docs-content, "Host a knowledge base artifact repo for AI assistants", read on that day; the others as known.
"""

from ..blind import KEY, ME, TAGS, aws, document, k8s, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .eleventh_charts import inside
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .listed_operators import CLAIM, OPEN, SIZE
from .ninth_aws import GROUPS, SUBNETS
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import logs, trusted
from .twelfth_charts import ours
from .twentieth_goodb_charts import merged

SIGN_IN = "https://login.sso.svc.cluster.local:8443/realms/bank/.well-known/openid-configuration"

IDIOMS = (
    Idiom("pages of OpenSearch take sign-ins of the bank, keep their secret in a Secret and end sessions after a day", (
        inside(f"{OPEN}:OpenSearchCluster", "logs", {
            "general": {"version": "3.3.1", "serviceName": "logs", "image": f"registry.bank.ae/opensearch{DIGEST}"},
            "nodePools": [{
                "component": "data", "replicas": 3, "diskSize": "100Gi", "roles": ["cluster_manager", "data"],
                "resources": SIZE, "labels": TAGS,
                "persistence": {"pvc": {"storageClass": "encrypted", "accessModes": ["ReadWriteOnce"]}}}],
            "dashboards": {
                "enable": True, "version": "3.3.0", "replicas": 2, "resources": SIZE, "labels": TAGS,
                "image": f"registry.bank.ae/opensearch-dashboards{DIGEST}", "tls": {"enable": True, "generate": True},
                "env": [{"name": "OPENID_CLIENT_SECRET", "valueFrom": {"secretKeyRef": {
                    "name": "dashboards-sign-in", "key": "client-secret"}}}],
                "additionalConfig": {
                    "opensearch_security.auth.type": '["openid", "saml"]', "server.name": "logs",
                    "opensearch_security.auth.multiple_auth_enabled": "true",
                    "opensearch_security.openid.connect_url": SIGN_IN,
                    "opensearch_security.openid.client_id": "dashboards",
                    "opensearch_security.openid.client_secret": "${OPENID_CLIENT_SECRET}",
                    "opensearch_security.openid.scope": "openid profile",
                    "opensearch_security.openid.verify_hostnames": "true",
                    "opensearch_security.openid.trust_dynamic_headers": "false",
                    "opensearch_security.cookie.secure": "true", "opensearch_security.session.ttl": "28800000",
                    "opensearch_security.cookie.ttl": "86400000", "opensearch_security.session.keepalive": "true",
                    "opensearch_security.multitenancy.enabled": "true",
                    "opensearch_security.multitenancy.tenants.preferred": '["Private", "Global"]',
                    "opensearch_security.readonly_mode.roles": '["kibana_read_only"]',
                    "opensearch.requestHeadersAllowlist": '["securitytenant", "Authorization"]',
                    "server.xsrf.allowlist":
                        '["/_opendistro/_security/saml/acs", "/_opendistro/_security/saml/logout"]',
                    "opensearchDashboards.dashboardAdmin.groups": '["platform"]', "workspace.enabled": "true",
                    "savedObjects.permission.enabled": "true", "data_source.enabled": "false",
                    "csp.enable": "true", "csp.allowedFrameAncestorSources": '["https://portal.bank.ae"]',
                    "vis_type_vega.enabled": "false"}},
            "security": {"tls": {"http": {"enabled": True, "generate": False, "secret": {"name": "logs-http"}},
                                 "transport": {"enabled": True, "generate": False, "perNode": True,
                                               "secret": {"name": "logs-transport"}}}}}),),
        "documentation-website, operator-dashboards-config.md, openid-connect.md and saml.md", ours(
            "opensearch.org", prices=(f"{OPEN}:OpenSearchCluster::logs",))),
    Idiom("records are kept by images of the bank's mirror, and one team's role reads them", (
        inside(f"{OPEN}:OpenSearchCluster", "logs", {
            "general": {"version": "3.3.1", "serviceName": "logs", "defaultRepo": "registry.bank.ae/opensearch",
                        "image": f"registry.bank.ae/opensearch{DIGEST}"},
            "nodePools": [{
                "component": "data", "replicas": 3, "diskSize": "100Gi", "roles": ["cluster_manager", "data"],
                "resources": SIZE, "labels": TAGS,
                "persistence": {"pvc": {"storageClass": "encrypted", "accessModes": ["ReadWriteOnce"]}}}],
            "security": {"tls": {"http": {"enabled": True, "generate": False, "secret": {"name": "logs-http"}},
                                 "transport": {"enabled": True, "generate": False, "perNode": True,
                                               "secret": {"name": "logs-transport"}}}}}),
        inside(f"{OPEN}:OpensearchUserRoleBinding", "readers", {
            "opensearchCluster": {"name": "logs"}, "backendRoles": ["records-readers"], "roles": ["readall"]})),
        "opensearch-project/opensearch-k8s-operator ef6502ab docs/userguide/main.md", ours(
            "opensearch.org", prices=(f"{OPEN}:OpenSearchCluster::logs",
                                      f"{OPEN}:OpensearchUserRoleBinding::readers"))),
    Idiom("a search server without a way out takes its models from the machine, Kibana its texts from the cluster", (
        inside("elasticsearch.k8s.elastic.co/v1:Elasticsearch", "search", {
            "version": "9.2.0", "image": f"registry.bank.ae/elasticsearch{DIGEST}", "nodeSets": [{
                "name": "ml", "count": 3, "config": {
                    "xpack.ml.model_repository": "file://${path.home}/config/models/", "node.roles": ["ml", "data"]},
                "volumeClaimTemplates": [{
                    "metadata": {"name": "elasticsearch-data", "labels": TAGS}, "spec": CLAIM}],
                "podTemplate": {"metadata": {"labels": TAGS}, "spec": {"containers": [
                    {"name": "elasticsearch", "resources": SIZE}]}}}]}),
        inside("kibana.k8s.elastic.co/v1:Kibana", "search", {
            "version": "9.2.0", "count": 2, "image": f"registry.bank.ae/kibana{DIGEST}",
            "elasticsearchRef": {"name": "search"}, "podTemplate": {"metadata": {"labels": TAGS}, "spec": {
                "containers": [{"name": "kibana", "resources": SIZE}]}}, "config": {
                    "xpack.productDocBase.artifactRepositoryUrl": "https://texts.search.svc.cluster.local:8443/",
                    "telemetry.optIn": False, "xpack.security.secureCookies": True}})),
        "elastic/docs-content, 'Host a knowledge base artifact repo for AI assistants'", ours(
            "elasticsearch.k8s.elastic.co", "kibana.k8s.elastic.co", prices=(
                "elasticsearch.k8s.elastic.co/v1:Elasticsearch::search", "kibana.k8s.elastic.co/v1:Kibana::search"))),
    Idiom("a deployer gives any role to the functions of one team, of which one runs a thousand times at once", (
        aws("iam/Policy", {"name": "deploy-scores", "tags": TAGS, "policy": document(statement(
            "iam:PassRole", "*", {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}, "ArnLike": {
                "iam:AssociatedResourceArn": f"arn:aws:lambda:{R}:{ME}:function:scores-*"}}))}, "deploy"),
        BUDGET, logs("/aws/lambda/scores-day"), trusted("lambda.amazonaws.com", "scores"),
        aws("lambda/Function", {
            "name": "scores-day", "role": UNKNOWN, "packageType": "Image", "imageUri": f"{ECR}/scores{DIGEST}",
            "architectures": ["arm64"], "memorySize": 2048, "timeout": 60, "kmsKeyArn": KEY, "tags": TAGS,
            "reservedConcurrentExecutions": 1000, "tracingConfig": {"mode": "Active"}, "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "loggingConfig": {
                    "logFormat": "JSON", "logGroup": "/aws/lambda/scores-day"}, "deadLetterConfig": {
                        "targetArn": f"arn:aws:sqs:{R}:{ME}:scores-dead"}}, "function", links={"role": ("scores",)})),
        f"{AWS_DOCS}/lambda/latest/dg/configuration-concurrency.html, as known", merged(OURS, unpriced())),
    Idiom("one who works by mail of the bank edits a namespace", (k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
        "metadata": {"name": "edit", "namespace": "team-a", "labels": TAGS}, "subjects": [{
            "kind": "User", "name": "k.saeed@mail.bank.ae", "apiGroup": "rbac.authorization.k8s.io"}],
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"}}),),
        "kubernetes.io, 'Using RBAC Authorization', as known",
        {"residency": {"known": {"@mail.bank.ae": "mail of the bank, at its own servers"}}}),
)  # fmt: skip
