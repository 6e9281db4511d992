"""Attacks by fields of workflows, served models, notebooks and machines, read one by one in their API types
(2026-11-29).

Sources: argoproj/argo-workflows f016ad89 workflow_types.go, kserve/kserve aaac4e29 pkg/apis/serving,
jupyterhub/zero-to-jupyterhub-k8s 48ea50e3 jupyterhub/values.yaml and aws/karpenter-provider-aws 1d927085
ec2nodeclass.go; read 2026-11-29.
"""

from ..blind import KEY, KUBE, TAGS, THEM, crd, k8s, pod
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
BUYS = "an autoscaler of another stack buys the machines"
ARGO = "argoproj/argo-workflows f016ad89 workflow_types.go"
KSERVE = "kserve/kserve aaac4e29 pkg/apis/serving"
HUB = "jupyterhub/zero-to-jupyterhub-k8s 48ea50e3 jupyterhub/values.yaml"
KARPENTER = "aws/karpenter-provider-aws pkg/apis/v1/ec2nodeclass.go"
SIZE = {"cpu": "1", "memory": "1Gi"}
GPUS = {"resources": {"requests": {**SIZE, "nvidia.com/gpu": "8"}, "limits": {**SIZE, "nvidia.com/gpu": "8"}}}
CONTROL_PLANE = "node-role.kubernetes.io/control-plane"
_COOKIES = "0123456789abcdef" * 2
OAUTH = {"config": {"JupyterHub": {"authenticator_class": "generic-oauth"}, "GenericOAuthenticator": {
    "authorize_url": "https://login.example.ae/authorize", "allowed_groups": ["analysts"]}}}  # fmt: skip


def _workflow(template: object = None, **spec: object) -> tuple[Given, ...]:
    container = pod({})["containers"][0]  # type: ignore[index]
    return (crd("argoproj.io/v1alpha1:Workflow", {
        "entrypoint": "m", "serviceAccountName": "wf", "activeDeadlineSeconds": 3600,
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "podMetadata": {"labels": TAGS}, "templates": [{"name": "m", "container": container, **(template or {})}],  # type: ignore[dict-item]
        **spec}),)  # fmt: skip


def _served(**predictor: object) -> tuple[Given, ...]:
    model = {"modelFormat": {"name": "sklearn"}, "storageUri": "pvc://models/x",
             "resources": {"requests": SIZE, "limits": SIZE}}  # fmt: skip
    return (
        STACK,
        crd(
            "serving.kserve.io/v1beta1:InferenceService",
            {"predictor": {"serviceAccountName": "m", "minReplicas": 1, "maxReplicas": 2, "model": model, **predictor}},
        ),
    )


def _llm(container: object = None, **spec: object) -> tuple[Given, ...]:
    return (STACK, crd("serving.kserve.io/v1alpha2:LLMInferenceService", {
        "model": {"uri": "pvc://models/x", "name": "m"}, "replicas": 1, "template": pod(container or {}), **spec}))  # type: ignore[arg-type]  # fmt: skip


def _hub(hub: object = None, proxy: object = None, **values: object) -> tuple[Given, ...]:
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": "oci://registry.dc1.example.ae/charts/jupyterhub", "version": "4.3.1", "namespace": "jupyter",
        "values": {"proxy": {"service": {"type": "ClusterIP", **(proxy or {})}}, "hub": {**OAUTH, **(hub or {})},  # type: ignore[dict-item]
                   **values}}, "jupyterhub", provider=KUBE),)  # fmt: skip


DISK = {"encrypted": True, "kmsKeyID": KEY, "volumeSize": "50Gi", "volumeType": "gp3"}


def _machines(**spec: object) -> tuple[Given, ...]:
    return (STACK, k8s("karpenter.k8s.aws/v1:EC2NodeClass", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
        "role": "node", "amiSelectorTerms": [{"alias": "al2023@v20260801"}],
        "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "c"}}], "tags": TAGS,
        "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "c"}}],
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
        "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": DISK}], **spec}}))  # fmt: skip


def _disk(**ebs: object) -> tuple[Given, ...]:
    return _machines(blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {**DISK, **ebs}}])


