"""What published lists of checks for clusters forbid and no rule refused before: constraints of OpenShift by their
names, exceptions for everything, credentials by their form, flags of control planes, hosts at gateways of others.

Held against kyverno/policies b9c4317c, kubescape/regolibrary ce7ef32a, FairwindsOps/polaris c0e23a23 and the others of
`tests/policies/outside`, read 2026-12-01. Sources of single fields are those of the rows and readers that refuse them.
"""

from collections.abc import Mapping

from ..blind import IMAGE, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

RBAC = "rbac.authorization.k8s.io"
ACCOUNT = {"kind": "ServiceAccount", "name": "payments", "namespace": "team-a"}
RANDOM = "q83Jx0Lw7ZpT2mVb5NcR1sKd9YfGhA4e"
"""A key as clouds make them, of no account."""
RIGHTS, ROLES, EXCEPTIONS, CROSSINGS = ("FJ-IDN-305",), ("FJ-IDN-301",), ("FJ-ESC-103",), ("FJ-IDN-314",)
PLAIN, IN_MAPS, SWITCHES, ENTRIES, HOSTS = (
    ("FJ-EXP-315",), ("FJ-EXP-326",), ("FJ-IDN-313",), ("FJ-EXP-322",), ("FJ-EXP-323",))  # fmt: skip


def role(kind: str = "Role", **rule: object) -> Given:
    """Returns a role with one rule."""
    place = meta() if kind == "Role" else {"name": "x"}
    return k8s(f"{RBAC}/v1:{kind}", {"metadata": place, "rules": [rule]})


def bound(name: str) -> Given:
    """Returns a ClusterRole that a namespace binds to an account of its own."""
    return k8s(f"{RBAC}/v1:RoleBinding", {
        "metadata": meta(), "subjects": [ACCOUNT],
        "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": name}})  # fmt: skip


def constraints(*names: str, kind: str = "Role") -> Given:
    """Returns a role that uses security context constraints."""
    return role(kind, apiGroups=["security.openshift.io"], resources=["securitycontextconstraints"], verbs=["use"],
                resourceNames=list(names))  # fmt: skip


def variables(**values: str) -> Given:
    """Returns a pod with variables."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({
        "env": [{"name": key.replace("__", "."), "value": value} for key, value in values.items()]})})  # fmt: skip


def file(name: str, text: str) -> Given:
    """Returns a config map with one file or setting."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: text}})


