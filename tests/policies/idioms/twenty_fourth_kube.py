"""Good idioms close to the twenty-fourth set's attacks on clusters (2026-12-02)."""

from ..attacks.after_twenty_fourth_kube import (
    AGGREGATE,
    aggregated,
    asking,
    features,
    rule,
    taint,
    token_for_triggers,
    workflow,
)
from ..attacks.left_probes_clusters import PUSHED, sensor
from ..attacks.twenty_fourth_kube import settings
from ..attacks.twenty_fourth_kube_b import configured
from ..blind import TAGS, k8s
from . import Idiom, unpriced

SENSORS = {**unpriced("kubernetes:argoproj.io/v1:Sensor::it"), "escape": {"allowed_types": {
    "kubernetes:argoproj.io/v1alpha1:Sensor": "starts workflows of the plan, read by the platform team"}}}  # fmt: skip
POD_TEMPLATE = """
nodeSelector:
  bank.ae/pool: build
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  seccompProfile: {type: RuntimeDefault}
"""
SHIRO = "[main]\nsecurityManager.realms = $directory\n[urls]\n/api/version = anon\n/** = authc\n"
SOLR = """{"authentication": {"class": "solr.BasicAuthPlugin", "blockUnknown": false},
  "authorization": {"class": "solr.RuleBasedAuthorizationPlugin", "permissions": [
    {"name": "k8s-probe-0", "role": null, "path": "/admin/info/system"},
    {"name": "all", "role": ["admin", "users"]}]}}"""
CLICKHOUSE = """<clickhouse><users><default><password></password>
  <networks><ip>::1</ip><ip>127.0.0.1</ip></networks></default>
  <ledger><password_sha256_hex from_env="LEDGER"/><networks><ip>::/0</ip></networks></ledger></users></clickhouse>"""
VECTOR = """
transforms:
  keep: {type: filter, inputs: [audit], condition: .level != "debug"}
"""
VIEW = {"apiGroups": ["cert-manager.io"], "resources": ["certificates", "certificaterequests", "issuers"],
        "verbs": ["get", "list", "watch"]}  # fmt: skip
HADOOP = """<configuration>
  <property><name>dfs.permissions.enabled</name><value>true</value></property>
</configuration>"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("editors of namespaces have certificates, routes and secrets of the vault there", (
        aggregated("cert-manager-edit",
                   rule("cert-manager.io", "certificates", "certificaterequests", "issuers"),
                   {"apiGroups": ["cert-manager.io"], "resources": ["certificates/status"], "verbs": ["update"]},
                   rule("acme.cert-manager.io", "challenges", "orders")),
        k8s("rbac.authorization.k8s.io/v1:ClusterRole", {
            "metadata": {"name": "cert-manager-view", "labels": {
                **TAGS, f"{AGGREGATE}view": "true", f"{AGGREGATE}edit": "true", f"{AGGREGATE}admin": "true",
                f"{AGGREGATE}cluster-reader": "true"}}, "rules": [VIEW]}, "view"),
        aggregated("routes", rule("gateway.networking.k8s.io", "httproutes", "grpcroutes"),
                   rule("networking.k8s.io", "ingresses")),
        aggregated("external-secrets-edit", rule("external-secrets.io", "externalsecrets"))),
        "github.com/cert-manager/cert-manager/blob/master/deploy/charts/cert-manager/templates/rbac.yaml"),
    Idiom("triggers read figures with the token of an account that is for that", (
        token_for_triggers("ClusterTriggerAuthentication", "thanos-reader"),
        token_for_triggers("TriggerAuthentication", "thanos", "models")),
        "keda.sh/docs/latest/authentication-providers/bound-service-account-token"),
    Idiom("machines that load a module are for the pods that need it", (
        features(taint("PreferNoSchedule"), taint("NoExecute"), matchFeatures=[
            {"feature": "kernel.loadedmodule", "matchExpressions": {"dummy": {"op": "Exists"}}},
            {"feature": "kernel.version", "matchExpressions": {"major": {"op": "Exists"}}}]),),
        "kubernetes-sigs.github.io/node-feature-discovery"),
    Idiom("a step of a workflow is tried again three times", (workflow("3"),), "argo-workflows.readthedocs.io"),
    Idiom("tasks of Tekton run as a user of their own by default", (settings(
        "config-defaults", "tekton-pipelines", {
            "default-timeout-minutes": "60", "default-pod-template": POD_TEMPLATE}),),
        "tekton.dev/docs/installation/additional-configs"),
    Idiom("a policy asks the API server what the caller may do", (asking(
        "/apis/authorization.k8s.io/v1/subjectaccessreviews", data=[
            {"key": "kind", "value": "SubjectAccessReview"}, {"key": "apiVersion", "value": "authorization.k8s.io/v1"},
            {"key": "spec", "value": {"user": "{{ request.userInfo.username }}", "resourceAttributes": {
                "namespace": "{{ request.namespace }}", "verb": "delete", "group": "", "resource": "pods"}}}]),),
        "kyverno.io/docs/writing-policies/external-data-sources"),
    Idiom("a sensor starts a build that gets the name of the branch by its environment", sensor(
        "make \"$BRANCH\"", {"src": PUSHED, "dest": "spec.arguments.parameters.1.value"}),
        "argoproj.github.io/argo-events/tutorials/02-parameterization", SENSORS),
    Idiom("notebooks ask everybody but for their version", configured("zeppelin", "shiro.ini", SHIRO, 8080)[:1],
          "zeppelin.apache.org/docs/latest/setup/security/shiro_authentication"),
    Idiom("searches let in the probes of their machines alone without a name", configured(
        "solr", "security.json", SOLR, 8983)[:1], "apache.github.io/solr-operator/docs/solr-cloud/solr-cloud-crd"),
    Idiom("the user default of the warehouse is for its own machine", configured(
        "clickhouse", "users.xml", CLICKHOUSE, 9440)[:1], "clickhouse.com/docs/operations/settings/settings-users"),
    Idiom("records but those for debugging are kept", configured("vector", "vector.yaml", VECTOR, 8686)[:1],
          "vector.dev/docs/reference/configuration/transforms/filter"),
    Idiom("files of HDFS have owners", configured("hdfs", "core-site.xml", HADOOP, 8020)[:1],
          "hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/HdfsPermissionsGuide.html"),
)  # fmt: skip
