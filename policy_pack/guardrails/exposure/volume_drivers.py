"""Types of volumes, and their drivers by their names: in pods, persistent volumes and classes.

A driver keeps the data and runs as root on each machine. Its name is that of kubernetes-csi/docs 883ce07b, "Drivers",
read 2026-11-29 and 30; of EKS by awsdocs/amazon-eks-user-guide 4d52b4d0, Rook by rook/rook d0c3b9ce, OpenEBS by
openebs/dynamic-localpv-provisioner 2f165df, Calico by projectcalico/calico 87c15906, Vault by hashicorp/
vault-secrets-operator 9b840a5a, SPIFFE by istio/istio 86c9f01f; of Mayastor, local-path, pure-csi, DirectPV, the former
Trident, Manila, NFS subdirectories, iSCSI, TopoLVM, KubeVirt, CVMFS and Stackable by manifests and programs in public
repositories, found as strings; of Qumulo by NCarter3/csi-driver-qumulo 0b14ed57 deploy/example/
storageclass-qumulo.yaml; read 2026-11-30 (those of Azure's Lustre, Elastic SAN and container storage and Vault's
`secrets.hashicorp.com` by uses of them, read 2026-11-29); those of clouds without a region in the country are left off,
and so are examples that keep files on the machine itself without a limit (`hostpath.csi.k8s.io`, minikube). Sources of
persistent volumes that Kubernetes removed or deprecates are of kubernetes/api 10b39a39 (core/v1,
PersistentVolumeSource, read 2026-11-29).
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart, Pod, each_pod, objects

_SAFE_VOLUMES = frozenset({"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image",
                           "persistentVolumeClaim", "projected", "secret"})  # fmt: skip
"""Volume types that the restricted level allows, and image volumes, which are read-only."""
_OF_CLOUDS = (
    r"(?:ebs|efs|fsx|fsx\.openzfs|s3)\.csi\.aws\.com", r"ebs\.csi\.eks\.amazonaws\.com",
    r"(?:disk|file|blob|azurelustre|containerstorage|local|san)\.csi\.azure\.com", r"localdisk\.csi\.acstor\.io",
    r"kubernetes\.io/(?:no-provisioner|aws-ebs|azure-disk|azure-file|vsphere-volume|portworx-volume|rbd|cephfs)",
)  # fmt: skip
_OF_SITES = (
    r"(?:[\w-]+\.)*(?:rbd|cephfs|nfs|nvmeof)\.csi\.ceph\.com", r"(?:[\w-]+\.)*ceph\.rook\.io/bucket",
    r"driver\.longhorn\.io", r"io\.openebs\.csi-mayastor", r"openebs\.io/local", r"[\w-]+\.csi\.openebs\.io",
    r"csi\.vsphere\.vmware\.com", r"pxd\.portworx\.com", r"topolvm\.(?:io|cybozu\.com)", r"rancher\.io/local-path",
    r"(?:nfs|smb|iscsi)\.csi\.k8s\.io", r"k8s-sigs\.io/nfs-subdir-external-provisioner",
    r"cluster\.local/[\w-]*nfs[\w-]*", r"csi\.trident\.netapp\.io", r"beegfs\.csi\.netapp\.com", r"netapp\.io/trident",
    r"linstor\.csi\.linbit\.com", r"csi-[\w-]+\.dellemc\.com", r"pure-csi", r"infinibox-csi-driver",
    r"block\.csi\.red\.ddn\.com", r"com\.vdura\.csi\.panfs", r"filex\.csi\.hpe\.com", r"csi-exos-x\.seagate\.com",
    r"nexentastor(?:-block)?-csi-driver\.nexenta\.com", r"csi-driver\.storpool\.com", r"s3\.csi\.scality\.com",
    r"manila\.csi\.openstack\.org", r"csi\.ovirt\.org",
    r"csi\.(?:hpe|nutanix|vastdata|huawei|lightbitslabs|juicefs)\.com", r"csi\.weka\.io", r"csi\.kubevirt\.io",
    r"qumulo\.csi\.k8s\.io",
    r"(?:block|spectrumscale)\.csi\.ibm\.com", r"hspc\.csi\.hitachi\.com", r"exa\.csi\.ddn\.com",
    r"lustre-csi\.hpe\.com", r"(?:(?:nfs|cephfs)\.manila|cinder)\.csi\.openstack\.org", r"directpv-min-io",
    r"csi\.san\.synology\.com", r"com\.hammerspace\.csi",
)  # fmt: skip
_OF_PODS = (
    r"secrets-store\.csi\.k8s\.io", r"(?:spiffe\.)?csi\.cert-manager\.io", r"csi\.spiffe\.io", r"csi\.tigera\.io",
    r"secrets\.csi\.kubevault\.com", r"secrets\.hashicorp\.com", r"csi\.vso\.hashicorp\.com",
    r"(?:secrets|listeners)\.stackable\.tech", r"cvmfs\.csi\.cern\.ch",
)  # fmt: skip
"""Drivers that give a pod secrets, certificates or sockets instead of a disk."""
_KNOWN = lazy_regex("|".join((*_OF_CLOUDS, *_OF_SITES, *_OF_PODS)))
_REMOVED = ("flexVolume", "flocker", "gcePersistentDisk", "glusterfs", "photonPersistentDisk", "quobyte", "scaleIO",
            "storageos")  # fmt: skip
"""Sources of a persistent volume without a driver that somebody maintains, or of a cloud outside the country."""


def _judge(section: ObjectPart, key: str) -> Outcome:
    name, path = section.get(key), section.path_to(key)
    return passed() if _is_known(name) else failed(f"{path} {name} is a driver of volumes that nobody reviewed", path)


def _is_known(name: Plain) -> bool:
    return not isinstance(name, str) or name == "" or _KNOWN.fullmatch(name) is not None


def _check_pod(pod: Pod) -> Iterator[Outcome]:
    for volume in pod.spec.children("volumes"):
        kinds = [key for key in volume.data if key != "name" and volume.get(key) is not MISSING]
        unsafe_kinds = [key for key in kinds if key not in _SAFE_VOLUMES and key != "hostPath"]
        yield failed(f"{volume.path} is a {unsafe_kinds[0]} volume", volume.path) if unsafe_kinds else passed()
        yield _judge(volume.child("csi"), "driver")


def check_volumes(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each type of volume of a pod, each driver that a pod, a persistent volume or a class names,
    and each source of a persistent volume."""
    yield from each_pod(_check_pod)(resource)
    for volume in objects(resource, "PersistentVolume"):
        spec = volume.child("spec")
        yield _judge(spec.child("csi"), "driver")
        for source in _REMOVED:
            if spec.get(source) is not MISSING:
                yield failed(f"{spec.path_to(source)} is a source that nobody maintains", spec.path_to(source))
    for storage_class in objects(resource, "StorageClass"):
        yield _judge(storage_class, "provisioner")
        yield from _check_made_accounts(storage_class)