def command(text: str) -> Given:
    """Returns a pod that runs a command."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({"image": IMAGE, "command": text.split()})})


def ingress(spec: Mapping[str, object], path: str = "/") -> Given:
    """Returns an entry for one host with TLS."""
    service = {"service": {"name": "shop", "port": {"number": 8443}}}
    return k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(), "spec": {
        "ingressClassName": "internal", "tls": [{"hosts": ["shop.example.ae"], "secretName": "shop-tls"}],
        "rules": [{"host": "shop.example.ae", "http": {"paths": [
            {"path": path, "pathType": "ImplementationSpecific", "backend": service}]}}], **spec}})  # fmt: skip


def exception(**match: object) -> Given:
    """Returns an exception from one rule of a policy of Kyverno."""
    return crd("kyverno.io/v2:PolicyException", {
        "exceptions": [{"policyName": "pods", "ruleNames": ["restricted"]}], **match})  # fmt: skip


def route(*hosts: str, gateway: str = "ingress/shared") -> Given:
    """Returns a route of Istio at a gateway."""
    return crd("networking.istio.io/v1:VirtualService", {
        "hosts": list(hosts), "gateways": [gateway],
        "http": [{"route": [{"destination": {"host": "shop.team-a.svc.cluster.local"}}]}]})  # fmt: skip


CONSTRAINTS = (
    Attack("pods of a team run as any user by a constraint of OpenShift", RIGHTS, (constraints("anyuid"),), "major",
           "root in a container reaches what the container runtime leaves open"),
    Attack("a team uses the constraint of OpenShift for privileged pods", RIGHTS,
           (constraints("restricted-v2", "privileged", kind="ClusterRole"),), "critical",
           "a privileged pod has every right of its node"),
    Attack("a namespace binds OpenShift's role for pods as any user", ROLES, (bound("system:openshift:scc:anyuid"),),
           "major", "root in a container reaches what the container runtime leaves open"),
    Attack("a namespace binds OpenShift's role for directories of the node", ROLES,
           (bound("system:openshift:scc:hostmount-anyuid"),), "critical",
           "a directory of the node has the keys of other pods"),
)  # fmt: skip
EXEMPT = (
    Attack("an exception from a policy states no objects, so all are exempt", EXCEPTIONS, (exception(match={}),),
           "critical", "no pod of the cluster is held against the policy"),
    Attack("an exception from a policy has no match at all", EXCEPTIONS, (exception(),), "critical",
           "no pod of the cluster is held against the policy"),
    Attack("an exception from a policy is for whatever an account writes, by all clauses", EXCEPTIONS,
           (exception(match={"all": [{"subjects": [ACCOUNT]}]}),), "critical",
           "whoever has the account starts privileged pods"),
)  # fmt: skip
CREDENTIALS = (
    Attack("the key of an account of Azure Batch is a variable", PLAIN, (variables(AZURE_BATCH_KEY=RANDOM),),
           "critical", "everyone who reads the pod starts machines"),
    Attack("the key of a model's endpoint is a variable in hexadecimal", PLAIN,
           (variables(AZURE_OPENAI_KEY="0f8d2c1e9b7a46f30f8d2c1e9b7a46f3"),), "critical",
           "everyone who reads the pod asks the model"),
    Attack("a token is a variable whose name says JWT", PLAIN, (variables(SERVICE_JWT=RANDOM),), "critical",
           "everyone who reads the pod signs in as the program"),
    Attack("a header with a bearer's token is a variable", PLAIN, (variables(AUTH_HEADER="Bearer a1b2c3d4e5f6g7h8"),),
           "critical", "everyone who reads the pod signs in as the program"),
    Attack("a password is a variable named pwd in lower case", PLAIN, (variables(pwd="Hx-93-jd-71"),), "critical",
           "everyone who reads the pod has the password"),
    Attack("a map of settings has the key of an account", IN_MAPS, (file("AZURE_STORAGE_KEY", RANDOM),), "critical",
           "everyone who reads maps reads the account"),
    Attack("a map of settings has a token of GitLab", IN_MAPS,
           (file("ci.yaml", "registry:\n  auth: glpat-" + "a1B2c" * 4 + "\n"),), "critical",
           "everyone who reads maps pushes code"),
    Attack("a map of settings has a token of npm", IN_MAPS,
           (file(".npmrc", "//registry.example.ae/:_auth=npm_" + "a1B2c3" * 6 + "\n"),), "critical",
           "everyone who reads maps publishes packages"),
    Attack("a map of settings has the address with which everybody writes to a channel", IN_MAPS,
           (file("alerts.yaml", "url: https://hooks.slack.com/services/T00000000/B00000000/" + "aB3d" * 6 + "\n"),),
           "major", "everyone who reads maps writes alarms"),
)  # fmt: skip
CONTROL_PLANES = (
    Attack("an API server admits everything", SWITCHES,
           (command("kube-apiserver --enable-admission-plugins=NodeRestriction,AlwaysAdmit"),), "critical",
           "no policy holds"),
    Attack("an API server asks no role", SWITCHES, (command("kube-apiserver --authorization-mode=Node"),),
           "critical", "nobody is told what he may not do"),
    Attack("a file on a machine decides beside the roles", SWITCHES,
           (command("kube-apiserver --authorization-mode=Node,RBAC,ABAC"),), "major",
           "who writes the file has every right"),
    Attack("an API server takes tokens of a file", SWITCHES,
           (file("kubeadm.yaml", "kind: ClusterConfiguration\napiServer:\n  extraArgs:\n  - name: token-auth-file\n"
                 "    value: /etc/kubernetes/tokens.csv\n"),), "critical", "a token is valid until the server ends"),
    Attack("an API server accepts tokens of deleted accounts", SWITCHES,
           (command("kube-apiserver --service-account-lookup=false"),), "major", "nobody can revoke a token"),
    Attack("an API server keeps no namespace", SWITCHES,
           (command("kube-apiserver --disable-admission-plugins=NamespaceLifecycle"),), "major",
           "objects are made in namespaces that end"),
    Attack("controllers of a cluster share one account", SWITCHES,
           (command("kube-controller-manager --use-service-account-credentials=false"),), "major",
           "one controller has the rights of all"),
    Attack("members of a store trust whatever certificate they are shown", SWITCHES,
           (command("etcd --peer-auto-tls=true"),), "critical", "whoever is in between writes the store"),
    Attack("a store shows its clients a certificate that it made itself", SWITCHES, (command("etcd --auto-tls"),),
           "critical", "whoever is in between reads the secrets of the cluster"),
)  # fmt: skip
ENTRANCES = (
    Attack("an entry takes every host that no rule names", HOSTS,
           (ingress({"defaultBackend": {"service": {"name": "shop", "port": {"number": 8443}}}}),), "major",
           "requests for hosts of others that are not there yet reach it"),
    Attack("an entry leads to the keys of the machine by its path", ENTRIES,
           (ingress({}, "/etc/kubernetes/admin.conf"),), "critical",
           "the controller's files are read (CVE-2021-25745)"),
    Attack("an entry leads to the account of the controller by its path", ENTRIES,
           (ingress({}, "/var/run/kubernetes/serviceaccount"),), "critical",
           "the controller's token is read (CVE-2021-25745)"),
    Attack("a route takes every host at a gateway of others", CROSSINGS, (route("*"),), "critical",
           "requests with passwords of other teams reach it"),
    Attack("a route takes every host of a domain at a gateway of others", CROSSINGS, (route("*.example.ae"),),
           "critical", "requests with passwords of other teams reach it"),
)  # fmt: skip
PODS = (
    Attack("files of a volume belong to the group of root", ("FJ-EXP-307",), (k8s("core/v1:Pod", {
        "metadata": meta(), "spec": pod({}, securityContext={
            "runAsNonRoot": True, "runAsUser": 10001, "fsGroup": 0, "seccompProfile": {"type": "RuntimeDefault"}})}),),
        "minor", "the program has the group of root"),
    Attack("a pod leaves the mesh of Linkerd", ("FJ-ESC-115",), (k8s("core/v1:Pod", {
        "metadata": meta(annotations={"linkerd.io/inject": "disabled"}), "spec": pod({})}),), "major",
        "calls cross the network in plain text"),
    Attack("copies of a program leave the mesh of Istio", ("FJ-ESC-115",), (k8s("apps/v1:ReplicaSet", {
        "metadata": meta(), "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "x"}}, "template": {
            "metadata": {"labels": {"app": "x", "sidecar.istio.io/inject": "false"}}, "spec": pod({})}}}),), "major",
        "calls cross the network in plain text"),
    Attack("secrets of a cluster of OpenShift lie in its store as they are", ("FJ-ESC-115",),
           (k8s("config.openshift.io/v1:APIServer", {"metadata": {"name": "cluster"}, "spec": {
               "audit": {"profile": "Default"}}}),), "major", "whoever has a copy of the store has every password"),
    Attack("an account removes what happened in every namespace", RIGHTS,
           (role("ClusterRole", apiGroups=["", "events.k8s.io"], resources=["events"],
                 verbs=["list", "deletecollection"]),), "minor", "nobody sees what an intruder started"),
)  # fmt: skip
ATTACKS: tuple[Attack, ...] = (*CONSTRAINTS, *EXEMPT, *CREDENTIALS, *CONTROL_PLANES, *ENTRANCES, *PODS)
