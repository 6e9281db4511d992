"""Attacks on clusters by rights that no list of dangerous rights named (2026-11-29).

Rights by the OpenAPI documents of Kubernetes 1.29 to 1.36 (kubernetes-client/python, release-29.0 to release-36.0), by
its authorizers (kubernetes/kubernetes v1.36.3), and by the operators' documentation, as known.
"""

from ..blind import cluster_role, k8s, meta
from ..harness import Given
from . import Attack

RULES = ("FJ-IDN-302", "FJ-IDN-304", "FJ-IDN-305")
BOUND = ("FJ-IDN-301", "FJ-IDN-303", "FJ-IDN-304", "FJ-IDN-305")
RBAC = "rbac.authorization.k8s.io"
READ, CHANGE, WRITE = "get list watch", "update patch", "create update patch"


def _role(namespace: str, rule: dict[str, object]) -> Given:
    return k8s(f"{RBAC}/v1:Role", {"metadata": meta("reach", namespace), "rules": [rule]})


def _rule(group: str, resources: str, verbs: str, *names: str) -> dict[str, object]:
    rule: dict[str, object] = {"apiGroups": [group], "resources": resources.split(), "verbs": verbs.split()}
    return {**rule, "resourceNames": list(names)} if names else rule


_OF_THE_CLUSTER: tuple[tuple[str, dict[str, object], str, str], ...] = (
    ("a role reads every secret by empty patches", _rule("", "secrets", "patch"), "critical",
     "the answer to a patch is the whole secret"),
    ("a role reads every secret as it deletes them", _rule("", "secrets", "deletecollection"), "critical",
     "the answer to a deletion of many has the objects"),
    ("a role adds containers to pods that run", _rule("", "pods/ephemeralcontainers", "patch"), "critical",
     "a shell with the volumes and the account of any pod"),
    ("a role sends requests to every service through the API server", _rule("", "services/proxy", "get create"),
     "critical", "network policies see the API server, not the caller"),
    ("a role points each service at pods or hosts of its own", _rule("", "services", f"get {CHANGE}"), "critical",
     "a selector or externalName takes the requests of others"),
    ("a role deletes namespaces of others", _rule("", "namespaces", "list delete"), "critical",
     "everything in a namespace goes with it"),
    ("a role relabels one namespace by its name", _rule("", "namespaces", "patch", "team-a"), "critical",
     "pod security reads its level from a label"),
    ("a role ends namespaces before their objects are gone", _rule("", "namespaces/finalize", "update"), "major",
     "objects stay that no finalizer has cleaned up"),
    ("a role deletes the data of others", _rule("", "persistentvolumeclaims", "list delete deletecollection"),
     "critical", "with the reclaim policy Delete the disks go too"),
    ("a role deletes the volumes of the cluster", _rule("", "persistentvolumes", "list delete"), "critical",
     "volumes are let go from their claims"),
    ("a role removes machines from the cluster", _rule("", "nodes", "get list delete"), "major",
     "pods of others are evicted, and the machine signs in anew"),
    ("a role lifts the quotas of every namespace", _rule("", "resourcequotas", f"get {CHANGE} delete"), "major",
     "a team takes the GPUs of all others"),
    ("a role writes volumes on directories of one machine", _rule("", "persistentvolumes/status", "patch"), "minor",
     "the state of a volume decides whether it is bound"),
    ("a role sets the account's role of a cloud for others", _rule("", "serviceaccounts", "get patch"), "critical",
     "an annotation says which IAM role pods get"),
    ("a role takes tokens of a controller by its name",
     _rule("", "serviceaccounts/token", "create", "clusterrole-aggregation-controller"), "critical",
     "this account may escalate every role"),
    ("a role deletes the workloads of others", _rule("apps", "deployments statefulsets", "list delete"), "critical",
     "programs of other teams stop"),
    ("a role turns off the programs of others", _rule("apps", "deployments/scale statefulsets/scale", "patch"),
     "major", "no replica is left"),
    ("a role rolls programs back to what they were", _rule("apps", "controllerrevisions", WRITE), "major",
     "an undo starts the template of a changed revision"),
    ("a role scales the programs of others", _rule("autoscaling", "horizontalpodautoscalers", WRITE), "major",
     "an autoscaler of one's own starts or stops copies of anything"),
    ("a role keeps every node from being drained", _rule("policy", "poddisruptionbudgets", "create"), "minor",
     "upgrades and the repair of nodes stop"),
    ("a role deletes the definitions of kinds", _rule("apiextensions.k8s.io", "customresourcedefinitions", "delete"),
     "critical", "every object of the kind goes with it"),
    ("a role removes the API of metrics and of others", _rule("apiregistration.k8s.io", "apiservices", "delete"),
     "major", "autoscalers and namespaces hang"),
    ("a role gives its pods the right of way", _rule("scheduling.k8s.io", "priorityclasses", "create"), "major",
     "pods of others are stopped for its own"),
    ("a role changes where volumes of all are created", _rule("storage.k8s.io", "storageclasses", "create delete"),
     "major", "a default class without encryption takes the place of the platform's"),
    ("a role attaches volumes of others to its machine", _rule("storage.k8s.io", "volumeattachments", "create"),
     "critical", "a disk is attached to the node that is named"),
    ("a role says how volumes of others are mounted", _rule("storage.k8s.io", "csidrivers", WRITE), "major",
     "a driver gets tokens of the pods that mount its volumes"),
    ("a role takes the requests of all ingresses", _rule("networking.k8s.io", "ingressclasses", WRITE), "major",
     "a default class of one's own serves what names none"),
    ("a role changes the runtime that separates pods", _rule("node.k8s.io", "runtimeclasses", CHANGE), "major",
     "sandboxed pods run with the plain runtime"),
    ("a role taints the GPUs of others", _rule("resource.k8s.io", "devicetaintrules", "create"), "major",
     "pods on tainted devices are evicted"),
    ("a role opens devices with administrator's access", _rule("resource.k8s.io", "deviceclasses", WRITE), "major",
     "a class decides which devices pods get"),
    ("a role rewrites what the server stores", _rule("storagemigration.k8s.io", "storageversionmigrations", "create"),
     "minor", "every object of a kind is written anew"),
    ("a role writes addresses of the cluster's services", _rule("networking.k8s.io", "servicecidrs", WRITE), "minor",
     "a range of one's own gives services their addresses"),
    ("a role gets certificates of pods of others", _rule("certificates.k8s.io", "podcertificaterequests", "create"),
     "critical", "a certificate has the identity of a pod"),
    ("a role updates the devices of every node",
     _rule("resource.k8s.io", "resourceclaims/driver", "arbitrary-node:update"), "minor",
     "the state of devices of nodes that are not its own"),
    ("a role asks for tokens of another audience", _rule("", "vault.example.ae",
     "request-serviceaccounts-token-audience"), "critical", "a token for another service than the API server"),
    ("a role reads what the API server has in memory",
     {"nonResourceURLs": ["/debug/pprof/*"], "verbs": ["get"]}, "critical", "a heap has secrets in it"),
    ("a role reads the logs of control-plane machines", {"nonResourceURLs": ["/logs/*"], "verbs": ["get"]}, "major",
     "audit logs and those of etcd"),
    ("a role scales what any kind starts", _rule("apps", "*/scale", "patch"), "major", "every workload can be stopped"),
    ("a role deploys charts by the controller of K3s", _rule("helm.cattle.io", "helmcharts", "create"), "critical",
     "the controller installs as the cluster's administrator"),
    ("a role deploys programs by the operator of Pulumi", _rule("pulumi.com", "stacks", WRITE), "critical",
     "the operator runs any program with its own rights"),
    ("a role deploys by Fleet", _rule("fleet.cattle.io", "gitrepos bundles", "create"), "critical",
     "Fleet's agent is the cluster's administrator"),
    ("a role starts jobs by KEDA", _rule("keda.sh", "scaledjobs", "create"), "critical",
     "a scaled job starts pods with any account, in any namespace"),
    ("a role starts programs on nodes by upgrade plans", _rule("upgrade.cattle.io", "plans", "create"), "critical",
     "a plan's pods are privileged and see the node"),
    ("a role grants roles by the RBAC manager", _rule("rbacmanager.reactiveops.io", "rbacdefinitions", WRITE),
     "critical", "the manager may grant everything"),
    ("a role adds itself to groups of OpenShift", _rule("user.openshift.io", "groups", CHANGE), "critical",
     "cluster-admins is a group"),
    ("a role breaks the programs of others", _rule("chaos-mesh.org", "podchaos networkchaos", "create"), "major",
     "experiments stop pods and networks of any namespace"),
    ("a role adds authorities that pods trust", _rule("trust.cert-manager.io", "bundles", CHANGE), "critical",
     "TLS of others is open to whoever has the authority"),
    ("a role writes names of hosts", _rule("externaldns.k8s.io", "dnsendpoints", "create"), "major",
     "ExternalDNS points names of others at its address"),
    ("a role switches the signatures of images off", _rule("policy.sigstore.dev", "clusterimagepolicies", "delete"),
     "critical", "images without a signature start"),
    ("a role sends the traffic of others through its pod", _rule("cilium.io", "ciliumlocalredirectpolicies", "create"),
     "critical", "requests to a service go to a pod on the node"),
    ("a role binds its service to the load balancer of others", _rule("elbv2.k8s.aws", "targetgroupbindings", WRITE),
     "critical", "requests from outside reach its pods"),
    ("a role reads the tokens that Dex keeps", _rule("dex.coreos.com", "refreshtokens offlinesessionses", READ),
     "critical", "a refresh token signs in as its user"),
    ("a role reads the tokens of OpenShift's users", _rule("oauth.openshift.io", "oauthaccesstokens", READ), "critical",
     "a token signs in as its user"),
    ("a role opens consoles of virtual machines", _rule("subresources.kubevirt.io", "virtualmachineinstances/console",
     "get"), "critical", "a shell in machines of others"),
    ("a role sends requests into each cluster of Karmada", _rule("cluster.karmada.io", "clusters/proxy", "get create"),
     "critical", "the proxy has the rights of Karmada in the cluster"),
    ("a role uses every security constraint of OpenShift",
     _rule("security.openshift.io", "securitycontextconstraints", "use"), "critical", "privileged pods"),
)  # fmt: skip
_OF_A_NAMESPACE: tuple[tuple[str, str, dict[str, object], str, str], ...] = (
    ("a team lifts the quota that the platform set", "team-a", _rule("", "resourcequotas limitranges", "patch delete"),
     "major", "the bounds of a namespace are the platform's"),
    ("a role changes the workloads of kube-system", "kube-system", _rule("apps", "daemonsets deployments", "patch"),
     "critical", "programs with the accounts of controllers"),
    ("a role changes each map of kube-system", "kube-system", _rule("", "configmaps", CHANGE), "critical",
     "aws-auth and CoreDNS are maps of kube-system"),
    ("a role runs pods in the namespace of the mesh", "istio-system", _rule("", "pods", "create"), "critical",
     "pods with the account of istiod"),
    ("a role of a namespace reads its secrets by patches", "payments", _rule("", "secrets", "patch"), "major",
     "the answer to a patch is the whole secret"),
    ("a role of a namespace adds containers to its pods", "payments", _rule("", "pods/ephemeralcontainers", CHANGE),
     "major", "a shell in each program of the team"),
    ("a role of a namespace proxies to its services", "payments", _rule("", "services/proxy", "get"), "major",
     "requests past the network policies"),
    ("a role of a namespace has a verb that nobody knows", "team-a", _rule("", "pods", "nominate"), "minor",
     "a verb of an authorizer that is not known"),
    ("a role of a namespace writes a kind that nobody knows", "team-a", _rule("batch", "superjobs", "create"), "minor",
     "a kind of a version that is not known"),
)  # fmt: skip


