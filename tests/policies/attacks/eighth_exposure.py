"""Attacks that open what is closed, or leave it unencrypted, by small settings (2026-11-28, third blind set).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; programs and custom resources by their documentation.
"""

from ..blind import GROUP, KEY, ME, TAGS, THEM, aws, az, crd, document, k8s, meta, statement, workload
from ..harness import Given
from ..idioms.azure_platform import STORAGE
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-")
ENC = ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
UNSIGNED = """<policies><inbound><base />
  <validate-jwt header-name="Authorization" require-signed-tokens="false" require-expiration-time="false">
    <audiences><audience>api://payments</audience></audiences>
  </validate-jwt>
</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"""
KUBEADM = """apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
- resources: ["secrets"]
  providers:
  - identity: {}
  - kms: {apiVersion: v2, name: vault, endpoint: "unix:///run/kms/kms.sock"}
"""
FETCH = """server {
  listen 8080;
  resolver kube-dns.kube-system.svc.cluster.local;
  location ~ ^/fetch/(.*)$ { proxy_pass http://$1; }
}
"""
SQUID = "http_port 3128\nhttp_access allow all\ncache deny all\n"


def _program(*args: str, **env: str) -> tuple[Given, ...]:
    listed = [{"name": key, "value": value} for key, value in env.items()]
    return (workload("apps/v1:Deployment", {"env": listed, **({"args": list(args)} if args else {})}, replicas=1),)


def _config(name: str, key: str, text: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {key: text}}, name),)


