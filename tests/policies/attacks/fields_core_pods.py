"""Attacks by fields of pods, and of what pods ask for, read one by one in Kubernetes' API types (2026-11-29).

Each passed the pack before it was mended. Sources: kubernetes/api 10b39a39 and kubernetes/website 3842a284, read
2026-11-29; what drivers and runtimes do, as known.
"""

from collections.abc import Mapping

from ..blind import TAGS, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
API, SITE = "kubernetes/api 10b39a39", "kubernetes/website 3842a284"
BUYS = "an autoscaler of another stack buys the machines"
CONTAINER = pod({})["containers"][0]  # type: ignore[index]
Body = Mapping[str, object]


def thing(kind: str, body: Body, namespace: str = "team-a", name: str = "x", **more: object) -> tuple[Given, ...]:
    """Returns an object with the cost labels; of the whole cluster if its namespace is empty."""
    named = meta(name, namespace, **more)
    if not namespace:
        del named["namespace"]
    return (k8s(kind, {"metadata": named, **body}),)


def _pods(container: Body | None = None, replicas: int = 2, **spec: object) -> tuple[Given, ...]:
    return (STACK, workload("apps/v1:Deployment", container or {}, replicas, **spec))


def _job(labels: Body | None = None, annotations: Body | None = None, **spec: object) -> tuple[Given, ...]:
    template = {"metadata": {"labels": {**TAGS, **(labels or {})}, "annotations": annotations or {}},
                "spec": pod({}, restartPolicy="Never")}  # fmt: skip
    return thing("batch/v1:Job", {"spec": {"activeDeadlineSeconds": 600, **spec, "template": template}})


def _limited(**limits: str) -> Body:
    return {"resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi", **limits}}}


def _context(**fields: object) -> tuple[Given, ...]:
    return _pods(securityContext={"runAsNonRoot": True, "runAsUser": 10001,
                                  "seccompProfile": {"type": "RuntimeDefault"}, **fields})  # fmt: skip


def _volume(**source: object) -> tuple[Given, ...]:
    return _pods({"volumeMounts": [{"name": "v", "mountPath": "/v"}]}, volumes=[{"name": "v", **source}])


def _apart() -> Body:
    return {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
        {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "x"}}}]}}  # fmt: skip


def _claim(**request: object) -> tuple[Given, ...]:
    exactly = {"deviceClassName": "gpu.nvidia.com", **request}
    return thing("resource.k8s.io/v1:ResourceClaim", {"spec": {"devices": {"requests": [
        {"name": "g", "exactly": exactly}]}}})  # fmt: skip


def _class(**spec: object) -> tuple[Given, ...]:
    return thing("resource.k8s.io/v1:DeviceClass", {"spec": spec}, "")


_CLAIMED = {"volumeClaimTemplate": {"spec": {
    "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
    "resources": {"requests": {"storage": "5Gi"}}}}}  # fmt: skip

