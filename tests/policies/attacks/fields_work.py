"""Attacks by fields of Kubernetes' own kinds, read one by one in their API types (2026-11-29).

Sources: kubernetes/api 10b39a39 (core, apps, batch, storage, resource, scheduling, coordination, certificates and
authentication types.go), read 2026-11-29; annotations of runtimes by their projects' documents, as known.
"""

from ..blind import TAGS, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
CONTROL_PLANE = "node-role.kubernetes.io/control-plane"
BUYS = "an autoscaler of another stack buys the machines"
API = "kubernetes/api 10b39a39"


def _object(kind: str, body: object, namespace: str = "team-a", name: str = "x") -> tuple[Given, ...]:
    named = meta(name, namespace)
    if not namespace:
        del named["namespace"]
    return (k8s(kind, {"metadata": named, **body}),)  # type: ignore[dict-item]


def _annotated(**annotations: str) -> tuple[Given, ...]:
    template = {"metadata": {"labels": TAGS, "annotations": annotations}, "spec": pod({}, restartPolicy="Never")}
    return _object("batch/v1:Job", {"spec": {"activeDeadlineSeconds": 600, "template": template}})


def _pods(container: object = None, **spec: object) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", container or {}, **spec),)  # type: ignore[arg-type]


def _mounted(driver: str, **attributes: str) -> tuple[Given, ...]:
    return _pods({"volumeMounts": [{"name": "v", "mountPath": "/v"}]},
                 volumes=[{"name": "v", "csi": {"driver": driver, "volumeAttributes": attributes}}])  # fmt: skip


def _volume(**source: object) -> tuple[Given, ...]:
    return _object("core/v1:PersistentVolume", {"spec": {
        "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "persistentVolumeReclaimPolicy": "Retain",
        "storageClassName": "encrypted", **source}}, "")  # fmt: skip


def _class(provisioner: str, **parameters: str) -> tuple[Given, ...]:
    return _object("storage.k8s.io/v1:StorageClass", {
        "provisioner": provisioner, "reclaimPolicy": "Retain", "parameters": parameters}, "")  # fmt: skip


def _claim(request: object) -> tuple[Given, ...]:
    return (STACK, *_object("resource.k8s.io/v1:ResourceClaim", {"spec": {"devices": {"requests": [request]}}}))


_SHARE = {"driver": "smb.csi.k8s.io", "volumeHandle": "h"}