_MAKING_ACCOUNTS = ("file.csi.azure.com", "blob.csi.azure.com", "kubernetes.io/azure-file")


def _check_made_accounts(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that the accounts which a driver makes for a class of volumes are reached from inside of the network only.

    Without a private endpoint a driver makes an account that answers to each network, or to the subnets of the machines
    (`networkEndpointType`), unless `publicNetworkAccess` is Disabled (kubernetes-sigs/azurefile-csi-driver 7b5ae18e and
    blob-csi-driver 0744a60b, docs/driver-parameters.md, read 2026-11-30). An account that the class names is evaluated
    where it is made.
    """
    part = item.child("parameters")
    given = {key.lower(): value for key, value in part.data.items()}
    has_account = given.get("storageaccount") not in (None, "")
    is_closed = str(given.get("publicnetworkaccess")).lower() == "disabled"
    if item.get("provisioner") not in _MAKING_ACCOUNTS or item.is_patch or has_account or is_closed:
        return
    if item.get("parameters") is UNKNOWN:
        yield undetermined(f"{part.path} is not known before deployment", part.path)
        return
    endpoint, path = given.get("networkendpointtype", MISSING), part.path_to("networkEndpointType")
    if endpoint is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
    else:
        is_private = str(endpoint).lower() == "privateendpoint"
        yield passed() if is_private else failed(f"{path} must be privateEndpoint: accounts are made for volumes", path)