ATTACKS = (
    Attack("a demo of a model opens a public link", OPEN, _program("app.py", GRADIO_SHARE="True"),
        "critical", "everybody calls the model through a tunnel of the vendor (Gradio, 'Environment Variables', "
        "GRADIO_SHARE)"),
    Attack("a pod serves the API of the cluster to everybody", OPEN, (workload("apps/v1:Deployment", {
        "command": ["kubectl", "proxy", "--address=0.0.0.0", "--accept-hosts=.*", "--port=8001"]}, replicas=1,
        automountServiceAccountToken=True),),
        "critical", "each caller acts with the pod's account, without a token (kubectl, 'proxy')"),
    Attack("a server of models reads files of its pod for every caller", OPEN, _program(
        "--model=/models/vl", "--allowed-local-media-path=/"),
        "major", "a request with file:///var/run/secrets is answered (vLLM, 'Engine arguments', allowed_local_media_"
        "path: 'this is a security risk')"),
    Attack("an ingress lets in whoever signs in or has any address", OPEN, (k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta("chat", annotations={
            "nginx.ingress.kubernetes.io/auth-url": "https://login.example.ae/oauth2/auth",
            "nginx.ingress.kubernetes.io/satisfy": "any",
            "nginx.ingress.kubernetes.io/whitelist-source-range": "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"}),
        "spec": {"ingressClassName": "nginx", "tls": [{"hosts": ["chat.example.ae"], "secretName": "chat"}],
                 "rules": [{"host": "chat.example.ae", "http": {"paths": [{
                     "path": "/", "pathType": "Prefix", "backend": {
                         "service": {"name": "chat", "port": {"number": 80}}}}]}}]}}),),
        "critical", "one of both conditions is enough, and behind the balancer every address is private (nginx, "
        "'Annotations', satisfy)"),
    Attack("a gateway serves its own API to everybody", OPEN, _program(
        "--api.insecure=true", "--providers.kubernetesingress", "--entrypoints.websecure.address=:8443"),
        "major", "routes, backends and certificates' names on port 8080 without sign-in (Traefik, 'API', insecure)"),
    Attack("a filter removes the check of rights from the proxies of payments", OPEN, (
        crd("networking.istio.io/v1alpha3:EnvoyFilter", {
            "workloadSelector": {"labels": {"app": "payments"}}, "configPatches": [{
                "applyTo": "HTTP_FILTER", "match": {"context": "SIDECAR_INBOUND", "listener": {"filterChain": {
                    "filter": {"name": "envoy.filters.network.http_connection_manager",
                               "subFilter": {"name": "envoy.filters.http.rbac"}}}}},
                "patch": {"operation": "REMOVE"}}]}),),
        "critical", "no policy of authorization has effect any more (Istio, 'EnvoyFilter', REMOVE)"),
    Attack("a machine of a stranger is a workload of payments", OPEN, (
        crd("networking.istio.io/v1:WorkloadEntry", {
            "address": "203.0.113.9", "labels": {"app": "payments", "version": "v2"}, "serviceAccount": "payments",
            "network": "vm", "weight": 50}),),
        "critical", "half of the requests of payments go there (Istio, 'Workload Entry')"),
    Attack("a policy of the network denies nothing", OPEN, (crd("cilium.io/v2:CiliumNetworkPolicy", {
        "endpointSelector": {"matchLabels": {"app": "vault"}}, "enableDefaultDeny": {"ingress": False, "egress": False},
        "ingress": [{"fromEndpoints": [{"matchLabels": {"app": "api"}}]}]}),),
        "major", "every pod reaches the vault as before, and the policy looks as if not (Cilium, 'Policy enforcement', "
        "EnableDefaultDeny)"),
    Attack("a pod takes every GPU of its node by a variable", OPEN, _program(
        "train.py", NVIDIA_VISIBLE_DEVICES="all", NVIDIA_DRIVER_CAPABILITIES="all"),
        "major", "devices that other tenants were given are mounted too, and none is counted (Container Toolkit, "
        "'Preventing unprivileged access to GPUs in Kubernetes')"),
    Attack("secrets of a cluster are kept as they are", ENC, _config("kubeadm", "encryption.yaml", KUBEADM),
        "critical", "the first provider writes, and identity writes plain text into etcd (Kubernetes, 'Encrypting "
        "Confidential Data at Rest')"),
    Attack("disks of the cluster's own store are not encrypted", ENC, (crd("ceph.rook.io/v1:CephCluster", {
        "cephVersion": {"image": "quay.io/ceph/ceph:v19.2.2"}, "dataDirHostPath": "/var/lib/rook",
        "mon": {"count": 3}, "network": {"connections": {"encryption": {"enabled": False}}},
        "storage": {"storageClassDeviceSets": [{"name": "set1", "count": 3, "encrypted": False, "portable": False,
            "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {
                "storageClassName": "local", "volumeMode": "Block", "accessModes": ["ReadWriteOnce"],
                "resources": {"requests": {"storage": "1Ti"}}}}]}]}}),),
        "major", "data of every tenant is in plain text on disks and between nodes (Rook, CephCluster, encrypted)"),
    Attack("a search cluster answers without TLS by a negative switch", ENC, (
        crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {
            "version": "8.17.0", "http": {"tls": {"selfSignedCertificate": {"disabled": True}}}, "nodeSets": [{
                "name": "default", "count": 3,
                "podTemplate": {"metadata": {"labels": TAGS}, "spec": {}}}]}),),
        "major", "passwords and documents in plain text (ECK, 'HTTP TLS settings')"),
    Attack("a gateway of APIs accepts tokens that nobody signed", OPEN, (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml",
        "value": UNSIGNED}),),
        "critical", "everybody writes a token with the right audience (API Management, 'validate-jwt', "
        "require-signed-tokens)"),
    Attack("whoever is in the directory changes every share", OPEN, (Given(STORAGE.type, {
        **STORAGE.props, "azureFilesIdentityBasedAuthentication": {
            "directoryServiceOptions": "AADKERB",
            "defaultSharePermission": "StorageFileDataSmbShareElevatedContributor"}}, "stdata"),),
        "critical", "reads, writes and rights on every file without a role assignment (Azure Files, 'Assign "
        "share-level permissions', default permission)"),
    Attack("a cache of Azure asks nobody for a key", OPEN, (az("redis:Redis", {
        **HERE, "name": "cache", "sku": {"name": "Premium", "family": "P", "capacity": 1}, "minimumTlsVersion": "1.2",
        "enableNonSslPort": False, "publicNetworkAccess": "Disabled", "disableAccessKeyAuthentication": False,
        "subnetId": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/spoke/subnets/cache",
        "redisConfiguration": {"authnotrequired": "true"}}),),
        "critical", "each machine of the network reads sessions and answers ('highly discouraged', Azure Cache for "
        "Redis, authnotrequired)"),
    Attack("new repositories of images are a stranger's to write", OPEN, (aws("ecr/RepositoryCreationTemplate", {
        "prefix": "ROOT", "appliedFors": ["CREATE_ON_PUSH", "PULL_THROUGH_CACHE"], "imageTagMutability": "IMMUTABLE",
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "resourceTags": TAGS,
        "customRoleArn": f"arn:aws:iam::{ME}:role/ecr-templates", "repositoryPolicy": document(statement(
            ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload",
             "ecr:BatchGetImage"], "*", None, Principal={"AWS": f"arn:aws:iam::{THEM}:root"}))}),),
        "critical", "the stranger pushes what the platform runs (Amazon ECR, 'Repository creation templates')"),
    Attack("a door of Verified Access lets everybody in", OPEN, (aws("verifiedaccess/Group", {
        "verifiedaccessInstanceId": "vai-0123456789abcdef0", "description": "models", "tags": TAGS,
        "policyDocument": "permit(principal, action, resource) when { context has http_request };",
        "sseConfiguration": {"customerManagedKeyEnabled": True, "kmsKeyArn": KEY}}),),
        "critical", "each request is a request: who is not of the bank gets in too (AWS Verified Access, 'Policies')"),
    Attack("images that are built are everybody's to launch", OPEN, (aws("imagebuilder/DistributionConfiguration", {
        "name": "gpu", "tags": TAGS, "distributions": [{"region": R, "amiDistributionConfiguration": {
            "name": "gpu-{{ imagebuilder:buildDate }}", "kmsKeyId": KEY, "amiTags": TAGS,
            "launchPermission": {"userGroups": ["all"]}}}]}),),
        "critical", "programs, models and files of the image are public (EC2 Image Builder, launchPermission)"),
    Attack("a workflow starts for every address", OPEN, (az("logic:Workflow", {
        **HERE, "workflowName": "refunds", "state": "Enabled", "accessControl": {"triggers": {
            "allowedCallerIpAddresses": [{"addressRange": "0.0.0.0-127.255.255.255"},
                                         {"addressRange": "128.0.0.0-255.255.255.255"}]}},
        "definition": {"$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                                  "workflowdefinition.json#", "contentVersion": "1.0.0.0", "triggers": {
            "manual": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}}, "actions": {}, "outputs": {}}}),),
        "major", "whoever finds the address starts refunds (Azure Logic Apps, 'Access for inbound calls')"),
    Attack("a proxy fetches whatever its caller names", OPEN, _config("fetch", "default.conf", FETCH),
        "major", "callers reach services and metadata that policies keep from them (nginx, proxy_pass with variables; "
        "OWASP, 'Server Side Request Forgery')"),
    Attack("a proxy lets every pod out", OPEN, _config("egress", "squid.conf", SQUID),
        "critical", "denied pods send data anywhere by the proxy, which may leave (Squid, http_access)"),
    Attack("a certificate's key is copied into every namespace by an annotation", OPEN, (
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "models-tls", "dnsNames": ["models.example.ae"], "issuerRef": {
                "name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}, "secretTemplate": {
                    "annotations": {"reflector.v1.k8s.emberstack.com/reflection-allowed": "true",
                                    "reflector.v1.k8s.emberstack.com/reflection-auto-enabled": "true"}}}),),
        "critical", "each tenant has the private key and is models.example.ae (Reflector, 'Automatic mirrors')"),
    Attack("the block on public clusters of EMR is lifted", OPEN, (aws("emr/BlockPublicAccessConfiguration", {
        "blockPublicSecurityGroupRules": False}),),
        "critical", "clusters start with groups that are open to the internet (Amazon EMR, 'Using block public "
        "access')"),
)  # fmt: skip