ATTACKS = (
    Attack("an annotation gives a pod every GPU of its machine", OPEN, _annotated(**{
        "cdi.k8s.io/gpus": "nvidia.com/gpu=all"}),
        "critical", "the pod reads the memory of GPUs of others (cncf-tags/container-device-interface, pkg/cdi)"),
    Attack("an annotation mounts the disk of the machine", OPEN, _annotated(**{
        "devices.nri.io/container.app": "- path: /dev/sda\n  type: b\n  major: 8\n  minor: 0"}),
        "critical", "the pod writes the files of its node (containerd/nri 8ec8b28, device-injector/README.md)"),
    Attack("an annotation mounts the root of the machine", OPEN, _annotated(**{
        "mounts.nri.io/container.app": "- source: /\n  destination: /h\n  type: bind\n  options: [rbind]"}),
        "critical", "the pod writes the files of its node (containerd/nri 8ec8b28, device-injector/README.md)"),
    Attack("an annotation gives a pod a device and the user of the machine", OPEN, _annotated(**{
        "io.kubernetes.cri-o.userns-mode": "host", "io.kubernetes.cri-o.Devices": "/dev/sda"}),
        "critical", "root in the pod is root on its node (cri-o/cri-o f954a17e, pkg/annotations/v2)"),
    Attack("an annotation by its present name gives a pod the disk of the machine", OPEN, _annotated(**{
        "devices.noderesource.dev/container.app": "- path: /dev/sda\n  type: b\n  major: 8\n  minor: 0"}),
        "critical", "the pod writes the files of its node (containerd/nri 8ec8b28, device-injector/README.md)"),
    Attack("an annotation without a container gives the whole pod a device", OPEN, _annotated(**{
        "devices.nri.io": "- path: /dev/sda\n  type: b\n  major: 8\n  minor: 0"}),
        "critical", "the pod writes the files of its node (containerd/nri 8ec8b28, device-injector/README.md)"),
    Attack("an annotation of CRI-O by its present name gives a pod a device", OPEN, _annotated(**{
        "devices.crio.io": "/dev/sda"}),
        "critical", "the pod writes the files of its node (cri-o/cri-o f954a17e, pkg/annotations/v2)"),
    Attack("an annotation of CRI-O takes the profile of system calls away", OPEN, _annotated(**{
        "seccomp-profile.crio.io/app": "unconfined"}),
        "critical", "the pod calls every function of the kernel (cri-o/cri-o f954a17e, pkg/annotations/v2)"),
    Attack("an annotation of CRI-O by its former name takes the profile of system calls away", OPEN, _annotated(**{
        "seccomp-profile.kubernetes.cri-o.io/POD": "unconfined"}),
        "critical", "the pod calls every function of the kernel (cri-o/cri-o f954a17e, pkg/annotations/v2)"),
    Attack("an annotation starts another hypervisor around a pod", OPEN, _annotated(**{
        "io.katacontainers.config.hypervisor.path": "/opt/x"}),
        "critical", "a program of the pod's author is root on its node (Kata Containers, sandbox annotations, as "
        "known)"),
    Attack("an annotation lets the host read a confidential pod", OPEN, _annotated(**{
        "io.katacontainers.config.agent.policy": "cGFja2FnZSBhZ2VudF9wb2xpY3k="}),
        "critical", "the policy of the agent lets the host run commands (Kata Containers, agent policy, as known)"),
    Attack("an annotation gives a pod an address of others", OPEN, _annotated(**{
        "cni.projectcalico.org/ipAddrsNoIpam": '["10.0.0.53"]'}),
        "critical", "policies by address let the pod in (Calico, ipAddrsNoIpam, as known)"),
    Attack("a pod of a team starts on a machine of its choice", OPEN, _pods(nodeName="cp-1"),
        "critical", f"taints and the scheduler do not apply (core/v1 PodSpec.nodeName, {API})"),
    Attack("a pod of a team is put beside the API server", OPEN, _pods(
        nodeSelector={CONTROL_PLANE: ""}, tolerations=[{"key": CONTROL_PLANE, "operator": "Exists"}]),
        "critical", f"an outbreak has the keys of the cluster (core/v1 PodSpec.nodeSelector, {API})"),
    Attack("an affinity puts a pod of a team beside the API server", OPEN, _pods(affinity={"nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [
            {"key": CONTROL_PLANE, "operator": "Exists"}]}]}}}),
        "critical", f"an outbreak has the keys of the cluster (core/v1 NodeSelectorTerm, {API})"),
    Attack("a namespace puts its pods beside the API server", OPEN, (k8s("core/v1:Namespace", {"metadata": {
        "name": "t", "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"}, "annotations": {
            "scheduler.alpha.kubernetes.io/node-selector": f"{CONTROL_PLANE}="}}}),),
        "major", "an outbreak has the keys of the cluster (Kubernetes, PodNodeSelector, as known)"),
    Attack("a container is the administrator of its Windows", OPEN, _pods(securityContext={
        "runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}, "runAsUser": 10001,
        "windowsOptions": {"runAsUserName": "ContainerAdministrator"}}),
        "major", f"the program changes whatever the container has (WindowsSecurityContextOptions, {API})"),
    Attack("a pod writes to a share abroad by the attributes of a driver", OPEN, _mounted(
        "nfs.csi.k8s.io", server="203.0.113.9", share="/"),
        "critical", f"files leave the country (core/v1 CSIVolumeSource.volumeAttributes, {API})"),
    Attack("a pod writes to a Windows share abroad", OPEN, _mounted("smb.csi.k8s.io", source="//203.0.113.9/share"),
        "critical", f"files leave the country (core/v1 CSIVolumeSource.volumeAttributes, {API})"),
    Attack("a volume is a Windows share abroad", OPEN, _volume(csi={
        **_SHARE, "volumeAttributes": {"source": "//203.0.113.9/share"}}),
        "critical", f"files leave the country (core/v1 CSIPersistentVolumeSource.volumeAttributes, {API})"),
    Attack("each claim of a class is on a server abroad", OPEN, _class(
        "nfs.csi.k8s.io", server="203.0.113.5", share="/"),
        "critical", f"files leave the country (storage/v1 StorageClass.parameters, {API}; csi-driver-nfs, as known)"),
    Attack("a volume is the root of its machine as a local volume", OPEN, _volume(
        local={"path": "/"}, nodeAffinity={"required": {"nodeSelectorTerms": [{"matchExpressions": [
            {"key": "kubernetes.io/hostname", "operator": "In", "values": ["n1"]}]}]}}),
        "critical", f"whoever claims it writes the files of the node (core/v1 LocalVolumeSource, {API})"),
    Attack("a volume uses the key of another namespace's share", OPEN, _volume(azureFile={
        "secretName": "x", "shareName": "s", "secretNamespace": "payments"}),
        "critical", f"claims of each namespace read the files of payments (AzureFilePersistentVolumeSource, {API})"),
    Attack("a volume of one team is mounted with the key of another", OPEN, _volume(
        csi={**_SHARE, "nodeStageSecretRef": {"name": "x", "namespace": "payments"}},
        claimRef={"namespace": "team-a", "name": "data"}),
        "critical", f"team-a reads the files of payments (CSIPersistentVolumeSource, {API})"),
    Attack("a class mounts for everybody with the key of one namespace", OPEN, _class("smb.csi.k8s.io", **{
        "csi.storage.k8s.io/node-stage-secret-name": "x",
        "csi.storage.k8s.io/node-stage-secret-namespace": "payments"}),
        "critical", "claims of each namespace read the files of payments (kubernetes-csi, secrets, as known)"),
    Attack("a class takes the namespace of its key from an annotation of the claim", OPEN, _class("smb.csi.k8s.io", **{
        "csi.storage.k8s.io/node-stage-secret-name": "x",
        "csi.storage.k8s.io/node-stage-secret-namespace": "${pvc.annotations['ns']}"}),
        "critical", "each claim names the secret of any namespace (kubernetes-csi, secrets, as known)"),
    Attack("a volume of EFS is in the account of others", OPEN, _volume(csi={
        "driver": "efs.csi.aws.com", "volumeHandle": "fs-0123456789abcdef0",
        "volumeAttributes": {"crossaccount": "true"}}),
        "major", "files are written where others decide who reads them (aws-efs-csi-driver, crossaccount, as known)"),
    Attack("a volume of others is attached to a machine", OPEN, _object("storage.k8s.io/v1:VolumeAttachment", {"spec": {
        "attacher": "ebs.csi.aws.com", "nodeName": "n", "source": {"persistentVolumeName": "pv-payments"}}}, ""),
        "major", f"the node has the disk of payments (storage/v1 VolumeAttachment, {API})"),
    Attack("addresses take the place of the API server", OPEN, _object("core/v1:Endpoints", {"subsets": [{
        "addresses": [{"ip": "10.2.3.4"}], "ports": [{"port": 443}]}]}, "default", "kubernetes"),
        "critical", f"each program of the cluster sends its token there (core/v1 Endpoints, {API})"),
    Attack("a pod is bound to a machine by hand", OPEN, _object("core/v1:Binding", {
        "target": {"kind": "Node", "name": "cp-1"}}),
        "major", f"taints and the scheduler do not apply (core/v1 Binding, {API})"),
    Attack("a token of a controller is asked for by an object", OPEN, _object("authentication.k8s.io/v1:TokenRequest", {
        "spec": {"audiences": ["https://kubernetes.default.svc"]}},
        "kube-system", "clusterrole-aggregation-controller"),
        "critical", f"the state of the stack has every right in the cluster (authentication/v1 TokenRequest, {API})"),
    Attack("a certificate in the name of a pod is asked for by an object", OPEN, _object(
        "certificates.k8s.io/v1beta1:PodCertificateRequest", {"spec": {
            "signerName": "kubernetes.io/kube-apiserver-client-pod", "podName": "x", "serviceAccountName": "admin"}}),
        "major", f"whoever has the key is that pod (certificates/v1beta1 PodCertificateRequest, {API})"),
    Attack("pods trust another authority in the place of the cluster's", OPEN, _object(
        "certificates.k8s.io/v1beta1:ClusterTrustBundle", {"spec": {
            "signerName": "kubernetes.io/kube-apiserver-serving", "trustBundle": "-----BEGIN CERTIFICATE-----\nMIIB"}},
        ""), "critical", f"whoever is in between has their tokens (certificates/v1beta1 ClusterTrustBundle, {API})"),
    Attack("the scheduler stands still by its lease", OPEN, _object("coordination.k8s.io/v1:Lease", {"spec": {
        "holderIdentity": "mine", "leaseDurationSeconds": 2147483647}}, "kube-system", "kube-scheduler"),
        "major", f"no pod starts any more (coordination/v1 LeaseSpec.holderIdentity, {API})"),
    Attack("every device of the cluster is tainted", OPEN, _object("resource.k8s.io/v1alpha3:DeviceTaintRule", {
        "spec": {"deviceSelector": {}, "taint": {"key": "x", "effect": "NoExecute"}}}, ""),
        "major", f"each pod with a device is evicted (resource/v1alpha3 DeviceTaintSelector, {API})"),
    Attack("a job is run by a controller that nobody reviewed", OPEN, _object("batch/v1:Job", {"spec": {
        "managedBy": "stranger.example/x", "activeDeadlineSeconds": 600,
        "template": {"metadata": {"labels": TAGS}, "spec": pod({}, restartPolicy="Never")}}}),
        "major", f"another program decides where it runs (batch/v1 JobSpec.managedBy, {API})"),
    Attack("a claim takes a thousand GPUs", MONEY, _claim({
        "name": "g", "exactly": {"deviceClassName": "gpu.nvidia.com", "count": 1000}}),
        "critical", f"{BUYS} (resource/v1 ExactDeviceRequest.count, {API})"),
    Attack("an alternative of a claim takes five hundred GPUs", MONEY, _claim({
        "name": "g", "firstAvailable": [{"name": "a", "deviceClassName": "gpu.nvidia.com", "count": 512}]}),
        "critical", f"{BUYS} (resource/v1 DeviceSubRequest.count, {API})"),
    Attack("a group of pods has the priority of the system", MONEY, _object("scheduling.k8s.io/v1alpha3:PodGroup", {
        "spec": {"schedulingPolicy": {"gang": {"minCount": 4}}, "priorityClassName": "system-node-critical"}}),
        "major", f"it displaces the pods of the platform (scheduling/v1alpha3 PodGroupSpec, {API})"),
)  # fmt: skip