ATTACKS = (
    Attack("a workflow believes another address of the sign-in", OPEN, _workflow(hostAliases=[{
        "ip": "203.0.113.5", "hostnames": ["login.example.ae"]}]),
        "critical", f"passwords leave the country (WorkflowSpec.hostAliases, {ARGO})"),
    Attack("pods of a workflow have the priority of the system", MONEY, _workflow(
        podPriorityClassName="system-node-critical"),
        "major", f"they displace the pods of the platform (WorkflowSpec.podPriorityClassName, {ARGO})"),
    Attack("a workflow runs beside the API server", OPEN, _workflow(nodeSelector={CONTROL_PLANE: ""}),
        "critical", f"an outbreak has the keys of the cluster (WorkflowSpec.nodeSelector, {ARGO})"),
    Attack("a workflow writes its results to another cloud", OPEN, _workflow({"outputs": {"artifacts": [{
        "name": "o", "path": "/o", "gcs": {"bucket": "b", "key": "k"}}]}}),
        "critical", f"results leave the country (GCSBucket, {ARGO})"),
    Attack("a graph of models starts on a machine of its choice", OPEN, (crd(
        "serving.kserve.io/v1alpha1:InferenceGraph", {
            "nodeName": "cp-1", "nodes": {"root": {"routerType": "Sequence", "steps": [{"serviceName": "m"}]}}}),),
        "major", f"taints and the scheduler do not apply (InferenceGraphSpec.nodeName, {KSERVE})"),
    Attack("the log of a model keeps the tokens of its callers", OPEN, _served(logger={
        "mode": "all", "url": "http://log.team-a.svc.cluster.local", "metadataHeaders": ["Authorization", "Cookie"]}),
        "critical", f"whoever reads the log acts as each caller (LoggerSpec.metadataHeaders, {KSERVE})"),
    Attack("requests to a model are kept in another cloud", OPEN, _served(logger={"mode": "all", "storage": {
        "path": "p", "key": "k", "parameters": {"type": "gs", "bucket": "requests"}}}),
        "critical", f"requests leave the country (LoggerStorageSpec, {KSERVE})"),
    Attack("a copy of a model has a thousand machines in a row", MONEY, _served(workerSpec={
        "pipelineParallelSize": 1000, "containers": [{**pod(GPUS)["containers"][0]}]}),  # type: ignore[index]
        "critical", f"8,000 GPUs: {BUYS} (WorkerSpec.pipelineParallelSize, {KSERVE})"),
    Attack("a served model is on two thousand machines by its data parallelism", MONEY, _llm(GPUS, parallelism={
        "data": 2000, "dataLocal": 1}), "critical", f"16,000 GPUs: {BUYS} (ParallelismSpec.data, {KSERVE})"),
    Attack("the cache of a served model has nine hundred terabytes", MONEY, _llm(kvCacheOffloading={
        "cpu": "1Gi", "secondary": [{"fileSystem": {"pvc": {"spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
            "resources": {"requests": {"storage": "900Ti"}}}}}}]}),
        "critical", f"the disk is charged by its size (KVCacheOffloadingSpec, {KSERVE})"),
    Attack("models of every namespace are kept in the settings of a machine", OPEN, (k8s(
        "serving.kserve.io/v1alpha1:LocalModelNodeGroup", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
            "storageLimit": "1Ti", "persistentVolumeClaimSpec": {}, "persistentVolumeSpec": {
                "local": {"path": "/etc"}, "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Ti"}}}}),),
        "critical", f"a downloaded model replaces the files of the node (LocalModelNodeGroupSpec, {KSERVE})"),
    Attack("users of notebooks start any image", OPEN, _hub(singleuser={"profileList": [{
        "display_name": "any", "profile_options": {"image": {"display_name": "Image", "unlisted_choice": {
            "enabled": True, "display_name": "any", "validation_regex": ".*",
            "kubespawner_override": {"image": "{value}"}}}}}]}),
        "critical", f"programs from anywhere run with the rights of notebooks (profileList, {HUB})"),
    Attack("notebooks are root in their pods", OPEN, _hub(singleuser={"uid": 0}),
        "major", f"an outbreak is root on the node (singleuser.uid, {HUB})"),
    Attack("notebooks reach every pod of the cluster", OPEN, _hub(singleuser={"networkPolicy": {"enabled": False}}),
        "major", f"users reach the hub and the programs of others (singleuser.networkPolicy, {HUB})"),
    Attack("each user of notebooks is their administrator", OPEN, _hub({"loadRoles": {"user": {
        "scopes": ["admin:users", "access:servers"]}}}),
        "critical", f"each reads the files of all others (hub.loadRoles, {HUB})"),
    Attack("notebooks are root on their machines by a line of settings", OPEN, _hub({"extraConfig": {
        "x": "c.KubeSpawner.privileged = True"}}),
        "critical", f"each user takes over the node (hub.extraConfig, {HUB})"),
    Attack("the key of the cookies of notebooks is in the values", OPEN, _hub({"cookieSecret": _COOKIES}),
        "critical", f"whoever reads them signs in as any user (hub.cookieSecret, {HUB})"),
    Attack("the proxy of notebooks takes a public address", OPEN, _hub(proxy={"externalIPs": ["203.0.113.4"]}),
        "critical", f"everybody reaches the sign-in (proxy.service.externalIPs, {HUB})"),
    Attack("machines start any image of a stranger", OPEN, _machines(amiSelectorTerms=[{"name": "*", "owner": THEM}]),
        "critical", f"the stranger has each pod of the machine (AMISelectorTerm.owner, {KARPENTER})"),
    Attack("each pod of a machine gets the rights of the machine", OPEN, _machines(metadataOptions={
        "httpTokens": "required", "httpPutResponseHopLimit": 64}),
        "major", f"pods read the keys of the node (MetadataOptions.httpPutResponseHopLimit, {KARPENTER})"),
    Attack("each machine has the fastest disk", MONEY, _disk(volumeType="io2", iops=256000),
        "critical", f"25,000 dollars a month for each node (BlockDevice.iops, {KARPENTER})"),
    Attack("each machine has the largest disk", MONEY, _disk(volumeSize="64Ti"),
        "critical", f"6,000 dollars a month for each node (BlockDevice.volumeSize, {KARPENTER})"),
)  # fmt: skip
