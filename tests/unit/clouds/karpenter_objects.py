"""Karpenter in an emulated cluster: its charts, and small objects of its kinds."""

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import CreatedResource, Driver
from tests.unit.clouds.kubernetes_objects import RELEASE, meta, release

POOL, CLASS = "kubernetes:karpenter.sh/v1:NodePool", "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"
AKS_CLASS = "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass"


def chart(k8s: Driver, name: str) -> CreatedResource:
    """Creates a release of `karpenter`, without its CRDs, or of `karpenter-crd`."""
    address = f"oci://public.ecr.aws/karpenter/{name}"
    inputs = release(name=name, chart=address, version="1.15.0", repositoryOpts=None, skipCrds=True)
    return k8s.create(RELEASE, name, **inputs)


def installed(k8s: Driver) -> tuple[CreatedResource, CreatedResource]:
    """Creates releases of both charts."""
    return chart(k8s, "karpenter-crd"), chart(k8s, "karpenter")


def node_pool(**changes: Json) -> dict[str, Json]:
    """Returns the inputs of a NodePool, with changed fields of its spec."""
    spec: dict[str, Json] = {
        "template": {
            "spec": {
                "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "train"},
                "requirements": [
                    {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["g5.xlarge"]}
                ],
            }
        },
        "limits": {"cpu": "96", "nodes": "8"},
        "disruption": {
            "consolidateAfter": "10m",
            "budgets": [{"nodes": "0", "schedule": "0 3 * * mon-fri", "duration": "12h0m"}],
        },
        **changes,
    }
    return {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": meta("train"), "spec": spec}


def node_template(**changes: Json) -> dict[str, Json]:
    """Returns the template of a NodePool, with changed fields of its spec."""
    spec: dict[str, Json] = {
        "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "train"},
        "requirements": [],
        **changes,
    }
    return {"spec": spec}


def node_class(**changes: Json) -> dict[str, Json]:
    """Returns the inputs of an EC2NodeClass, with changed fields of its spec; None removes a field."""
    spec: dict[str, Json] = {
        "amiSelectorTerms": [{"alias": "al2023@v20260903"}],
        "instanceProfile": "nodes",
        "subnetSelectorTerms": [{"id": "subnet-1"}],
        "securityGroupSelectorTerms": [{"id": "sg-1"}],
        "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"volumeSize": "100Gi", "encrypted": True}}],
        **changes,
    }
    return {
        "apiVersion": "karpenter.k8s.aws/v1",
        "kind": "EC2NodeClass",
        "metadata": meta("train"),
        "spec": {key: value for key, value in spec.items() if value is not None},
    }
