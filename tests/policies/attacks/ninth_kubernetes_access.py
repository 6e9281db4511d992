"""Attacks by rights on named objects, by sign-ins, and by openings between tenants (2026-11-28, ninth set).

Custom resources, programs and annotations by their projects' documentation, as known.
"""

from ..blind import KUBE, ME, TAGS, cluster_role, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
ENC = ("FJ-ENC-", "FJ-EXP-")
R = "me-central-1"
CHARTS = "https://aws.github.io/eks-charts"
DEX = """issuer: https://login.example.ae/dex
connectors:
- type: mockCallback
  id: mock
  name: Staff
storage: {type: kubernetes, config: {inCluster: true}}
"""
SNIPPET = "location /_x { resolver kube-dns.kube-system.svc.cluster.local; proxy_pass http://$arg_to; }"
READS = "reads the files of the controller, which has the secrets of every namespace"


def _role(name: str, namespace: str, kind: str, names: list[str], *verbs: str) -> tuple[Given, ...]:
    return (k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta(name, namespace), "rules": [
        {"apiGroups": [""], "resources": [kind], "verbs": list(verbs), "resourceNames": names}]}),)  # fmt: skip


def _named(group: str, kind: str, names: list[str], *verbs: str) -> dict[str, object]:
    return {"apiGroups": [group], "resources": [kind], "verbs": list(verbs), "resourceNames": names}


