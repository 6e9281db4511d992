"""Attacks by fields and parameters of volumes, copies and their classes, read one by one (2026-11-29).

Each passed the pack before it was mended. Sources, read 2026-11-29: kubernetes/api 10b39a39; docs of kubernetes-sigs/
aws-ebs-csi-driver 429e202e, aws-efs-csi-driver a4fc6760, azuredisk-csi-driver d983d613, azurefile-csi-driver 7b5ae18e,
blob-csi-driver 0744a60b, kubernetes-csi/csi-driver-nfs d3b27c00, csi-driver-smb 95c69680 and
rancher/local-path-provisioner 9fa2a62e; others as known.
"""

from ..blind import KEY, SUB, TAGS, THEIR_TENANT
from ..harness import Given
from . import Attack
from .fields_core_pods import API, MONEY, OPEN, SITE, Body, thing

Things = tuple[Given, ...]
TAGGED = ("FJ-TAG-",)
LEAVES = "files are where others decide who reads them"
_TEXT = ",".join(f"{key}={value}" for key, value in TAGS.items())
_DISK_KEY = f"{SUB}/resourceGroups/rg-platform/providers/Microsoft.Compute/diskEncryptionSets/d"
_EBS, _DISK, _FILE, _BLOB, _EFS = (f"{name} docs" for name in (
    "aws-ebs-csi-driver 429e202e", "azuredisk-csi-driver d983d613", "azurefile-csi-driver 7b5ae18e",
    "blob-csi-driver 0744a60b", "aws-efs-csi-driver a4fc6760"))  # fmt: skip


def _class(provisioner: str, annotations: Body | None = None, /, **parameters: str) -> Things:
    return thing("storage.k8s.io/v1:StorageClass", {
        "provisioner": provisioner, "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer",
        "parameters": parameters}, "", annotations=annotations or {})  # fmt: skip


def _ebs(**parameters: str) -> Things:
    tags = {f"tagSpecification_{index}": f"{key}={value}" for index, (key, value) in enumerate(TAGS.items(), 1)}
    return _class("ebs.csi.aws.com", encrypted="true", kmsKeyId=KEY, type="gp3", **{**tags, **parameters})


def _disk(**parameters: str) -> Things:
    return _class("disk.csi.azure.com", **{
        "skuName": "Premium_LRS", "diskEncryptionSetID": _DISK_KEY, "networkAccessPolicy": "DenyAll",
        "publicNetworkAccess": "Disabled", "tags": _TEXT, **parameters})  # fmt: skip


def _share(driver: str = "file.csi.azure.com", /, **parameters: str) -> Things:
    return _class(driver, skuName="Premium_LRS", tags=_TEXT, networkEndpointType="privateEndpoint", **parameters)


def _efs(**parameters: str) -> Things:
    return _class("efs.csi.aws.com", provisioningMode="efs-ap", fileSystemId="fs-0123456789abcdef0",
                  directoryPerms="700", **parameters)  # fmt: skip


def _lustre(**parameters: str) -> Things:
    return _class("fsx.csi.aws.com", subnetId="subnet-1", deploymentType="PERSISTENT_2", **parameters)


def _volume(annotations: Body | None = None, /, **source: object) -> Things:
    return thing("core/v1:PersistentVolume", {"spec": {
        "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "persistentVolumeReclaimPolicy": "Retain",
        "storageClassName": "encrypted", **source}}, "", annotations=annotations or {})  # fmt: skip


def _bucket(*options: str, name: str = "x") -> Things:
    more = {"mountOptions": list(options)} if options else {}
    return _volume(csi={"driver": "s3.csi.aws.com", "volumeHandle": "h", "volumeAttributes": {"bucketName": name}},
                   **more)  # fmt: skip


def _copies(driver: str = "ebs.csi.aws.com", /, **parameters: str) -> Things:
    return thing("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
        "driver": driver, "deletionPolicy": "Retain", "parameters": parameters}, "")  # fmt: skip


def _copy(**annotations: str) -> Things:
    return thing("snapshot.storage.k8s.io/v1:VolumeSnapshotContent", {"spec": {
        "driver": "ebs.csi.aws.com", "deletionPolicy": "Retain", "source": {"snapshotHandle": "snap-1"},
        "volumeSnapshotRef": {"name": "x", "namespace": "team-a"}}}, "", annotations={
            f"snapshot.storage.kubernetes.io/{key}": value for key, value in annotations.items()})  # fmt: skip


def _changes(driver: str, **parameters: str) -> Things:
    return thing("storage.k8s.io/v1:VolumeAttributesClass", {"driverName": driver, "parameters": parameters}, "")


_OPENEBS = {"openebs.io/cas-type": "local", "cas.openebs.io/config":
            "- name: StorageType\n  value: hostpath\n- name: BasePath\n  value: /etc/kubernetes\n"}  # fmt: skip
_CSI = {"driver": "ebs.csi.aws.com", "volumeHandle": "vol-0123456789abcdef0"}

