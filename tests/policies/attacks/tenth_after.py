"""Attacks on clusters that were written after the first mends of the tenth set, to see what they catch (2026-11-28).

Custom resources, charts and annotations by their projects' documentation, as known.
"""

import json

from ..blind import KUBE, TAGS, crd, k8s, meta
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
ENC = ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
PRIVILEGED = "constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _release(chart: str, repository: str, version: str, values: object) -> tuple[Given, ...]:
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": chart, "version": version, "namespace": chart, "values": values,
        "repositoryOpts": {"repo": repository}}, chart, provider=KUBE),)  # fmt: skip


ATTACKS = (
    Attack("a constraint of Gatekeeper is for pods of a group that has none", ESC, (_top(PRIVILEGED, "privileged", {
        "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": ["apps"], "kinds": ["Pod"]}]}}),),
        "critical", "no pod is evaluated (Gatekeeper, 'Constraints', kinds)"),
    Attack("a constraint of Gatekeeper names pods in the plural", ESC, (_top(PRIVILEGED, "privileged", {
        "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": [""], "kinds": ["pods"]}]}}),),
        "critical", "no pod is evaluated (Gatekeeper, 'Constraints', kinds)"),
    Attack("a route of the mesh lets pages of everybody ask with the user's cookies", OPEN, (
        crd("networking.istio.io/v1:VirtualService", {
            "hosts": ["chat.example.ae"], "gateways": ["edge/models"], "http": [{
                "corsPolicy": {"allowOrigins": [{"regex": ".*"}], "allowCredentials": True},
                "route": [{"destination": {"host": "chat.team-a.svc.cluster.local", "port": {"number": 80}}}]}]}),),
        "critical", "each page that a user opens reads what he may read (Istio, CorsPolicy)"),
    Attack("requests to payments are mirrored by a service of Traefik", OPEN, (
        crd("traefik.io/v1alpha1:TraefikService", {"mirroring": {
            "name": "payments", "namespace": "payments", "port": 80, "mirrorBody": True, "mirrors": [
                {"name": "collect", "namespace": "team-a", "port": 80, "percent": 100}]}}),),
        "critical", "the team has each request with its tokens (Traefik, 'Mirroring')"),
    Attack("machines of Karpenter have public addresses", OPEN, (_top("karpenter.k8s.aws/v1:EC2NodeClass", "general", {
        "role": "bank-node", "amiSelectorTerms": [{"alias": "al2023@v20261101"}], "tags": TAGS,
        "associatePublicIPAddress": True, "subnetSelectorTerms": [{"tags": {"zone": "public"}}],
        "securityGroupSelectorTerms": [{"tags": {"zone": "public"}}],
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}}),),
        "critical", "nodes are reached from the internet (Karpenter, 'NodeClasses', associatePublicIPAddress)"),
    Attack("a database has one more service, which is public", OPEN, (crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "storage": {"size": "20Gi", "storageClass": "encrypted"}, "managed": {"services": {
            "additional": [{"selectorType": "rw", "serviceTemplate": {
                "metadata": {"name": "pg-public"}, "spec": {"type": "LoadBalancer"}}}]}}}),),
        "critical", "the database is reached from the internet (CloudNativePG, 'Service Management')"),
    Attack("models lie in the root of each machine", OPEN, (
        _top("serving.kserve.io/v1alpha1:LocalModelNodeGroup", "gpu", {
            "storageLimit": "1Ti", "persistentVolumeClaimSpec": {"accessModes": ["ReadWriteMany"]},
            "persistentVolumeSpec": {"capacity": {"storage": "1Ti"}, "hostPath": {"path": "/"},
                                     "accessModes": ["ReadWriteMany"]}}),),
        "critical", "pods that load models write the node's files (KServe, LocalModelNodeGroup)"),
    Attack("Argo CD checks no certificate of a cluster", ENC, (k8s("core/v1:Secret", {
        "metadata": {**meta("dc2", "argocd"), "labels": {**TAGS, "argocd.argoproj.io/secret-type": "cluster"}},
        "stringData": {"name": "dc2", "server": "https://kubernetes.dc1.example.ae:6443", "config": json.dumps({
            "tlsClientConfig": {"insecure": True}})}}),),
        "major", "whoever is in between has the administrator's token (Argo CD, 'Declarative Setup', clusters)"),
    Attack("secrets come from a vault whose certificate nobody checks", ENC, (
        crd("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", {"provider": "vault", "parameters": {
            "vaultAddress": "https://vault.vault.svc.cluster.local:8200", "roleName": "app",
            "vaultSkipTLSVerify": "true"}}),),
        "major", "whoever is in between reads and writes the secrets (Vault CSI provider, vaultSkipTLSVerify)"),
    Attack("an autoscaler sends its password to any server", ENC, (crd("keda.sh/v1alpha1:ScaledObject", {
        "scaleTargetRef": {"name": "x"}, "minReplicaCount": 1, "maxReplicaCount": 4, "triggers": [{
            "type": "prometheus", "authenticationRef": {"name": "prometheus"}, "metadata": {
                "serverAddress": "https://prometheus.monitoring.svc:9090", "query": "sum(queue)", "threshold": "5",
                "authModes": "basic", "unsafeSsl": "true"}}]}),),
        "major", "whoever is in between has the password (KEDA, 'Prometheus', unsafeSsl)"),
    Attack("pods take GPUs of others by a value of the operator's chart", OPEN, _release(
        "gpu-operator", "https://helm.ngc.nvidia.com/nvidia", "v25.10.0", {
            "toolkit": {"env": [{"name": "ACCEPT_NVIDIA_VISIBLE_DEVICES_ENVVAR_WHEN_UNPRIVILEGED", "value": "true"}]},
            "devicePlugin": {"env": [{"name": "DEVICE_LIST_STRATEGY", "value": "envvar"}]}}),
        "major", "each pod reads the memory of each GPU by a variable (NVIDIA, 'Preventing unprivileged access to GPUs "
        "in Kubernetes')"),
    Attack("whoever reaches Prometheus deletes what it knows", OPEN, _release(
        "kube-prometheus-stack", "https://prometheus-community.github.io/helm-charts", "79.5.0", {
            "prometheus": {"prometheusSpec": {"enableAdminAPI": True}}, "grafana": {"enabled": False}}),
        "major", "series are deleted and copied without sign-in (Prometheus Operator, enableAdminAPI)"),
    Attack("traces are open to everybody by an ingress of their operator", OPEN, (
        crd("tempo.grafana.com/v1alpha1:TempoStack", {
            "storageSize": "20Gi", "storage": {"secret": {"name": "bucket", "type": "s3"}}, "template": {
                "queryFrontend": {"jaegerQuery": {"enabled": True, "ingress": {
                    "type": "ingress", "host": "traces.example.ae", "ingressClassName": "nginx"}}}}}),),
        "major", "whoever calls reads what requests had in them (Tempo Operator, jaegerQuery.ingress)"),
    Attack("a rule of a balancer lets in who has not signed in", OPEN, (
        crd("gateway.k8s.aws/v1beta1:ListenerRuleConfiguration", {"actions": [{
            "type": "authenticate-oidc", "authenticateOIDCConfig": {
                "issuer": "https://login.example.ae", "authorizationEndpoint": "https://login.example.ae/authorize",
                "tokenEndpoint": "https://login.example.ae/token", "userInfoEndpoint": "https://login.example.ae/me",
                "secret": {"name": "oidc"}, "onUnauthenticatedRequest": "allow"}}]}),),
        "critical", "requests without sign-in pass (AWS Load Balancer Controller, ListenerRuleConfiguration)"),
    Attack("an issuer of certificates checks no certificate of its server", ENC, (crd("cert-manager.io/v1:Issuer", {
        "acme": {"server": "https://acme.dc1.example.ae/directory", "skipTLSVerify": True,
                 "privateKeySecretRef": {"name": "acme"}, "solvers": []}}),),
        "major", "whoever is in between signs the certificates (cert-manager, skipTLSVerify)"),
    Attack("a server of streams has lines of nginx of its own", OPEN, (crd("k8s.nginx.org/v1:TransportServer", {
        "listener": {"name": "tcp", "protocol": "TCP"}, "serverSnippets": "proxy_pass $ssl_preread_server_name:443;",
        "upstreams": [{"name": "db", "service": "db", "port": 5432}], "action": {"pass": "db"}}),),
        "critical", "whoever writes it changes the configuration of the controller (NGINX Ingress Controller, "
        "'TransportServer', serverSnippets)"),
    Attack("a monitor sends a password to any server", ENC, (crd("monitoring.coreos.com/v1:ServiceMonitor", {
        "selector": {"matchLabels": {"app": "vault"}}, "endpoints": [{
            "port": "https", "scheme": "https", "basicAuth": {
                "username": {"name": "m", "key": "user"}, "password": {"name": "m", "key": "password"}},
            "tlsConfig": {"insecureSkipVerify": True}}]}),),
        "major", "whoever is in between has the password (Prometheus Operator, tlsConfig)"),
)  # fmt: skip
