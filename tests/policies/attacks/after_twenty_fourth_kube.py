"""Other spellings of the twenty-fourth set's attacks on clusters (2026-12-02), and of gaps that were known before.

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Attack
from .left_probes_clusters import PUSHED, sensor
from .twenty_fourth_kube import EXP, IDN, settings
from .twenty_fourth_kube_b import configured

AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-"
MONEY = ("FJ-COST-", "FJ-ESC-")
_AGAIN = "each failure buys the machines again"
_GPU = {"requests": {"cpu": "8", "memory": "64Gi"},
        "limits": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "8"}}  # fmt: skip


def aggregated(name: str, *rules: object, **labels: str) -> Given:
    """Returns a role that the default roles of namespaces take in."""
    taken_in = {f"{AGGREGATE}edit": "true", f"{AGGREGATE}admin": "true"}
    return k8s("rbac.authorization.k8s.io/v1:ClusterRole", {
        "metadata": {"name": name, "labels": {**TAGS, **taken_in, **labels}}, "rules": list(rules)}, name)  # fmt: skip


def rule(group: str, *kinds: str) -> dict[str, object]:
    """Returns a rule that writes."""
    return {"apiGroups": [group], "resources": [*kinds],
            "verbs": ["create", "delete", "deletecollection", "patch", "update"]}  # fmt: skip


def token_for_triggers(kind: str, account: str, namespace: str = "") -> Given:
    """Returns an authentication of KEDA with a token of an account."""
    metadata = meta("figures", namespace) if namespace else {"name": "figures", "labels": TAGS}
    return k8s(f"keda.sh/v1alpha1:{kind}", {"metadata": metadata, "spec": {
        "boundServiceAccountToken": [{"parameter": "token", "serviceAccountName": account}]}})  # fmt: skip


def features(*taints: object, **conditions: object) -> Given:
    """Returns a rule of Node Feature Discovery that taints nodes."""
    return k8s("nfd.k8s-sigs.io/v1alpha1:NodeFeatureRule", {"metadata": {"name": "nodes", "labels": TAGS}, "spec": {
        "rules": [{"name": "nodes", "taints": list(taints), **conditions}]}})  # fmt: skip


def taint(effect: str) -> dict[str, str]:
    """Returns a taint of the bank."""
    return {"key": "feature.node.kubernetes.io/reserved", "value": "true", "effect": effect}


def training(backoff_limit: int) -> Given:
    """Returns a training of PyTorch on eight GPUs."""
    template = {"metadata": {"labels": TAGS}, "spec": pod({"name": "pytorch", "resources": _GPU})}
    return crd("kubeflow.org/v1:PyTorchJob", {
        "runPolicy": {"backoffLimit": backoff_limit, "cleanPodPolicy": "All", "ttlSecondsAfterFinished": 3600,
                      "activeDeadlineSeconds": 86400},
        "pytorchReplicaSpecs": {"Master": {"replicas": 1, "restartPolicy": "OnFailure", "template": template}}},
        "train")  # fmt: skip


def workflow(limit: object) -> Given:
    """Returns a workflow of Argo whose step is tried again."""
    step = pod({})["containers"][0]  # type: ignore[index]
    return crd("argoproj.io/v1alpha1:WorkflowTemplate", {
        "entrypoint": "main", "serviceAccountName": "app", "automountServiceAccountToken": False,
        "activeDeadlineSeconds": 86400,
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "templates": [{"name": "main", "retryStrategy": {"limit": limit, "retryPolicy": "OnFailure"},
                       "metadata": {"labels": TAGS}, "container": step}]}, "train")  # fmt: skip


def asking(url: str, **more: object) -> Given:
    """Returns a policy of Kyverno that sends a request to the API server."""
    return k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "names", "labels": TAGS}, "spec": {
        "background": False, "rules": [{
            "name": "names", "match": {"any": [{"resources": {"kinds": ["ConfigMap"]}}]},
            "context": [{"name": "known", "apiCall": {"method": "POST", "urlPath": url, **more}}],
            "validate": {"failureAction": "Enforce", "message": "Names have a team", "deny": {"conditions": {
                "any": [{"key": "{{ known.status.allowed }}", "operator": "Equals", "value": False}]}}}}]}},
        "names")  # fmt: skip


POSTED = 'resource.Post("rbac.authorization.k8s.io/v1", "clusterrolebindings", {"metadata": {"name": "x"}}).kind != ""'
RUNNER = """
spec:
  containers:
  - name: $job
    securityContext:
      runAsUser: 0
      capabilities: {add: [NET_ADMIN]}
