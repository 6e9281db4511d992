"""Encryption at rest of resources that a cluster creates: volumes of storage classes, and disks of Karpenter nodes.

Parameters checked against pulumi-kubernetes 4.34.2 on 2026-11-24; fields of `AKSNodeClass` v1beta1 and `EC2NodeClass`
v1 (their CRDs as of 2026-08). The key of AKS node disks is set on the cluster, for all its nodes.
"""

from collections.abc import Iterator

from ...engine.conditions import CUSTOMER_KEY, SET, TRUE, Condition, one_of
from ...engine.families import encryption_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import UNKNOWN, Resource, walk
from ...engine.rows import Check, Guardrail, Severity
from ...engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from .reasons import OWN_KEY

_STORAGE_CLASS = ("kubernetes:storage.k8s.io/v1:StorageClass",)

_EBS = ("provisioner", one_of("ebs.csi.aws.com", "kubernetes.io/aws-ebs"))

_AZURE_DISK = ("provisioner", one_of("disk.csi.azure.com", "kubernetes.io/azure-disk"))

_CEPH = ("provisioner", one_of("rbd.csi.ceph.com", "rook-ceph.rbd.csi.ceph.com", "cephfs.csi.ceph.com",
                               "rook-ceph.cephfs.csi.ceph.com"))  # fmt: skip

_LUSTRE = ("parameters.deploymentType", one_of("PERSISTENT_1", "PERSISTENT_2"))
"""Types of file systems of FSx whose key can be chosen (kubernetes-sigs/aws-fsx-csi-driver 5b227125
examples/kubernetes/dynamic_provisioning/README.md, read 2026-11-29)."""

_PORTWORX = ("provisioner", one_of("pxd.portworx.com", "kubernetes.io/portworx-volume"))

_LONGHORN = ("provisioner", one_of("driver.longhorn.io"))
"""Keys are in the secret that the parameters name (longhorn/website 0f622500, "Volume Encryption", read 2026-11-29)."""

KUBERNETES_ROWS = (
    Check(_STORAGE_CLASS, "parameters.encrypted", TRUE, when=_EBS),
    Check(_STORAGE_CLASS, "parameters.kmsKeyId", CUSTOMER_KEY, when=_EBS),
    Check(_STORAGE_CLASS, "parameters.diskEncryptionSetID", SET, when=_AZURE_DISK),
    Check(_STORAGE_CLASS, "parameters.encrypted", TRUE, when=_CEPH),
    Check(_STORAGE_CLASS, "parameters.encryptionKMSID", SET, when=_CEPH),
    Check(_STORAGE_CLASS, "parameters.encrypted", TRUE, when=_LONGHORN),
    Check(_STORAGE_CLASS, "parameters.kmsKeyId", CUSTOMER_KEY, when=_LUSTRE),
    Check(_STORAGE_CLASS, "parameters.secure", TRUE, when=_PORTWORX),
)

_NODE_CLASS = lazy_regex(r"kubernetes:(karpenter\.(?:azure\.com|k8s\.aws))/[^:]+:(?:AKS|EC2)NodeClass")

_REQUIRED_FIELDS: dict[str, tuple[tuple[str, Condition], ...]] = {
    "karpenter.azure.com": (("spec.security.encryptionAtHost", TRUE),),
    "karpenter.k8s.aws": (
        ("spec.blockDeviceMappings[+].ebs.encrypted", TRUE),
        ("spec.blockDeviceMappings[+].ebs.kmsKeyID", CUSTOMER_KEY),
    ),
}
"""API group of a node class -> the fields that it must set."""


def _check_node_class(resource: Resource) -> Iterator[Outcome]:
    match = _NODE_CLASS.fullmatch(resource.type)
    for path, condition in _REQUIRED_FIELDS[match[1]] if match else ():
        for value_path, value in walk(resource.props, path):
            verdict = condition.judge(value)
            if verdict is Verdict.PASS:
                yield passed()
            elif verdict is Verdict.FAIL:
                yield failed(f"{value_path} {condition.requirement}", value_path)
            else:
                yield undetermined(
                    f"{value_path} is not known before deployment; it {condition.requirement}", value_path
                )


_LINSTOR = "linstor.csi.linbit.com"
_LAYERS = frozenset({"layerlist", f"{_LINSTOR}/layerlist"})


def _check_layers(resource: Resource) -> Iterator[Outcome]:
    """Checks that volumes of LINSTOR have a layer of LUKS: without `layerList` they are `drbd storage`.

    `encryption` is read and not used; names are read in any case, with and without the name of the driver
    (piraeusdatastore/linstor-csi 44aa98af pkg/volume/parameter.go, read 2026-11-30).
    """
    if resource.type not in _STORAGE_CLASS or resource.get("provisioner") != _LINSTOR:
        return
    parameters = resource.get("parameters")
    layers = [value for name, value in parameters.items() if name.lower() in _LAYERS] if isinstance(
        parameters, dict) else [parameters]  # fmt: skip
    if UNKNOWN in layers:
        yield undetermined("parameters.layerList, which must have luks, is not known before deployment", "parameters")
    elif layers and all("luks" in str(value).lower().split() for value in layers):
        yield passed()
    else:
        yield failed("parameters.layerList must have the layer luks", "parameters")


KUBERNETES_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(301, Severity.HIGH, "Kubernetes storage classes encrypt volumes with a customer-managed key",
                    OWN_KEY,
                    "Set the key in the parameters: kmsKeyId or encryptionKMSID with encrypted=true (of Longhorn a "
                    "secret; of Portworx secure=true; of LINSTOR layerList with luks), or diskEncryptionSetID",
                    checks=KUBERNETES_ROWS, predicate=_check_layers, types=_STORAGE_CLASS),
    encryption_rule(302, Severity.HIGH,
                    "Nodes that Karpenter creates encrypt their disks: on the host (AKS), or with a customer-managed "
                    "key (EC2)",
                    "nodes hold the data that their pods process, and nobody inspects nodes that come and go",
                    "Set security.encryptionAtHost in the AKSNodeClass, or encrypted and kmsKeyID of each "
                    "EC2NodeClass disk",
                    predicate=_check_node_class),
)  # fmt: skip