def _cluster_role(name: str, **more: object) -> Given:
    return k8s(f"{RBAC}/v1:ClusterRole", {"metadata": {"name": name}, **more}, name)


def _binding(role: str, subject: dict[str, object], namespace: str = "", kind: str = "ClusterRole") -> Given:
    binding = "RoleBinding" if namespace else "ClusterRoleBinding"
    metadata = meta("bound", namespace) if namespace else {"name": "bound"}
    is_account = subject["kind"] == "ServiceAccount"
    return k8s(f"{RBAC}/v1:{binding}", {
        "metadata": metadata, "roleRef": {"apiGroup": RBAC, "kind": kind, "name": role},
        "subjects": [subject if is_account else {"apiGroup": RBAC, **subject}]}, "bound")  # fmt: skip


def _selects(**selector: object) -> Given:
    return _cluster_role("collects", aggregationRule={"clusterRoleSelectors": [selector]})


BUILDER: dict[str, object] = {"kind": "ServiceAccount", "name": "builder", "namespace": "team-a"}
_BINDINGS: tuple[tuple[str, tuple[Given, ...], str, str], ...] = (
    ("a role names no secret, and so has the list of all", (cluster_role(
        {**_rule("", "secrets", "list watch"), "resourceNames": [""]}),), "critical", "a list has no name"),
    ("a role is one of a list, which does not say its kind", (k8s(f"{RBAC}/v1:ClusterRoleList", {"items": [
        {"metadata": {"name": "reach"}, "rules": [_rule("apps", "deployments", "create")]}]}),), "critical",
     "the list is of roles of the cluster"),
    ("a role of everybody reads pods and their logs", (_cluster_role("system:public-info-viewer", rules=[
        _rule("", "pods pods/log", READ)]),), "critical", "callers without a name are bound to it"),
    ("a role by which teams view is written anew", (_cluster_role("view", rules=[
        _rule("", "pods/log", READ)]),), "major", "whoever may view has what is written here"),
    ("an account of a team approves its own certificates", (_binding(
        "system:certificates.k8s.io:kube-apiserver-client-approver", BUILDER),), "critical",
     "a certificate signs in as anybody"),
    ("an account of a team is a controller", (_binding("system:kube-scheduler", BUILDER),), "major",
     "pods of others start where it says"),
    ("a role takes in those of Kubernetes by their label", (_selects(matchLabels={
        "kubernetes.io/bootstrapping": "rbac-defaults"}),), "critical", "cluster-admin has the label"),
    ("a role takes in those of every chart", (_selects(matchLabels={"app.kubernetes.io/managed-by": "Helm"}),),
     "critical", "roles of controllers have the label"),
    ("a role takes in all roles that lack a label", (_selects(matchExpressions=[
        {"key": "team", "operator": "DoesNotExist"}]),), "critical", "cluster-admin lacks it"),
    ("a reader is bound to every machine", (_binding("view", {"kind": "Group", "name": "system:nodes"}),), "major",
     "whoever is on a node has the role"),
    ("a role is bound to machines that join", (_binding("reach", {"kind": "Group", "name": "system:bootstrappers"}),),
     "major", "a bootstrap token has the role"),
    ("a role is bound to the scheduler's name", (_binding("reach", {"kind": "User", "name": "system:kube-scheduler"}),),
     "minor", "a client certificate of that name has more than the scheduler"),
    ("a private mailbox is bound to a team's namespace", (_binding("edit", {
        "kind": "User", "name": "m.haddad@gmail.com"}, "team-a"),), "major", "it stays when its owner leaves"),
    ("a user of a public issuer is bound", (_binding("view", {
        "kind": "User", "name": "https://accounts.google.com#1093210212"}),), "major", "an issuer of anybody"),
    ("an account of one team changes the workloads of payments", (
        _role("payments", _rule("apps", "deployments", "get patch")), _binding("reach", BUILDER, "payments", "Role")),
     "critical", "a program of team-a decides what payments runs"),
    ("an account of one team reads a secret of payments", (
        _role("payments", _rule("", "secrets", "get", "ledger-db")), _binding("reach", BUILDER, "payments", "Role")),
     "critical", "the password of the ledger"),
    ("an account of one team writes topics of payments", (
        _role("payments", _rule("kafka.strimzi.io", "kafkatopics", WRITE)),
        _binding("reach", BUILDER, "payments", "Role")), "major", "topics of another team"),
    ("an account of a team has the role of Argo CD", (_binding("argocd-application-controller", BUILDER),), "critical",
     "everything in the cluster"),
    ("a group has the role of Crossplane", (_binding("crossplane", {"kind": "Group", "name": "team-a"}),), "critical",
     "providers, secrets and roles of the cluster"),
    ("an account of a team has the role of External Secrets", (_binding("external-secrets-controller", BUILDER),),
     "critical", "each secret of the cluster"),
    ("an account of a team has the role of Kueue's manager in payments", (
        _binding("kueue-manager-role", BUILDER, "payments"),), "major", "pods and jobs of payments"),
)  # fmt: skip
ATTACKS: tuple[Attack, ...] = (
    *(Attack(name, BOUND, plan, severity, harm) for name, plan, severity, harm in _BINDINGS),
    *(Attack(name, RULES, (cluster_role(rule),), severity, harm) for name, rule, severity, harm in _OF_THE_CLUSTER),
    *(Attack(name, RULES, (_role(namespace, rule),), severity, harm)
      for name, namespace, rule, severity, harm in _OF_A_NAMESPACE),
)  # fmt: skip
