"""Attacks on clusters by networks, plain text and open consoles (2026-11-29, eleventh set, blind).

Objects by the documentation of Kubernetes and of the operators, as known.
"""

from ..blind import KEY, TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
ENC = ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-")
RES = ("FJ-RES-", "FJ-ESC-")


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _config(name: str, namespace: str, **data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}),)


def _annotated(**annotations: str) -> tuple[Given, ...]:
    """Returns a Deployment whose pods have annotations."""
    labels = {**TAGS, "app": "x"}
    return (k8s("apps/v1:Deployment", {"metadata": meta(namespace="payments"), "spec": {
        "replicas": 2, "selector": {"matchLabels": {"app": "x"}},
        "template": {"metadata": {"labels": labels, "annotations": annotations}, "spec": pod({})}}}),)  # fmt: skip


def _ingress(**annotations: str) -> tuple[Given, ...]:
    return (k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("partners", annotations=annotations), "spec": {
        "ingressClassName": "alb", "tls": [{"hosts": ["partners.example.ae"], "secretName": "partners"}],
        "rules": [{"host": "partners.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
            "service": {"name": "partners", "port": {"number": 443}}}}]}}]}}),)  # fmt: skip


KUBELET = """apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous:
    enabled: false
authorization:
  mode: Webhook
readOnlyPort: 10255
"""
MODEL = {
    "modelFormat": {"name": "onnx"}, "storageUri": "s3://treasury-datasets/rates",
    "resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}},
}  # fmt: skip
TIERED = {
    "type": "custom", "remoteStorageManager": {
        "className": "io.aiven.kafka.tieredstorage.RemoteStorageManager", "classPath": "/opt/kafka/plugins/tiered/*",
        "config": {"storage.backend.class": "io.aiven.kafka.tieredstorage.storage.s3.S3Storage",
                   "storage.s3.bucket.name": "collector-archive", "storage.s3.region": "me-central-1"}},
}  # fmt: skip
TLS = [{"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}}]
LABELS = {"template": {"pod": {"metadata": {"labels": TAGS}}}}
SIMPLE = {"version": "4.1.0", "authorization": {"type": "simple"}, "listeners": TLS, **LABELS}

ATTACKS = (
    Attack("a group of addresses that policies name is the internet in halves", OPEN, (
        _top("cilium.io/v2:CiliumCIDRGroup", "partners", {"externalCIDRs": ["0.0.0.0/1", "128.0.0.0/1"]}),),
        "critical", "each policy that lets in or out the partners does so for everybody (Cilium, 'CIDR Groups')"),
    Attack("pods may call every name by a policy of EKS", OPEN, (
        crd("networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy", {
            "podSelector": {"matchLabels": {"app": "x"}}, "policyTypes": ["Egress"],
            "egress": [{"to": [{"domainNames": ["*.com", "*.io", "*.net"]}],
                        "ports": [{"port": 443, "protocol": "TCP"}]}]}),),
        "critical", "whatever the pods read leaves to a host of whoever wants it (Amazon EKS, 'Application Network "
        "Policy', domainNames)"),
    Attack("callers of a gateway write from which address they come", OPEN, (
        crd("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "edge"}],
            "clientIPDetection": {"xForwardedFor": {"trustedCIDRs": ["0.0.0.0/0", "::/0"]}}}),),
        "critical", "each rule on addresses passes who writes a header (Envoy Gateway, 'Client IP Detection')"),
    Attack("an ALB hands on certificates of clients that nobody verified", OPEN, _ingress(**{
        "alb.ingress.kubernetes.io/scheme": "internal", "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
        "alb.ingress.kubernetes.io/mutual-authentication": '[{"port": 443, "mode": "passthrough"}]',
        "alb.ingress.kubernetes.io/backend-protocol": "HTTPS"}),
        "critical", "a certificate that the caller signed himself is handed on (AWS Load Balancer Controller, "
        "'mutual-authentication')"),
    Attack("calls to payments go past the proxy of the mesh by an annotation", OPEN, _annotated(**{
        "linkerd.io/inject": "enabled", "config.linkerd.io/skip-inbound-ports": "1-65535"}),
        "critical", "no policy is asked and calls are in plain text (Linkerd, 'Proxy Configuration')"),
    Attack("the API of a sidecar is open to every pod", OPEN, _annotated(**{
        "dapr.io/enabled": "true", "dapr.io/app-id": "x", "dapr.io/sidecar-listen-addresses": "0.0.0.0"}),  # noqa: S104
        "critical", "each pod reads the secrets and the state of payments without a token (Dapr, 'Arguments and "
        "annotations', listen addresses)"),
    Attack("pods of machines of Karpenter ask a stranger for names", OPEN, (
        _top("karpenter.k8s.aws/v1:EC2NodeClass", "general", {
            "role": "bank-node", "amiSelectorTerms": [{"alias": "al2023@v20261101"}], "tags": TAGS,
            "subnetSelectorTerms": [{"tags": {"zone": "private"}}],
            "securityGroupSelectorTerms": [{"tags": {"zone": "private"}}],
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "volumeSize": "80Gi", "volumeType": "gp3", "encrypted": True, "kmsKeyID": KEY}}],
            "kubelet": {"clusterDNS": ["198.51.100.53"]},
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}}),),
        "critical", "the stranger says where every service is and reads which names are asked (Karpenter, "
        "'NodeClasses', kubelet.clusterDNS)"),
    Attack("volumes of a class are in accounts that may be public", OPEN, (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "blobs", "labels": TAGS}, "provisioner": "blob.csi.azure.com",
        "parameters": {"protocol": "fuse", "skuName": "Premium_ZRS", "allowBlobPublicAccess": "true"}}),),
        "critical", "a container of the account may be read by everybody (Azure Blob CSI driver, 'Driver Parameters')"),
    Attack("flows of every pod are read by whoever calls, in plain text", OPEN, _config(
        "cilium-config", "kube-system", **{
            "enable-hubble": "true", "hubble-listen-address": ":4244", "hubble-disable-tls": "true"}),
        "major", "names, paths and headers of calls are read at a port of each node (Cilium, 'Configure TLS with "
        "Hubble')"),
    Attack("a key lies in a keystore with a known password and a broken cipher", ENC, (
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "ledger", "dnsNames": ["ledger.team-a.svc"], "issuerRef": {"name": "inner", "kind": "Issuer"},
            "privateKey": {"algorithm": "ECDSA", "size": 384, "rotationPolicy": "Always"},
            "keystores": {"pkcs12": {"create": True, "profile": "LegacyRC2", "password": "changeit"}}}),),
        "major", "who has a copy of the keystore has the key (cert-manager, 'PKCS12Keystore', profile)"),
    Attack("models are loaded in plain text by an annotation of a secret", ENC, (k8s("core/v1:Secret", {
        "metadata": meta("store", annotations={
            "serving.kserve.io/s3-endpoint": "minio.team-a.svc.cluster.local:9000",
            "serving.kserve.io/s3-usehttps": "0", "serving.kserve.io/s3-verifyssl": "0"})}),),
        "major", "whoever is in between reads the keys' requests and changes the model (KServe, 'S3 credentials')"),
    Attack("requests to a model are copied to the service of another team", OPEN, (
        k8s("serving.kserve.io/v1beta1:InferenceService", {
            "metadata": meta("rates", "payments", annotations={
                "networking.knative.dev/visibility": "cluster-local"}),
            "spec": {"predictor": {
                "serviceAccountName": "rates", "automountServiceAccountToken": False,
                "minReplicas": 1, "maxReplicas": 2, "model": MODEL, "logger": {
                "mode": "all", "url": "http://collect.team-a.svc.cluster.local/requests"}}}}),),
        "critical", "the team has each request and answer of payments (KServe, 'Inference Logger')"),
    Attack("the controller of brokers asks nobody to sign in", OPEN, (crd("kafka.strimzi.io/v1beta2:Kafka", {
        "kafka": SIMPLE, "cruiseControl": {**LABELS, "config": {
            "webserver.security.enable": False, "webserver.ssl.enable": False}}}),),
        "critical", "whoever reaches it moves and stops brokers (Strimzi, 'Cruise Control REST API security')"),
    Attack("the dashboard of Ray gets an ingress", OPEN, (crd("ray.io/v1:RayCluster", {
        "rayVersion": "2.49.0", "headGroupSpec": {
            "enableIngress": True, "rayStartParams": {"num-cpus": "0"},
            "template": {"metadata": {"labels": TAGS}, "spec": pod({})}}}),),
        "critical", "whoever calls the host runs programs (KubeRay, 'Ingress', enableIngress)"),
    Attack("kubelets tell everybody what runs on their machine", OPEN, _config(
        "kubelet-config", "kube-system", kubelet=KUBELET),
        "critical", "who reaches the port reads each pod's variables without sign-in (Kubernetes, 'Kubelet "
        "Configuration', readOnlyPort)"),
    Attack("old messages of Kafka are kept in a stranger's bucket", RES, (crd("kafka.strimzi.io/v1beta2:Kafka", {
        "kafka": {**SIMPLE, "tieredStorage": TIERED}}),),
        "critical", "the stranger has every message that is older than hours (Strimzi, 'Tiered storage')"),
    Attack("tables of a database are those of a server of a stranger", RES, (crd("postgresql.cnpg.io/v1:Database", {
        "name": "ledger", "owner": "app", "cluster": {"name": "pg"},
        "extensions": [{"name": "postgres_fdw", "ensure": "present"}],
        "fdws": [{"name": "postgres_fdw", "usage": [{"name": "app", "type": "grant"}]}],
        "servers": [{"name": "archive", "fdw": "postgres_fdw", "usage": [{"name": "app", "type": "grant"}],
                     "options": [{"name": "host", "value": "pg.collector.io"}, {"name": "dbname", "value": "x"}]}]}),),
        "critical", "rows that are written into them leave the country (CloudNativePG, 'Database Management', "
        "servers)"),
)  # fmt: skip