ATTACKS = (
    Attack("volumes of a class have one more tag of another environment", TAGGED, _ebs(
        tagSpecification_9="environment=dev"), "major", f"they are on the bill of development ({_EBS})"),
    Attack("disks of a class have one more tag of another environment", TAGGED, _disk(
        tags=f"{_TEXT},environment=dev"), "major", f"they are on the bill of development ({_DISK})"),
    Attack("volumes get the tag of another environment when they are changed", TAGGED, _changes(
        "ebs.csi.aws.com", tagSpecification_1="environment=dev"),
        "major", f"they are on the bill of development ({_EBS}/modify-volume.md)"),
    Attack("copies of volumes have the tag of another environment", TAGGED, _copies(
        tagSpecification_1="environment=dev"), "major", f"they are on the bill of development ({_EBS})"),
    Attack("volumes of a class have a hundred thousand operations", MONEY, _ebs(iops="256000"),
           "major", f"each costs more than a machine ({_EBS})"),
    Attack("volumes of a class have a thousand operations a gibibyte", MONEY, _ebs(iopsPerGB="1000"),
           "major", f"each costs more than a machine ({_EBS})"),
    Attack("volumes of a class have two gibibytes a second", MONEY, _ebs(throughput="2000"),
           "minor", f"each costs more than a machine ({_EBS})"),
    Attack("volumes of copies are charged by their size once more", MONEY, _ebs(volumeInitializationRate="300"),
           "minor", f"each start of a pod costs as much as its volume ({_EBS})"),
    Attack("volumes get a hundred thousand operations when they are changed", MONEY, _changes(
        "ebs.csi.aws.com", type="gp3", iops="256000"), "major", f"each costs more than a machine ({_EBS})"),
    Attack("disks get four hundred thousand operations when they are changed", MONEY, _changes(
        "disk.csi.azure.com", DiskIOPSReadWrite="400000"), "major", f"each costs more than a machine ({_DISK})"),
    Attack("disks of a class have operations by a name in small letters", MONEY, _disk(diskiopsreadwrite="400000"),
           "major", f"each costs more than a machine ({_DISK}: names are case-insensitive)"),
    Attack("disks of a class can be downloaded by a name in small letters", OPEN, _disk(networkaccesspolicy="AllowAll"),
           "critical", f"disks leave by a link ({_DISK}: names are case-insensitive)"),
    Attack("copies are kept for a hundred years", MONEY, _copies(lockMode="compliance", lockDuration="36500"),
           "major", f"nobody can delete them, and they are charged ({_EBS}/snapshot.md)"),
    Attack("files of a class are gone when they are deleted", OPEN, _share(disableDeleteRetentionPolicy="true"),
           "minor", f"nothing brings them back ({_FILE})"),
    Attack("shares of a class are in an account of a stranger", OPEN, _share(storageAccount="strangers"),
           "critical", f"{LEAVES} ({_FILE})"),
    Attack("containers of a class are in an account of a stranger", OPEN, _share(
        "blob.csi.azure.com", storageAccount="strangers"), "critical", f"{LEAVES} ({_BLOB})"),
    Attack("a class signs in to the tenant of a stranger", OPEN, _share(
        "blob.csi.azure.com", AzureStorageAuthType="SPN", AzureStorageSPNTenantID=THEIR_TENANT),
        "critical", f"{LEAVES} ({_BLOB})"),
    Attack("containers of a class carry no tags", TAGGED, _class(
        "blob.csi.azure.com", skuName="Premium_LRS", networkEndpointType="privateEndpoint"),
        "major", f"their accounts are on the bill of nobody ({_BLOB})"),
    Attack("a volume is the bucket of a stranger", OPEN, _bucket(name="strangers"),
           "critical", f"{LEAVES} (awslabs/mountpoint-s3-csi-driver, as known)"),
    Attack("a volume reads its bucket without a signature", OPEN, _bucket("no-sign-request"),
           "major", "nobody knows who wrote the files (awslabs/mountpoint-s3-csi-driver, as known)"),
    Attack("a volume reads its bucket in plain text", OPEN, _bucket("endpoint-url http://10.0.0.9"),
           "major", "whoever is in between reads files (awslabs/mountpoint-s3-csi-driver, as known)"),
    Attack("claims of one name share a directory of EFS", OPEN, _efs(
        subPathPattern="${.PVC.name}", ensureUniqueDirectory="false"),
        "critical", f"a claim of that name in another namespace has the files ({_EFS}/parameters.md)"),
    Attack("all claims share a directory of EFS", OPEN, _efs(subPathPattern="/all", ensureUniqueDirectory="false"),
           "critical", f"every namespace has the files of every other ({_EFS}/parameters.md)"),
    Attack("claims of one name share a directory of NFS", OPEN, _class(
        "nfs.csi.k8s.io", server="10.0.0.4", share="/", subDir="${pvc.metadata.name}"),
        "critical", "a claim of that name in another namespace has the files (csi-driver-nfs d3b27c00 docs)"),
    Attack("claims of one name share a directory of SMB", OPEN, _class(
        "smb.csi.k8s.io", source="//10.0.0.4/s", subDir="${pvc.metadata.name}"),
        "critical", "a claim of that name in another namespace has the files (csi-driver-smb 95c69680 docs)"),
    Attack("file systems of a class have a key of Amazon", OPEN, _lustre(extraTags=_TEXT),
           "major", "nobody can withdraw the key (kubernetes-sigs/aws-fsx-csi-driver, parameters, as known)"),
    Attack("file systems of a class carry no tags", TAGGED, _lustre(kmsKeyId=KEY),
           "major", "they are on the bill of nobody (kubernetes-sigs/aws-fsx-csi-driver, parameters, as known)"),
    Attack("volumes of Portworx are not encrypted", OPEN, _class("pxd.portworx.com", repl="3"),
           "major", "whoever has the disk reads it (Portworx, 'Encrypted PVCs', as known)"),
    Attack("volumes of a class are directories of the cluster's keys", OPEN, _class("openebs.io/local", _OPENEBS),
           "critical", "a claim has the keys of the API server (OpenEBS, 'Local PV Hostpath', as known)"),
    Attack("volumes of a class are the root of their machine", OPEN, _class("rancher.io/local-path", nodePath="/"),
           "critical", "a claim has the files of the node (local-path-provisioner 9fa2a62e README.md)"),
    Attack("volumes of a class lead out of their directory", OPEN, _class(
        "rancher.io/local-path", pathPattern="../../etc/kubernetes"),
        "critical", "a claim has the keys of the API server (local-path-provisioner 9fa2a62e README.md)"),
    *(Attack(f"volumes of a class come from {name}", OPEN, _class(name), "critical", f"{LEAVES} ({source})")
      for name, source in (
          ("hostpath.csi.k8s.io", "kubernetes-csi/csi-driver-host-path, as known"),
          ("k8s.io/minikube-hostpath", "kubernetes/minikube, as known"),
          ("pd.csi.storage.gke.io", "a cloud without a region in the country, as known"),
          ("stranger.example.com/x", f"storage/v1 StorageClass.provisioner, {API}"))),
    *(Attack(f"a volume is of {name}", OPEN, _volume(**{name: source}), severity, f"{LEAVES} (core/v1, {API})")
      for name, source, severity in (
          ("flexVolume", {"driver": "stranger/x"}, "critical"),
          ("gcePersistentDisk", {"pdName": "x"}, "critical"),
          ("scaleIO", {"gateway": "https://10.0.0.4", "system": "s", "secretRef": {"name": "x"}}, "major"),
          ("csi", {"driver": "stranger.example.com", "volumeHandle": "h"}, "critical"))),
    Attack("a volume of EFS is mounted from an address abroad", OPEN, _volume(csi={
        "driver": "efs.csi.aws.com", "volumeHandle": "fs-0123456789abcdef0",
        "volumeAttributes": {"mounttargetip": "20.196.8.4"}}),
        "critical", f"files leave the country ({_EFS})"),
    Attack("a disk of iSCSI asks nobody who he is", OPEN, _volume(iscsi={
        "targetPortal": "10.0.0.4:3260", "iqn": "iqn.2001-04.ae.example:storage", "lun": 0}),
        "major", f"whoever reaches the target has the disk (core/v1 ISCSIPersistentVolumeSource, {API})"),
    Attack("options of an annotation mount in plain text", OPEN, _volume(
        {"volume.beta.kubernetes.io/mount-options": "vers=1.0,sec=none"},
        csi={"driver": "smb.csi.k8s.io", "volumeHandle": "h"}),
        "major", f"files are read on the way ('Well-Known Annotations', {SITE})"),
    Attack("a volume is deleted with the secret of payments", OPEN, _volume({
        "volume.kubernetes.io/provisioner-deletion-secret-name": "x",
        "volume.kubernetes.io/provisioner-deletion-secret-namespace": "payments"}, csi=_CSI),
        "major", f"the driver acts with the key of payments ('Well-Known Annotations', {SITE})"),
    Attack("copies are made with the secret of payments", OPEN, _copies("rbd.csi.ceph.com", **{
        "csi.storage.k8s.io/snapshotter-secret-name": "x",
        "csi.storage.k8s.io/snapshotter-secret-namespace": "payments"}),
        "critical", "copies of each namespace are made with the key of payments (kubernetes-csi, secrets, as known)"),
    Attack("a copy is deleted with the secret of payments", OPEN, _copy(**{
        "deletion-secret-name": "x", "deletion-secret-namespace": "payments"}),
        "major", "the driver acts with the key of payments (kubernetes-csi/external-snapshotter, as known)"),
    Attack("a copy of a disk becomes a file system", OPEN, _copy(**{"allow-volume-mode-change": "true"}),
           "major", f"whoever wrote the disk attacks the kernel that mounts it ('Well-Known Annotations', {SITE})"),
    Attack("a machine takes the volumes of another", OPEN, thing("storage.k8s.io/v1:CSINode", {"spec": {
        "drivers": [{"name": "ebs.csi.aws.com", "nodeID": "i-0123456789abcdef0"}]}}, "", "n1"),
        "major", f"disks are attached to the machine of a stranger (storage/v1 CSINodeDriver.nodeID, {API})"),
)  # fmt: skip