"""

ATTACKS: tuple[Attack, ...] = (
    Attack("editors of each namespace deploy whatever Flux deploys", IDN, (
        aggregated("flux", rule("kustomize.toolkit.fluxcd.io", "kustomizations")),), "critical",
        "Flux applies with its own rights (fluxcd, 'Multi-tenancy lockdown')"),
    Attack("editors of each namespace, and viewers of all, issue certificates", IDN, (
        aggregated("certificates", rule("cert-manager.io", "certificates"), **{f"{AGGREGATE}view": "true"}),),
        "critical", "view may be bound for every namespace"),
    Attack("a sensor puts all that an event says into a script", ("FJ-IDN-308",), sensor(
        "make '{{workflow.parameters.json}}'", {"src": PUSHED, "dest": "spec.arguments.parameters.1.value"}),
        "critical", "all parameters are one text (Argo Workflows, variables)"),
    Attack("a sensor puts all parameters of a step into a script by an expression", ("FJ-IDN-308",), sensor(
        "make {{=toJson(inputs.parameters)}}", {"src": PUSHED, "dest": "spec.arguments.parameters.1.value"}),
        "critical", "all parameters are one text (Argo Workflows, variables)"),
    Attack("triggers get the token of the controller of Argo CD", IDN, (
        token_for_triggers("TriggerAuthentication", "argocd-application-controller", "argocd"),), "critical",
        "the token goes to the address that a trigger names (kedacore/keda-docs)"),
    Attack("triggers of each namespace get the token of the default account beside KEDA", IDN, (
        token_for_triggers("ClusterTriggerAuthentication", "default"),), "major",
        "the token goes to the address that a trigger names (kedacore/keda-docs)"),
    Attack("no pod starts on any node any more", IDN, (features(taint("NoSchedule")),), "critical",
           "a rule without conditions is for each node"),
    Attack("each pod is evicted from nodes whose system has a name", IDN, (
        features(taint("PreferNoSchedule"), taint("NoExecute"), matchAny=[{"matchFeatures": [
            {"feature": "system.osrelease", "matchExpressions": {"ID": {"op": "InRegexp", "value": [".*"]}}}]}]),),
        "critical", "each node has the feature"),
    Attack("a training of PyTorch that fails starts again a hundred thousand times", MONEY, (training(100000),),
           "major", _AGAIN),
    Attack("a step of a workflow that fails starts again a hundred thousand times", MONEY, (workflow("100000"),),
           "major", _AGAIN),
    Attack("jobs of runners are root and change the network", EXP, (
        settings("job-template", "runners", {"job.yaml": RUNNER}),), "critical",
        "the hook of the runner makes pods of the template (actions/runner-container-hooks)"),
    Attack("a policy that checks names sends a pod to the API server", IDN, (
        asking("/api/v1/namespaces/kube-system/pods", data=[{"key": "kind", "value": "Pod"}]),), "critical",
        "Kyverno sends the request with its own account"),
    Attack("a policy in CEL sends a binding to the API server", IDN, (
        k8s("policies.kyverno.io/v1:ValidatingPolicy", {"metadata": {"name": "names", "labels": TAGS}, "spec": {
            "validationActions": ["Deny"], "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]}]},
            "validations": [{"expression": POSTED, "message": "Names have a team"}]}}),), "critical",
        "Kyverno sends the request with its own account (Kyverno, CEL libraries, resource.Post)"),
    Attack("whoever opens the store of graphs reads and writes it", EXP,
           configured("fuseki", "shiro.ini", "[main]\nssl.on = true\n\n[urls]\n/$/ping = anon\n/** = anon\n", 3030),
           "critical", "each path is for callers without a name (apache/jena, Fuseki, 'Security')"),
    Attack("whoever reaches the warehouse is a user without a password", EXP, configured(
        "clickhouse-users", "analyst.xml",
        "<clickhouse><users><analyst><password/><networks><ip>0.0.0.0/0</ip></networks></analyst></users></clickhouse>",
        9440), "critical", "an empty password is none (ClickHouse, 'Users settings')"),
    Attack("files of HDFS are everybody's by an option", EXP, configured(
        "hdfs-options", "hadoop.properties", "dfs.permissions=false\n", 8020), "critical",
        "the older name of dfs.permissions.enabled (apache/hadoop, DeprecatedProperties)"),
    Attack("records of sign-ins are dropped by a condition in TOML", ("FJ-IDN-", "FJ-ESC-", "FJ-RSL-"), configured(
        "vector-toml", "vector.toml",
        "[transforms.keep]\ntype = \"filter\"\ninputs = [\"sign_ins\"]\ncondition = \"false\"\n", 8686), "major",
        "a filter passes what its condition is true for (vectordotdev/vector, 'Filter')"),
)  # fmt: skip
