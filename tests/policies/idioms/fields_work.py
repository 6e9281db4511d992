"""Good neighbours of the attacks `fields_work*`: the same objects, hardened (2026-11-29).

By the API types of the projects that the attacks name, and by their examples for production.
"""

from ..blind import IMAGE, KEY, KUBE, ME, TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom
from .eleventh_charts import inside, secret_variable
from .eleventh_cluster import priced, top
from .sixth_kubernetes import MODELS, service

OURS = {"residency": {"known": {"example.ae": "our own domain"}}}
SIZE = {"cpu": "1", "memory": "1Gi"}
KEYS = {"name": "s", "key": "k"}


def _job(name: str, *, annotations: object = None, **spec: object) -> Given:
    template = {"metadata": {"labels": TAGS, "annotations": annotations or {}},
                "spec": pod({}, restartPolicy="Never")}  # fmt: skip
    return k8s("batch/v1:Job", {"metadata": meta(name), "spec": {
        "backoffLimit": 2, "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, **spec,
        "template": template}}, name)  # fmt: skip


def _ray(**head: object) -> dict[str, object]:
    return {"rayVersion": "2.52.0", "authOptions": {"mode": "token"}, "headGroupSpec": {
        "rayStartParams": {"redis-password": "$REDIS_PASSWORD"},
        "template": {"metadata": {"labels": TAGS}, "spec": pod({})}, **head}}  # fmt: skip