def _config(name: str, namespace: str, **data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


def _program(*args: str, **env: str) -> tuple[Given, ...]:
    listed = [{"name": key, "value": value} for key, value in env.items()]
    return (workload("apps/v1:Deployment", {"env": listed, **({"args": list(args)} if args else {})}, replicas=1),)


ATTACKS = (
    Attack("a role takes the group of administrators by its name", IDN, (cluster_role(
        _named("", "groups", ["system:masters"], "impersonate"), _named("", "users", ["admin"], "impersonate")),),
        "critical", "its holder acts as cluster-admin (Kubernetes, 'User impersonation')"),
    Attack("a role binds the administrator's role by its name", IDN, (cluster_role(
        _named("rbac.authorization.k8s.io", "clusterroles", ["cluster-admin"], "bind"),
        {"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterrolebindings"], "verbs": ["create"]}),),
        "critical", "its holder binds cluster-admin to itself (Kubernetes, 'Restrictions on role binding creation')"),
    Attack("a role changes one map, which says who signs in", IDN, _role(
        "map", "kube-system", "configmaps", ["aws-auth"], "get", "patch"),
        "critical", "its holder adds itself to system:masters (Amazon EKS, 'aws-auth')"),
    Attack("a role changes the webhooks of Kyverno by their names", IDN, (cluster_role(_named(
        "admissionregistration.k8s.io", "validatingwebhookconfigurations",
        ["kyverno-resource-validating-webhook-cfg"], "get", "update", "delete")),),
        "critical", "no policy is evaluated any more (Kubernetes, 'Dynamic Admission Control')"),
    Attack("a pod of the system's namespace has the account that may escalate", IDN, (k8s("apps/v1:Deployment", {
        **workload("apps/v1:Deployment", {}, replicas=1, automountServiceAccountToken=True,
                   serviceAccountName="clusterrole-aggregation-controller").props,
        "metadata": meta("x", "kube-system")}),),
        "critical", "the account may escalate cluster roles (Kubernetes, 'Using RBAC Authorization', controller "
        "roles)"),
    Attack("the default account of a namespace is bound by its name of a user", IDN, (k8s(
        "rbac.authorization.k8s.io/v1:RoleBinding", {"metadata": meta("x"), "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"}, "subjects": [{
                "apiGroup": "rbac.authorization.k8s.io", "kind": "User",
                "name": "system:serviceaccount:team-a:default"}]}),),
        "major", "every pod without an account edits the namespace (Kubernetes, 'Service accounts', names of users)"),
    Attack("the default account of a namespace has a role of the cloud", OPEN, (k8s("core/v1:ServiceAccount", {
        "metadata": meta("default", annotations={"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/training"}),
        "automountServiceAccountToken": False}),),
        "major", "every pod without an account reads what the role reads (Amazon EKS, 'IAM roles for service "
        "accounts')"),
    Attack("a role changes the labels and taints of every machine", IDN, (cluster_role(
        {"apiGroups": [""], "resources": ["nodes", "nodes/status"], "verbs": ["get", "list", "patch", "update"]}),),
        "major", "its holder draws the pods of others, with their secrets, onto machines of its choice (Kubernetes, "
        "'Assigning Pods to Nodes', node isolation)"),
    Attack("a server of sign-in knows a connector that lets everybody in", OPEN, _config(
        "dex", "sign-in", **{"config.yaml": DEX}),
        "critical", "whoever asks gets a token (Dex, connector/mock)"),
    Attack("a proxy of sign-in asks for it at no path", OPEN, _program(
        "--provider=oidc", "--oidc-issuer-url=https://login.example.ae", "--email-domain=example.ae",
        "--upstream=http://127.0.0.1:8080", "--skip-auth-route=.*", "--http-address=0.0.0.0:4180"),
        "critical", "the app behind it believes that its callers have signed in (OAuth2 Proxy, skip-auth-route)"),
    Attack("Argo CD asks nobody to sign in", OPEN, _config(
        "argocd-cmd-params-cm", "argocd", **{"server.disable.auth": "true"}),
        "critical", "everybody deploys anything (Argo CD, argocd-cmd-params-cm, server.disable.auth)"),
    Attack("the first lines of SQL make an application superuser", IDN, (crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "storage": {"size": "20Gi", "storageClass": "encrypted"}, "bootstrap": {"initdb": {
            "database": "app", "owner": "app", "postInitSQL": ["ALTER ROLE app WITH SUPERUSER"]}}}),),
        "critical", "the application reads files and runs programs of the server (CloudNativePG, postInitSQL)"),
    Attack("a policy of the mesh lets in everyone but a namespace that is not there", OPEN, (
        crd("security.istio.io/v1:AuthorizationPolicy", {
            "selector": {"matchLabels": {"app": "payments"}}, "action": "ALLOW", "rules": [
                {"from": [{"source": {"notNamespaces": ["nowhere"]}}]}]}),),
        "critical", "every workload, with or without identity, calls payments (Istio, 'Authorization Policy', "
        "notNamespaces)"),
    Attack("a network policy lets in every namespace that has a name", OPEN, (
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("vault"), "spec": {
            "podSelector": {"matchLabels": {"app": "vault"}}, "policyTypes": ["Ingress"],
            "ingress": [{"from": [{"namespaceSelector": {"matchExpressions": [
                {"key": "kubernetes.io/metadata.name", "operator": "Exists"}]}}]}]}}),),
        "major", "each pod of each tenant reaches the vault (Kubernetes, 'Network Policies': every namespace has the "
        "label)"),
    Attack("a set of trusted networks is every address", OPEN, (k8s("projectcalico.org/v3:GlobalNetworkSet", {
        "metadata": {"name": "offices", "labels": {**TAGS, "trusted": "true"}}, "spec": {
            "nets": ["0.0.0.0/1", "128.0.0.0/1"]}}),),
        "critical", "policies that let the trusted networks in let everybody in (Calico, 'Global network set')"),
    Attack("a namespace lets in callers without identity by an annotation", OPEN, (k8s("core/v1:Namespace", {
        "metadata": {"name": "payments", "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"},
                     "annotations": {"linkerd.io/inject": "enabled",
                                     "config.linkerd.io/default-inbound-policy": "all-unauthenticated"}}}),),
        "major", "who is not in the mesh calls each pod (Linkerd, 'Authorization Policy', default policies)"),
    Attack("a virtual server has lines of nginx of its own", OPEN, (crd("k8s.nginx.org/v1:VirtualServer", {
        "host": "chat.example.ae", "tls": {"secret": "chat"}, "server-snippets": SNIPPET,
        "upstreams": [{"name": "chat", "service": "chat", "port": 80}],
        "routes": [{"path": "/", "action": {"pass": "chat"}}]}),),
        "critical", f"whoever writes it {READS} (NGINX Ingress Controller, 'Snippets')"),
    Attack("an ingress has lines of nginx by the annotation of another controller", OPEN, (
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("chat", annotations={
            "nginx.org/server-snippets": "location /_f { alias /; autoindex on; }"}), "spec": {
                "ingressClassName": "nginx", "tls": [{"hosts": ["chat.example.ae"], "secretName": "chat"}], "rules": [{
                    "host": "chat.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                        "service": {"name": "chat", "port": {"number": 80}}}}]}}]}}),),
        "critical", f"whoever writes it {READS} (NGINX Ingress Controller, 'Advanced configuration with Annotations')"),
    Attack("a certificate's key is lent to every namespace", OPEN, (
        crd("projectcontour.io/v1:TLSCertificateDelegation", {"delegations": [
            {"secretName": "models-tls", "targetNamespaces": ["*"]}]}),),
        "critical", "each tenant serves models.example.ae with the bank's key (Contour, 'TLS Certificate Delegation')"),
    Attack("a route of a team takes the requests to payments in the whole mesh", OPEN, (
        crd("networking.istio.io/v1:VirtualService", {
            "hosts": ["payments.payments.svc.cluster.local"], "exportTo": ["*"], "http": [{
                "route": [{"destination": {"host": "collect.team-a.svc.cluster.local", "port": {"number": 80}}}]}]}),),
        "critical", "proxies of every namespace send there what is for payments (Istio, 'Virtual Service', exportTo)"),
    Attack("pods become targets of a balancer, for every address", OPEN, (
        crd("elbv2.k8s.aws/v1beta1:TargetGroupBinding", {
        "serviceRef": {"name": "admin", "port": 8080}, "targetType": "ip",
        "targetGroupARN": f"arn:aws:elasticloadbalancing:{R}:{ME}:targetgroup/web/0123456789abcdef",
        "networking": {"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [
            {"protocol": "TCP", "port": 8080}]}]}}),),
        "critical", "the controller opens the security group of the pods (AWS Load Balancer Controller, "
        "TargetGroupBinding, networking)"),
    Attack("a monitor sends the token of Prometheus to a team's pod", OPEN, (
        crd("monitoring.coreos.com/v1:ServiceMonitor", {
            "selector": {"matchLabels": {"app": "collect"}}, "endpoints": [{
                "port": "http", "path": "/metrics",
                "bearerTokenFile": "/var/run/secrets/kubernetes.io/serviceaccount/token"}]}),),
        "critical", "the team has the account of Prometheus, which reads every namespace (Prometheus Operator, "
        "arbitraryFSAccessThroughSMs)"),
    Attack("a secret is given to every namespace by its operator", OPEN, (k8s(
        "external-secrets.io/v1:ClusterExternalSecret", {"metadata": {"name": "database", "labels": TAGS}, "spec": {
            "externalSecretName": "database", "namespaceSelectors": [{"matchExpressions": [
                {"key": "kubernetes.io/metadata.name", "operator": "Exists"}]}], "refreshTime": "1h",
            "externalSecretSpec": {"secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"},
                                   "refreshInterval": "1h", "target": {"name": "database"}, "data": [
                {"secretKey": "password", "remoteRef": {"key": "payments/database", "property": "password"}}]}}}),),
        "critical", "each tenant has the password of payments (External Secrets, ClusterExternalSecret)"),
    Attack("ingresses of a cluster are public by a value of their controller's chart", OPEN, (Given(
        "kubernetes:helm.sh/v3:Release", {
            "chart": "aws-load-balancer-controller", "version": "1.14.0", "namespace": "kube-system", "values": {
                "clusterName": "bank", "serviceAccount": {"create": False, "name": "alb"},
                "ingressClassParams": {"create": True, "name": "alb", "spec": {"scheme": "internet-facing"}}},
            "repositoryOpts": {"repo": CHARTS}}, "alb", provider=KUBE),),
        "critical", "the parameters of the class override each ingress (AWS Load Balancer Controller, "
        "IngressClassParams)"),
    Attack("clients of a broker send passwords in plain text by the name of a protocol", ENC, _program(
        "consume.py", KAFKA_BOOTSTRAP_SERVERS="kafka.example.ae:9092", KAFKA_SECURITY_PROTOCOL="SASL_PLAINTEXT",
        KAFKA_SASL_MECHANISM="PLAIN"),
        "major", "passwords and messages are read on the way (Apache Kafka, security.protocol)"),
)  # fmt: skip
