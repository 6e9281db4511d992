"""Good idioms of clusters: rights, policies, networks, certificates, volumes and operators (2026-11-28, ninth set)."""

from ..blind import ME, TAGS, cluster_role, k8s, meta, pod
from ..harness import Given
from . import Idiom
from .sixth_kubernetes import MODELS

R = "me-central-1"
K8S = "kubernetes.io/docs"
RBAC = "rbac.authorization.k8s.io/v1"
READ = ["get", "list", "watch"]
LABELS = """package namedowners
violation[{"msg": msg}] {
  not input.review.object.metadata.labels["owner"]
  msg := "name the owner of the namespace"
}
"""
RIGHTS = """p, role:team-a, applications, get, team-a/*, allow
p, role:team-a, applications, sync, team-a/*, allow
p, role:team-a, logs, get, team-a/*, allow
g, team-a-developers, role:team-a
"""
HEALTH = """hs = {}
hs.status = "Progressing"
if obj.status ~= nil and obj.status.conditions ~= nil then hs.status = "Healthy" end
return hs
"""
BANK = """example.ae:53 {
  errors
  cache 30
  forward . 10.1.0.53 10.1.1.53
}
"""
CERTIFICATE = {
    "csi.cert-manager.io/issuer-name": "team-a", "csi.cert-manager.io/fs-group": "10001",
    "csi.cert-manager.io/dns-names": "${POD_NAME}.${POD_NAMESPACE}.svc.cluster.local",
}  # fmt: skip
TLS = {"tls": {"minVersion": "1.2", "alpnProtocols": ["h2", "http/1.1"]}}
CHECKPOINT = ["/bin/sh", "-c", "psql -U postgres -c CHECKPOINT"]


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **metadata: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **metadata), "spec": spec}, name)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a program changes one map of its own, by its name", (
        k8s(f"{RBAC}:Role", {"metadata": meta("flags"), "rules": [{
            "apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "update", "patch"],
            "resourceNames": ["flags"]}]}, "role"),
        k8s(f"{RBAC}:RoleBinding", {"metadata": meta("flags"), "subjects": [
            {"kind": "ServiceAccount", "name": "flags", "namespace": "team-a"}], "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "flags"}}, "binding")),
        f"{K8S}/reference/access-authn-authz/rbac"),
    Idiom("auditors read who may do what, and which policies there are", (cluster_role(
        {"apiGroups": ["rbac.authorization.k8s.io"], "verbs": READ, "resources": [
            "roles", "rolebindings", "clusterroles", "clusterrolebindings"]},
        {"apiGroups": ["admissionregistration.k8s.io"], "verbs": READ, "resources": [
            "validatingadmissionpolicies", "validatingadmissionpolicybindings", "validatingwebhookconfigurations"]},
        {"apiGroups": ["networking.k8s.io"], "resources": ["networkpolicies"], "verbs": READ}),),
        f"{K8S}/concepts/security/rbac-good-practices"),
    Idiom("what counts objects of the cluster reads no secret", (
        cluster_role(
            {"apiGroups": [""], "verbs": ["list", "watch"], "resources": [
                "nodes", "pods", "services", "namespaces", "persistentvolumeclaims", "persistentvolumes",
                "resourcequotas", "limitranges"]},
            {"apiGroups": ["apps"], "verbs": ["list", "watch"], "resources": [
                "deployments", "daemonsets", "statefulsets", "replicasets"]},
            {"apiGroups": ["authentication.k8s.io"], "resources": ["tokenreviews"], "verbs": ["create"]},
            {"apiGroups": ["authorization.k8s.io"], "resources": ["subjectaccessreviews"], "verbs": ["create"]}),
        k8s(f"{RBAC}:ClusterRoleBinding", {"metadata": {"name": "kube-state-metrics", "labels": TAGS}, "subjects": [
            {"kind": "ServiceAccount", "name": "kube-state-metrics", "namespace": "monitoring"}], "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "x"}}, "binding")),
        "github.com/kubernetes/kube-state-metrics, examples/standard"),
    Idiom("metrics are scraped and the gateway calls, and nobody else", (_in(
        "team-a", "networking.k8s.io/v1:NetworkPolicy", "chat", {
            "podSelector": {"matchLabels": {"app": "chat"}}, "policyTypes": ["Ingress"], "ingress": [
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}},
                           "podSelector": {"matchLabels": {"app.kubernetes.io/name": "prometheus"}}}],
                 "ports": [{"port": 9090, "protocol": "TCP"}]},
                {"from": [{"namespaceSelector": {"matchExpressions": [{
                    "key": "kubernetes.io/metadata.name", "operator": "In", "values": ["edge", "edge-internal"]}]}}],
                 "ports": [{"port": 8080, "protocol": "TCP"}]}]}),), f"{K8S}/concepts/services-networking"),
    Idiom("an app may ask the database of the data centre, and names", (_in(
        "team-a", "networking.k8s.io/v1:NetworkPolicy", "orders", {
            "podSelector": {"matchLabels": {"app": "orders"}}, "policyTypes": ["Egress"], "egress": [
                {"to": [{"ipBlock": {"cidr": "10.20.4.0/24"}}], "ports": [{"port": 5432, "protocol": "TCP"}]},
                {"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
                         "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}],
                 "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]}),),
        f"{K8S}/concepts/services-networking/network-policies"),
    Idiom("a service of Linkerd lets in two identities", (
        _in("team-a", "policy.linkerd.io/v1beta3:Server", "chat", {
            "podSelector": {"matchLabels": {"app": "chat"}}, "port": "http", "proxyProtocol": "HTTP/1"}),
        _in("team-a", "policy.linkerd.io/v1alpha1:MeshTLSAuthentication", "callers", {"identityRefs": [
            {"kind": "ServiceAccount", "name": "gateway", "namespace": "edge"},
            {"kind": "ServiceAccount", "name": "portal"}]}),
        _in("team-a", "policy.linkerd.io/v1alpha1:AuthorizationPolicy", "chat", {
            "targetRef": {"group": "policy.linkerd.io", "kind": "Server", "name": "chat"},
            "requiredAuthenticationRefs": [{"group": "policy.linkerd.io", "kind": "MeshTLSAuthentication",
                                            "name": "callers"}]})), "linkerd.io/2/reference/authorization-policy"),
    Idiom("a namespace of the mesh lets in only who has an identity", (k8s("core/v1:Namespace", {"metadata": {
        "name": "team-a", "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"}, "annotations": {
            "linkerd.io/inject": "enabled", "config.linkerd.io/default-inbound-policy": "cluster-authenticated"}}}),),
        "linkerd.io/2/features/server-policy"),
    Idiom("the edge may serve a certificate of a team", (_in(
        "team-a", "projectcontour.io/v1:TLSCertificateDelegation", "edge", {"delegations": [
            {"secretName": "models-tls", "targetNamespaces": ["edge"]}]}),),
        "projectcontour.io/docs/main/config/tls-delegation"),
    Idiom("a service of a team is asked again, within its namespace's mesh", (_in(
        "team-a", "networking.istio.io/v1:VirtualService", "vllm", {
            "hosts": ["vllm.team-a.svc.cluster.local"], "exportTo": ["."], "http": [{
                "timeout": "60s", "retries": {"attempts": 2, "perTryTimeout": "30s", "retryOn": "connect-failure"},
                "route": [{"destination": {"host": "vllm.team-a.svc.cluster.local", "port": {"number": 8000}}}]}]}),),
        "istio.io/latest/docs/reference/config/networking/virtual-service"),
    Idiom("probes of a balancer pass, and all other requests need a token", (_in(
        "team-a", "security.istio.io/v1:AuthorizationPolicy", "portal", {
            "selector": {"matchLabels": {"app": "portal"}}, "action": "ALLOW", "rules": [
                {"from": [{"source": {"requestPrincipals": ["https://login.example.ae/*"]}}]},
                {"from": [{"source": {"principals": ["cluster.local/ns/edge/sa/gateway"]}}],
                 "to": [{"operation": {"methods": ["GET"], "paths": ["/healthz"]}}]}]}),),
        "istio.io/latest/docs/tasks/security/authorization/authz-jwt",
        {"identity": {"trusted": {"login.example.ae": "our own sign-in"}}}),
    Idiom("pods become targets of an internal balancer of another stack", (_in(
        "team-a", "elbv2.k8s.aws/v1beta1:TargetGroupBinding", "chat", {
            "serviceRef": {"name": "chat", "port": 8080}, "targetType": "ip",
            "targetGroupARN": f"arn:aws:elasticloadbalancing:{R}:{ME}:targetgroup/chat/0123456789abcdef",
            "networking": {"ingress": [{"from": [{"securityGroup": {"groupID": "sg-0123456789abcdef0"}}],
                                        "ports": [{"protocol": "TCP", "port": 8080}]}]}}),),
        "kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding"),
    Idiom("a monitor signs in with a secret of its own and checks the certificate", (_in(
        "team-a", "monitoring.coreos.com/v1:ServiceMonitor", "vault", {
            "selector": {"matchLabels": {"app": "vault"}}, "endpoints": [{
                "port": "https", "scheme": "https", "path": "/v1/sys/metrics", "interval": "30s",
                "authorization": {"credentials": {"name": "vault-metrics", "key": "token"}},
                "tlsConfig": {"serverName": "vault.team-a.svc", "ca": {
                    "configMap": {"name": "bank-authority", "key": "ca.crt"}}}}]}),),
        "prometheus-operator.dev/docs/api-reference/api"),
    Idiom("teams' namespaces get the key that pulls images", (k8s("external-secrets.io/v1:ClusterExternalSecret", {
        "metadata": {"name": "pull", "labels": TAGS}, "spec": {
            "externalSecretName": "pull", "refreshTime": "1h", "namespaceSelectors": [
                {"matchLabels": {"bank.ae/pulls": "true"}}],
            "externalSecretSpec": {
                "secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"}, "refreshInterval": "6h",
                "target": {"name": "pull", "template": {"type": "kubernetes.io/dockerconfigjson"}},
                "dataFrom": [{"extract": {"key": "platform/registry"}}]}}}, "pull"),),
        "external-secrets.io/latest/api/clusterexternalsecret"),
    Idiom("a policy of Kyverno for what is created and changed in teams' namespaces", (_top(
        "kyverno.io/v1:ClusterPolicy", "limits", {"background": True, "rules": [{
            "name": "memory", "match": {"any": [{"resources": {
                "kinds": ["Pod"], "operations": ["CREATE", "UPDATE"], "namespaceSelector": {"matchExpressions": [
                    {"key": "bank.ae/tenant", "operator": "Exists"}]}}}]},
            "validate": {"failureAction": "Enforce", "message": "Set a limit of memory", "pattern": {"spec": {
                "containers": [{"resources": {"limits": {"memory": "?*"}}}]}}}}]}),),
        "kyverno.io/docs/policy-types/cluster-policy/match-exclude"),
    Idiom("production's pods have at least two copies by policy, and tests may have one", (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "copies", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                "resources": ["deployments"]}]},
            "variables": [{"name": "copies", "expression": "has(object.spec.replicas) ? object.spec.replicas : 1"}],
            "validations": [{"expression": "variables.copies >= 2", "messageExpression":
                             "'two copies are needed, not ' + string(variables.copies)"}]}),
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "copies", {
            "policyName": "copies", "validationActions": ["Deny"], "matchResources": {"namespaceSelector": {
                "matchLabels": {"environment": "prod"}}}})), f"{K8S}/reference/access-authn-authz"),
    Idiom("namespaces name their owner, by Gatekeeper", (
        _top("templates.gatekeeper.sh/v1:ConstraintTemplate", "namedowners", {
            "crd": {"spec": {"names": {"kind": "NamedOwners"}}}, "targets": [{
                "target": "admission.k8s.gatekeeper.sh", "rego": LABELS}]}),
        _top("constraints.gatekeeper.sh/v1beta1:NamedOwners", "owners", {
            "enforcementAction": "deny", "match": {"scope": "Cluster", "kinds": [
                {"apiGroups": [""], "kinds": ["Namespace"]}]}})),
        "open-policy-agent.github.io/gatekeeper/website/docs/howto"),
    Idiom("a controller of a team asks the API server after all others", (k8s(
        "flowcontrol.apiserver.k8s.io/v1:FlowSchema", {"metadata": {"name": "team-a", "labels": TAGS}, "spec": {
            "matchingPrecedence": 8000, "priorityLevelConfiguration": {"name": "workload-low"},
            "distinguisherMethod": {"type": "ByUser"}, "rules": [{
                "subjects": [{"kind": "ServiceAccount", "serviceAccount": {"name": "sync", "namespace": "team-a"}}],
                "resourceRules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["list", "watch"],
                                   "namespaces": ["team-a"]}]}]}}, "flow"),),
        f"{K8S}/concepts/cluster-administration/flow-control"),
    Idiom("the data centre's networks have a name in policies of Cilium", (
        _top("cilium.io/v2:CiliumCIDRGroup", "data-centre", {"externalCIDRs": ["10.20.0.0/16", "10.21.0.0/16"]}),
        _in("team-a", "cilium.io/v2:CiliumNetworkPolicy", "orders", {
            "endpointSelector": {"matchLabels": {"app": "orders"}}, "egress": [{
                "toCIDRSet": [{"cidrGroupRef": "data-centre"}],
                "toPorts": [{"ports": [{"port": "5432", "protocol": "TCP"}]}]}]})),
        "docs.cilium.io/en/stable/network/kubernetes/ciliumcidrgroup"),
    Idiom("clients of a gateway use TLS 1.2, and ask ten times a second", (
        _in("edge", "gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "models", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "models"}], **TLS}),
        _in("team-a", "gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy", "chat", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "chat"}],
            "rateLimit": {"type": "Local", "local": {"rules": [{"limit": {"requests": 10, "unit": "Second"}}]}}})),
        "gateway.envoyproxy.io/docs/tasks/traffic/local-rate-limit"),
    Idiom("a team sees and syncs its own applications in Argo CD", (
        k8s("core/v1:ConfigMap", {"metadata": meta("argocd-rbac-cm", "argocd"), "data": {
            "policy.default": "", "policy.csv": RIGHTS, "scopes": "[groups]"}}, "rights"),
        k8s("core/v1:ConfigMap", {"metadata": meta("argocd-cm", "argocd"), "data": {
            "admin.enabled": "false", "timeout.reconciliation": "180s", "application.instanceLabelKey":
                "argocd.argoproj.io/instance", "resource.customizations.health.ray.io_RayService": HEALTH}}, "cm")),
        "argo-cd.readthedocs.io/en/stable/operator-manual/rbac"),
    Idiom("names of the bank are asked of the data centre", (k8s("core/v1:ConfigMap", {
        "metadata": meta("coredns-custom", "kube-system"), "data": {"bank.server": BANK}}, "dns"),),
        "learn.microsoft.com/azure/aks/coredns-custom", MODELS),
    Idiom("a certificate for a program in Java has a new key each month", (_in(
        "team-a", "cert-manager.io/v1:Certificate", "orders", {
            "secretName": "orders-tls", "duration": "720h", "renewBefore": "240h", "dnsNames": [
                "orders.team-a.svc", "orders.team-a.svc.cluster.local"], "usages": ["server auth"],
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "keystores": {"pkcs12": {"create": True, "passwordSecretRef": {"name": "keystore", "key": "password"}}},
            "issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}}),),
        "cert-manager.io/docs/usage/certificate"),
    Idiom("a disk of files is encrypted on its way, by access points", (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "team-a-files", "labels": TAGS}, "provisioner": "efs.csi.aws.com",
        "mountOptions": ["tls"], "reclaimPolicy": "Retain", "parameters": {
            "provisioningMode": "efs-ap", "fileSystemId": "fs-0123456789abcdef0", "directoryPerms": "700",
            "basePath": "/team-a", "uid": "10001", "gid": "10001"}}, "class"),),
        "github.com/kubernetes-sigs/aws-efs-csi-driver, examples"),
    Idiom("a database writes its pages before a copy is made", (_in(
        "velero", "velero.io/v1:Schedule", "orders", {"schedule": "0 1 * * *", "template": {
            "includedNamespaces": ["team-a"], "ttl": "720h0m0s", "snapshotMoveData": False, "hooks": {"resources": [{
                "name": "checkpoint", "includedNamespaces": ["team-a"], "labelSelector": {"matchLabels": {
                    "app": "orders-db"}}, "pre": [{"exec": {"container": "postgres", "command": CHECKPOINT,
                                                           "onError": "Fail", "timeout": "60s"}}]}]}}}),),
        "velero.io/docs/main/backup-hooks"),
    Idiom("a certificate lies in no secret, but in the pod", (k8s("apps/v1:Deployment", {
        "metadata": meta("orders"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "orders"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "orders"}}, "spec": pod(
                    {"volumeMounts": [{"name": "tls", "mountPath": "/tls", "readOnly": True}], "readinessProbe": {
                        "httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"}}},
                    volumes=[{"name": "tls", "csi": {"driver": "csi.cert-manager.io", "readOnly": True,
                                                     "volumeAttributes": CERTIFICATE}}])}}}, "orders"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("orders"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "orders"}}}}, "pdb")),
        "cert-manager.io/docs/usage/csi-driver"),
)  # fmt: skip
