"""More attacks on clusters (2026-12-02, twenty-fourth set, written before any rule ran on it): files of programs.

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, k8s, meta, workload
from ..harness import Given
from . import Attack
from .twenty_fourth_kube import IDN, settings

EXP = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")


def configured(name: str, file: str, text: str, port: int) -> tuple[Given, ...]:
    """Returns a program with a file of its settings."""
    container = {
        "ports": [{"containerPort": port}],
        "volumeMounts": [{"name": "config", "mountPath": f"/etc/{name}", "readOnly": True}],
    }
    return (
        k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {file: text}, "immutable": True}, "config"),
        workload("apps/v1:StatefulSet", container, 3, volumes=[{"name": "config", "configMap": {"name": name}}]),
    )


SHIRO = "[main]\nsessionManager = org.apache.shiro.web.session.mgt.DefaultWebSessionManager\n[urls]\n/** = anon\n"
DRUID = """
druid.service=druid/router
druid.auth.authenticatorChain=["allowAll"]
druid.auth.authorizers=["allowAll"]
druid.enableTlsPort=true
"""
COUCH = """
[couchdb]
default_security = everyone
[chttpd]
require_valid_user = false
"""
SOLR = """{"authentication": {"class": "solr.BasicAuthPlugin", "blockUnknown": false,
  "credentials": {}}, "authorization": {"class": "solr.RuleBasedAuthorizationPlugin", "permissions": []}}"""
CLICKHOUSE = """<clickhouse>
  <users>
    <default>
      <password></password>
      <networks><ip>::/0</ip></networks>
      <profile>default</profile>
      <access_management>1</access_management>
    </default>
  </users>
</clickhouse>"""
HADOOP = """<configuration>
  <property><name>hadoop.security.authentication</name><value>simple</value></property>
  <property><name>hadoop.security.authorization</name><value>false</value></property>
  <property><name>dfs.permissions.enabled</name><value>false</value></property>
</configuration>"""
VECTOR = """
sources:
  audit: {type: file, include: [/var/log/audit/*.log]}
transforms:
  keep: {type: filter, inputs: [audit], condition: "false"}
sinks:
  store: {type: elasticsearch, inputs: [keep], endpoints: ["https://records.security.svc:9200"]}
"""
POD_TEMPLATE = """
securityContext:
  runAsUser: 0
  runAsNonRoot: false
  capabilities:
    add: [SYS_ADMIN, SYS_PTRACE]
  seccompProfile: {type: Unconfined}
"""
BINDING = [
    {"key": "apiVersion", "value": "rbac.authorization.k8s.io/v1"}, {"key": "kind", "value": "ClusterRoleBinding"},
    {"key": "metadata", "value": {"name": "contractors"}},
    {"key": "roleRef", "value": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "admin"}},
    {"key": "subjects", "value": [{"kind": "Group", "name": "contractors",
                                   "apiGroup": "rbac.authorization.k8s.io"}]},
]  # fmt: skip

ATTACKS: tuple[Attack, ...] = (
    Attack("whoever opens the notebooks runs programs", EXP, configured("zeppelin", "shiro.ini", SHIRO, 8080),
           "critical", "each path is for callers without a name (apache/shiro, 'Web support', anon; Zeppelin)"),
    Attack("whoever reaches the store of events reads and deletes them", EXP,
           configured("druid", "runtime.properties", DRUID, 8888), "critical",
           "the authenticator takes each request, and the authorizer allows it (apache/druid, 'Authentication and "
           "authorization', allowAll)"),
    Attack("whoever reaches the store of documents reads and writes each", EXP,
           configured("couchdb", "local.ini", COUCH, 5984), "critical",
           "databases without members are everybody's (apache/couchdb, default.ini, default_security)"),
    Attack("searches of the ledger ask nobody who he is", EXP, configured("solr", "security.json", SOLR, 8983),
           "critical", "without blockUnknown requests without credentials pass (apache/solr, 'Basic authentication')"),
    Attack("whoever reaches the warehouse is its administrator", EXP,
           configured("clickhouse", "users.xml", CLICKHOUSE, 9440), "critical",
           "the user default has no password, from each address, and manages users (ClickHouse, 'Users settings')"),
    Attack("files of each team are everybody's", EXP, configured("hdfs", "core-site.xml", HADOOP, 8020), "critical",
           "callers name themselves, and permissions are not checked (apache/hadoop, hdfs-default.xml, "
           "dfs.permissions.enabled)"),
    Attack("records of what happens on the machines are dropped on their way", ("FJ-IDN-", "FJ-ESC-", "FJ-RSL-"),
           configured("vector", "vector.yaml", VECTOR, 8686), "major",
           "a filter passes what its condition is true for (vectordotdev/vector, 'Filter')"),
    Attack("tasks of Tekton run as root with rights of the kernel", EXP, (
        settings("config-defaults", "tekton-pipelines", {
            "default-timeout-minutes": "60", "default-pod-template": POD_TEMPLATE}),),
        "critical", "tasks that state no pod template get this one (tektoncd/pipeline, docs/additional-configs.md)"),
    Attack("a policy that only checks names makes a group administrators when it is evaluated", IDN, (
        k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "names", "labels": TAGS}, "spec": {
            "background": False, "rules": [{
                "name": "names", "match": {"any": [{"resources": {"kinds": ["ConfigMap"]}}]},
                "context": [{"name": "known", "apiCall": {
                    "method": "POST", "urlPath": "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                    "data": BINDING}}],
                "validate": {"failureAction": "Enforce", "message": "Names have a team", "deny": {"conditions": {
                    "any": [{"key": "{{ request.object.metadata.name }}", "operator": "Equals", "value": "x"}]}}}}]}}),
        ), "critical", "Kyverno sends the request with its own account (kyverno, 'External data sources', "
        "API calls with POST)"),
    Attack("whoever reaches the tablets is their superuser", EXP, (workload("apps/v1:StatefulSet", {
        "command": ["/home/yugabyte/bin/yb-tserver"],
        "args": ["--fs_data_dirs=/data", "--use_client_to_server_encryption=true",
                 "--ysql_hba_conf_csv=hostssl all all 0.0.0.0/0 trust,hostssl all all ::0/0 trust"]}, 3),),
        "critical", "trust asks for no password (yugabyte/yugabyte-db, 'Host-based authentication')"),
)  # fmt: skip