def _release(chart: str, values: object) -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://{ME}.dkr.ecr.me-central-1.amazonaws.com/charts/{chart}", "version": "4.3.1",
        "namespace": chart, "values": values}, chart, provider=KUBE)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a confidential job of Kueue has the memory and the machines that it needs", (
        _job("train", managedBy="kueue.x-k8s.io/multikueue", annotations={
            "io.katacontainers.config.hypervisor.default_memory": "4096",
            "kueue.x-k8s.io/podset-required-topology": "cloud.provider.com/topology-rack"}),),
        "kueue.sigs.k8s.io, Topology Aware Scheduling; Kata Containers, sandbox annotations"),
    Idiom("a share of the data centre is mounted with the key of its own namespace", (
        k8s("core/v1:PersistentVolume", {"metadata": {"name": "files", "labels": TAGS}, "spec": {
            "capacity": {"storage": "10Gi"}, "accessModes": ["ReadWriteMany"],
            "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "",
            "mountOptions": ["vers=3.1.1", "seal"], "claimRef": {"namespace": "team-a", "name": "files"},
            "csi": {"driver": "smb.csi.k8s.io", "volumeHandle": "files",
                    "volumeAttributes": {"source": "//files.dc1.example.ae/team-a"},
                    "nodeStageSecretRef": {"name": "files", "namespace": "team-a"}}}}, "files"),
        k8s("core/v1:PersistentVolume", {"metadata": {"name": "disk", "labels": TAGS}, "spec": {
            "capacity": {"storage": "100Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "local",
            "persistentVolumeReclaimPolicy": "Retain", "local": {"path": "/mnt/disks/ssd1"}, "nodeAffinity": {
                "required": {"nodeSelectorTerms": [{"matchExpressions": [
                    {"key": "kubernetes.io/hostname", "operator": "In", "values": ["n1"]}]}]}}}}, "disk")),
        "kubernetes-csi/csi-driver-smb, deploy/example; kubernetes.io, local volumes", OURS),
    Idiom("a class of shares takes the key of each claim's namespace", (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "shares", "labels": TAGS}, "provisioner": "smb.csi.k8s.io",
            "reclaimPolicy": "Retain", "mountOptions": ["vers=3.1.1", "seal"], "parameters": {
                "source": "//files.dc1.example.ae/teams", "csi.storage.k8s.io/node-stage-secret-name": "smb",
                "csi.storage.k8s.io/node-stage-secret-namespace": "${pvc.namespace}"}}, "shares"),),
        "kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class", OURS),
    Idiom("a class of disks of Rook takes the keys of its operator", (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "disks", "labels": TAGS}, "provisioner": "rook-ceph.rbd.csi.ceph.com",
            "reclaimPolicy": "Retain", "allowVolumeExpansion": True, "parameters": {
                "clusterID": "rook-ceph", "pool": "replicapool", "encrypted": "true", "encryptionKMSID": "vault",
                "imageFormat": "2", "imageFeatures": "layering", "csi.storage.k8s.io/fstype": "ext4", **{
                    f"csi.storage.k8s.io/{use}-secret-{part}": value
                    for use in ("provisioner", "controller-expand", "controller-publish", "node-stage")
                    for part, value in (("name", "rook-csi-rbd"), ("namespace", "rook-ceph"))}}}, "disks"),),
        "rook/rook 1938299f, deploy/examples/csi/rbd/storageclass.yaml", OURS),
    Idiom("a service without a selector has the address of a machine of the data centre", (
        k8s("core/v1:Service", {"metadata": meta("ledger"), "spec": {
            "type": "ClusterIP", "ports": [{"port": 5432}]}}, "ledger"),
        k8s("core/v1:Endpoints", {"metadata": meta("ledger"), "subsets": [{
            "addresses": [{"ip": "10.40.0.7"}], "ports": [{"port": 5432}]}]}, "ledger-address")),
        "kubernetes.io, services without selectors"),
    Idiom("runners grow with the queue of the bank's own forge, with a role of their own", (
        *service("runner", IMAGE, 8080, "/health"),
        inside("keda.sh/v1alpha1:TriggerAuthentication", "forge", {
            "podIdentity": {"provider": "aws", "identityOwner": "workload"}}),
        inside("keda.sh/v1alpha1:ScaledObject", "runner", {
            "scaleTargetRef": {"name": "runner"}, "maxReplicaCount": 4, "triggers": [
                {"type": "github-runner", "authenticationRef": {"name": "forge"}, "metadata": {
                    "githubApiURL": "https://git.example.ae/api/v3", "owner": "bank", "runnerScope": "org"}},
                {"type": "aws-sqs-queue", "authenticationRef": {"name": "forge"}, "metadata": {
                    "queueURL": f"https://sqs.me-central-1.amazonaws.com/{ME}/jobs", "awsRegion": "me-central-1",
                    "identityOwner": "pod", "queueLength": "5"}}]}, **{})),
        "keda.sh/docs/2.18/scalers/github-runner, AWS authentication", {**OURS, **MODELS}),
    Idiom("a service of a team is woken by the requests for its own host", (
        *service("quotes", IMAGE, 8080, "/health"),
        inside("http.keda.sh/v1alpha1:HTTPScaledObject", "quotes", {
            "hosts": ["quotes.example.ae"], "replicas": {"min": 0, "max": 4}, "scaleTargetRef": {
                "name": "quotes", "kind": "Deployment", "apiVersion": "apps/v1", "service": "quotes", "port": 8080}})),
        "kedacore/http-add-on, docs/ref", {**OURS, **MODELS}),
    Idiom("a cluster of Ray keeps its state in Redis with keys of secrets", (
        inside("ray.io/v1:RayCluster", "state", {
            **_ray(headService={"spec": {"type": "ClusterIP"}}), "enableInTreeAutoscaling": True,
            "autoscalerOptions": {"version": "v2", "env": [secret_variable("MODELS_API_KEY", "models", "key")],
                                  "image": IMAGE, "resources": {"requests": SIZE, "limits": SIZE}},
            "gcsFaultToleranceOptions": {"redisAddress": "rediss://redis.team-a.svc.cluster.local:6379",
                                         "redisPassword": {"valueFrom": {"secretKeyRef": KEYS}}}}),
        inside("ray.io/v1:RayJob", "train", {
            "shutdownAfterJobFinishes": True, "ttlSecondsAfterFinished": 600, "activeDeadlineSeconds": 7200,
            "entrypoint": "python /app/train.py", "rayClusterSpec": _ray(), "managedBy": "ray.io/kuberay-operator"})),
        "ray-project/kuberay feeaf72f config/samples/ray-cluster.external-redis.yaml", MODELS),
    Idiom("a program of Spark grows to twenty executors, with the role of its account", (
        inside("sparkoperator.k8s.io/v1beta2:SparkApplication", "claims", {
            "type": "Python", "mode": "cluster", "sparkVersion": "4.0.0", "image": IMAGE,
            "mainApplicationFile": "local:///app/claims.py", "restartPolicy": {"type": "Never"},
            "dynamicAllocation": {"enabled": True, "initialExecutors": 2, "minExecutors": 1, "maxExecutors": 20},
            "sparkConf": {"spark.authenticate": "true", "spark.network.crypto.enabled": "true",
                          "spark.hadoop.fs.s3a.aws.credentials.provider":
                              "software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider"},
            "driver": {"cores": 1, "memory": "2g", "serviceAccount": "claims", "labels": TAGS,
                       "envSecretKeyRefs": {"STORE_PASSWORD": KEYS}, "envVars": {"LOG_LEVEL": "info"}},
            "executor": {"cores": 2, "memory": "4g", "instances": 2, "labels": TAGS}}),),
        "kubeflow/spark-operator 38082f33 examples/spark-pi-dynamic-allocation.yaml", {**OURS, **MODELS}),
    Idiom("requests to a model are logged by their number", (
        inside("serving.kserve.io/v1beta1:InferenceService", "risk", {"predictor": {
            "serviceAccountName": "risk", "minReplicas": 1, "maxReplicas": 2,
            "logger": {"mode": "all", "url": "http://log.team-a.svc.cluster.local",
                       "metadataHeaders": ["x-request-id"]},
            "model": {"modelFormat": {"name": "sklearn"}, "storageUri": "pvc://models/risk",
                      "resources": {"requests": SIZE, "limits": SIZE}}}}),),
        "kserve.github.io, Inference Logger", MODELS),
    Idiom("machines of Karpenter have an image of the bank and disks of their size", (
        top("karpenter.k8s.aws/v1:EC2NodeClass", "bank", {
            "role": "bank-node", "amiFamily": "AL2023",
            "amiSelectorTerms": [{"name": "bank-al2023-*", "owner": "self"}],
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "prod"}}], "tags": TAGS,
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "prod"}}],
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": True, "kmsKeyID": KEY, "volumeSize": "200Gi", "volumeType": "gp3", "iops": 4000}}]}),),
        "karpenter.sh/docs/concepts/nodeclasses", MODELS),
    Idiom("notebooks of the bank let users choose images of its own registry", (
        _release("jupyterhub", {
            "proxy": {"service": {"type": "ClusterIP"}, "chp": {"networkPolicy": {"enabled": True}}},
            "hub": {"networkPolicy": {"enabled": True}, "existingSecret": "hub",
                    "loadRoles": {"user": {"scopes": ["self", "access:services"]}},
                    "config": {"JupyterHub": {"authenticator_class": "generic-oauth"}, "GenericOAuthenticator": {
                        "authorize_url": "https://login.example.ae/authorize", "allowed_groups": ["analysts"]}}},
            "singleuser": {"uid": 1000, "networkPolicy": {"enabled": True}, "profileList": [{
                "display_name": "Own image", "profile_options": {"image": {
                    "display_name": "Image", "unlisted_choice": {
                        "enabled": True, "display_name": "Image", "validation_regex":
                            rf"{ME}\.dkr\.ecr\.me-central-1\.amazonaws\.com/notebooks/.+",
                        "kubespawner_override": {"image": "{value}"}}}}}]}}),),
        "z2jh.jupyter.org, Customizing User Environment", {**OURS, "escape": {"helm_sources": {
            f"oci://{ME}.dkr.ecr.me-central-1.amazonaws.com/charts": "our mirror"}}}),
    Idiom("a source of events checks the broker's name and certificate", (
        inside("argoproj.io/v1alpha1:EventSource", "orders", {"pulsar": {"orders": {
            "url": "pulsar+ssl://pulsar.team-a.svc.cluster.local:6651", "topics": ["orders"],
            "tlsAllowInsecureConnection": False, "tlsValidateHostname": True,
            "tls": {"caCertSecret": KEYS}}}}),),
        "argoproj/argo-events 6478ece4 examples/event-sources/pulsar.yaml", {
            **MODELS, **priced("argoproj.io/v1alpha1:EventSource", "orders")}),
    Idiom("a job takes one of two kinds of GPUs", (
        k8s("resource.k8s.io/v1:ResourceClaimTemplate", {"metadata": meta("gpu"), "spec": {"spec": {"devices": {
            "requests": [{"name": "g", "firstAvailable": [
                {"name": "large", "deviceClassName": "gpu.nvidia.com", "count": 1},
                {"name": "small", "deviceClassName": "mig.nvidia.com", "count": 2}]}]}}}}, "gpu"),),
        "kubernetes.io, Dynamic Resource Allocation, prioritized list"),
    Idiom("stores, notebooks and workflows of charts state what protects them", tuple(
        _release(chart, values) for chart, values in {
            "qdrant": {"replicaCount": 3, "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "key"}}}},
            "weaviate": {
                "service": {"type": "ClusterIP"}, "grpcService": {"type": "ClusterIP"},
                "initContainers": {"sysctlInitContainer": {"enabled": False}},
                "authentication": {"anonymous_access": {"enabled": False}, "oidc": {
                    "enabled": True, "issuer": "https://login.example.ae/realms/bank", "client_id": "weaviate"}},
                "authorization": {"rbac": {"enabled": True, "root_users": ["platform"]}}},
            "open-webui": {"openaiBaseApiUrl": "http://vllm.models.svc.cluster.local/v1",
                           "openaiApiKeyExistingSecret": "key", "persistence": {"provider": "local"}},
            "mlflow": {"auth": {
                "enabled": True, "existingAdminSecret": {"name": "admin"}, "defaultPermission": "READ"}},
            "argo-workflows": {"server": {"authModes": ["sso"], "secure": True, "sso": {
                "enabled": True, "issuer": "https://login.example.ae/realms/bank", "rbac": {"enabled": True},
                "filterGroupsRegex": ["^data-.*$"]}}},
            "airflow": {"webserver": {"defaultUser": {"enabled": False}}, "fernetKeySecretName": "fernet",
                        "webserverSecretKeySecretName": "web", "data": {"metadataSecretName": "database"},
                        "flower": {"enabled": True, "secretName": "flower"}},
        }.items()),
        "values of the charts that the attacks name, hardened", {**OURS, "escape": {"helm_sources": {
            f"oci://{ME}.dkr.ecr.me-central-1.amazonaws.com/charts": "our mirror"}}}),
)  # fmt: skip