ATTACKS = (
    Attack("a pod tolerates every taint", OPEN, _pods(tolerations=[{"operator": "Exists"}]),
           "critical", f"it stands beside the API server (core/v1 Toleration, {API})"),
    Attack("a pod of a team stands on the machines of the system pool", OPEN, _pods(
        nodeSelector={"kubernetes.azure.com/mode": "system"},
        tolerations=[{"key": "CriticalAddonsOnly", "operator": "Exists"}]),
        "major", "it takes the machines of the cluster's own add-ons (Microsoft, 'System node pools', as known)"),
    Attack("a scheduler of a stranger says where pods run", OPEN, _pods(schedulerName="stranger-scheduler"),
           "major", f"taints and spreading do not apply (core/v1 PodSpec.schedulerName, {API})"),
    Attack("a pod asks for processors beside its containers", MONEY, _pods(
        replicas=50, resources={"requests": {"cpu": "400"}, "limits": {"cpu": "400"}}),
        "critical", f"{BUYS} (core/v1 PodSpec.resources, {API})"),
    Attack("a pod books processors as overhead", MONEY, _pods(replicas=50, overhead={"cpu": "400"}),
           "major", f"{BUYS} (core/v1 PodSpec.overhead, {API})"),
    Attack("pods ask for twenty tebibytes of memory each", MONEY, _pods(
        {"resources": {"requests": {"cpu": "1", "memory": "20Ti"}, "limits": {"memory": "20Ti"}}}, 100),
        "critical", f"{BUYS} (core/v1 ResourceRequirements, {API})"),
    Attack("a container asks for GPUs by the name of their class", MONEY, _pods(
        _limited(**{"deviceclass.resource.kubernetes.io/gpu.nvidia.com": "8"}), 100),
        "critical", f"{BUYS} (resource/v1 ResourceDeviceClassPrefix, {API})"),
    Attack("a class gives its GPUs another name", MONEY, _class(
        extendedResourceName="example.com/x", selectors=[{"cel": {"expression": "device.driver == 'gpu.nvidia.com'"}}]),
        "critical", f"containers ask for GPUs that no rule counts (resource/v1 DeviceClassSpec, {API})"),
    Attack("three hundred pods share no machine", MONEY, _pods(replicas=300, affinity=_apart()),
           "major", f"{BUYS} (core/v1 PodAntiAffinity, {API})"),
    Attack("three hundred pods need a machine each to be spread", MONEY, _pods(None, 300, topologySpreadConstraints=[{
        "maxSkew": 1, "minDomains": 300, "topologyKey": "kubernetes.io/hostname",
        "whenUnsatisfiable": "DoNotSchedule"}]),
        "major", f"{BUYS} (core/v1 TopologySpreadConstraint.minDomains, {API})"),
    Attack("pods that ask for no GPU stand on machines with eight each", MONEY, _pods(
        replicas=40, affinity=_apart(), nodeSelector={"node.kubernetes.io/instance-type": "p5.48xlarge"}),
        "critical", f"{BUYS} ('Well-Known Labels', instance-type, {SITE})"),
    Attack("a controller of the first days has five thousand pods", MONEY, (STACK, *thing(
        "core/v1:ReplicationController", {"spec": {"replicas": 5_000, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({"resources": {
                "requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}}})}}})),
        "critical", f"{BUYS} (core/v1 ReplicationControllerSpec, {API})"),
    Attack("an autoscaler keeps two thousand pods of another stack", MONEY, (STACK, *thing(
        "autoscaling/v2:HorizontalPodAutoscaler", {"spec": {
            "minReplicas": 2_000, "maxReplicas": 2_000, "scaleTargetRef": {"kind": "Deployment", "name": "other"}}})),
        "critical", f"{BUYS} (autoscaling/v2 HorizontalPodAutoscalerSpec, {API})"),
    Attack("each change starts ten times the pods", MONEY, (STACK, k8s("apps/v1:Deployment", {
        "metadata": meta(), "spec": {
            "replicas": 200, "strategy": {"rollingUpdate": {"maxSurge": "1000%"}},
            "selector": {"matchLabels": {"app": "x"}},
            "template": {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod({})}}})),
        "major", f"{BUYS} (apps/v1 RollingUpdateDeployment.maxSurge, {API})"),
    Attack("a machine waits a year for a pod to end", MONEY, _pods(terminationGracePeriodSeconds=31_536_000),
           "minor", f"it is paid for, and never patched (core/v1 PodSpec.terminationGracePeriodSeconds, {API})"),
    Attack("a job counts the pods of another", OPEN, _job(manualSelector=True, selector={
        "matchLabels": {"app": "ledger"}}),
        "major", f"it ends them when it is done (batch/v1 JobSpec.manualSelector, {API})"),
    Attack("a claim takes devices that are set aside", OPEN, _claim(tolerations=[{"operator": "Exists"}]),
           "major", f"it gets what an administrator took out of use (resource/v1 DeviceToleration, {API})"),
    Attack("a program invents devices of a machine", OPEN, thing("resource.k8s.io/v1:ResourceSlice", {"spec": {
        "driver": "gpu.nvidia.com", "nodeName": "n1", "devices": [{"name": "gpu-0"}],
        "pool": {"name": "p", "generation": 99, "resourceSliceCount": 1}}}, ""),
        "critical", f"pods are given devices of others (resource/v1 ResourceSliceSpec, {API})"),
    Attack("a class has the devices of every driver", OPEN, _class(),
           "critical", f"network cards and GPUs of others are claimed by it (resource/v1 DeviceClassSpec, {API})"),
    Attack("a class has every device by its expression", OPEN, _class(selectors=[{"cel": {"expression": "true"}}]),
           "major", f"network cards and GPUs of others are claimed by it (resource/v1 CELDeviceSelector, {API})"),
    Attack("the certificate of a pod is valid for a quarter of a year", OPEN, _volume(projected={"sources": [{
        "podCertificate": {"keyType": "ED25519", "signerName": "kubernetes.io/kube-apiserver-client-pod",
                           "maxExpirationSeconds": 7_862_400}}]}),
        "major", f"whoever copied it signs in as the pod (core/v1 PodCertificateProjection, {API})"),
    Attack("a volume of a pod comes from a driver of a stranger", OPEN, _volume(csi={
        "driver": "disks.stranger.example.com"}),
        "critical", f"its files are where the driver likes (core/v1 CSIVolumeSource, {API})"),
    Attack("a volume of a pod is a directory of its machine by a driver", OPEN, _volume(csi={
        "driver": "hostpath.csi.k8s.io"}),
        "critical", "the pod fills the disk of its machine (kubernetes-csi/csi-driver-host-path, as known)"),
    Attack("a volume of a pod is a container in an account of a stranger", OPEN, _volume(csi={
        "driver": "blob.csi.azure.com", "volumeAttributes": {"containerName": "c", "storageAccount": "strangers"}}),
        "critical", "files leave for the stranger's account (blob-csi-driver 0744a60b, docs/driver-parameters.md)"),
    Attack("the claim of a volume that lives with its pod has no labels", ("FJ-TAG-",), _volume(ephemeral=_CLAIMED),
           "major", f"its disk is on the bill of nobody (core/v1 EphemeralVolumeSource, {API})"),
    Attack("a pod has the group of root beside its own", OPEN, _context(supplementalGroups=[0]),
           "minor", f"it writes what that group may (core/v1 PodSecurityContext.supplementalGroups, {API})"),
    Attack("the files of all other pods are open to a pod by its level", OPEN, _context(
        seLinuxOptions={"level": "s0:c0.c1023"}),
        "major", f"it reads the volumes of others (core/v1 SELinuxOptions.level, {API})"),
    Attack("a profile of seccomp forbids nothing", OPEN, _context(
        seccompProfile={"type": "Localhost", "localhostProfile": "profiles/unconfined.json"}),
        "major", f"programs call every function of the kernel (core/v1 SeccompProfile, {API})"),
    Attack("a profile of seccomp only records", OPEN, _context(
        seccompProfile={"type": "Localhost", "localhostProfile": "profiles/audit.json"}),
        "major", f"programs call every function of the kernel ('seccomp' tutorial, {SITE})"),
    Attack("a profile of AppArmor forbids nothing", OPEN, _context(
        appArmorProfile={"type": "Localhost", "localhostProfile": "unconfined"}),
        "major", f"programs open every file of their container's node (core/v1 AppArmorProfile, {API})"),
    Attack("a profile of AppArmor forbids nothing by an annotation", OPEN, _job(annotations={
        "container.apparmor.security.beta.kubernetes.io/app": "localhost/unconfined"}),
        "major", f"programs open every file of their container's node ('Well-Known Annotations', {SITE})"),
    Attack("an image is what a machine has under its name", OPEN, _pods({"imagePullPolicy": "Never"}),
           "major", f"no registry says what runs (core/v1 Container.imagePullPolicy, {API})"),
    Attack("a label gives a pod the identity of payments", OPEN, _job({"aadpodidbinding": "payments"}),
           "critical", "it signs in to Azure as payments (Azure/aad-pod-identity, archived, as known)"),
    Attack("an annotation gives a pod the role of the administrator", OPEN, _job(annotations={
        "iam.amazonaws.com/role": "admin"}),
        "critical", "it signs in to AWS with each role of its machine (jtblin/kube2iam, as known)"),
    Attack("an annotation has the secret that kubectl applied", OPEN, _job(annotations={
        "kubectl.kubernetes.io/last-applied-configuration":
            '{"kind":"Secret","stringData":{"password":"Tr0ub4dor&3xyz"}}'}),
        "major", f"whoever reads the object has the password ('Well-Known Annotations', {SITE})"),
)  # fmt: skip
