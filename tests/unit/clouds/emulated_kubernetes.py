"""An emulated cluster, and its verdict on one object."""

from falaj.sandbox.clouds.spec import CloudError
from tests.lab.verdict_cases import HERE, Object
from tests.unit.clouds.driver import Driver, Rejected
from tests.unit.clouds.karpenter_objects import installed
from tests.unit.clouds.kubernetes_objects import Open, kubeconfig, namespace

CHARTS = (
    "kueue",
    "jobset",
    "kubeflow-trainer",
    "keda",
    "keda-add-ons-http",
    "gateway-api-crds",
    "kube-prometheus-stack",
)


def emulated_cluster(open_cloud: Open) -> Driver:
    """Returns a cluster with a namespace, Karpenter, and the CRDs of the other charts whose kinds the cases use."""
    cluster = open_cloud("kubernetes", kubeconfig=kubeconfig(charts=CHARTS))
    installed(cluster)
    namespace(cluster, HERE)
    return cluster


def error_for(emulated: Driver, manifest: Object) -> str | None:
    """Returns the error for an object, or None if the cluster accepts it."""
    version = manifest["apiVersion"] if "/" in manifest["apiVersion"] else f"core/{manifest['apiVersion']}"
    try:
        emulated.create(f"kubernetes:{version}:{manifest['kind']}", "case", **manifest)
    except (Rejected, CloudError) as refused:
        return str(refused) or repr(refused)
    return None
