"""Versions of what the laboratory builds: those that the components install, from `falaj/facts/data/releases.csv`.

Where the laboratory differs from a cluster of the platform, `NOT_BUILT` says in what and why.
"""

from collections.abc import Mapping

from falaj.components.core.serving.endpoint_picker import PICKER_IMAGE
from falaj.facts.releases import default_release

KUBERNETES = "1.36.3"
MINOR = KUBERNETES.rpartition(".")[0]
"""Minor version of Kubernetes, which is that of the shipped stacks."""
ETCD = "3.6.8"
"""The version in the go.mod of Kubernetes 1.36.3."""
KWOK = "0.8.0"
PULUMI_KUBERNETES = "4.34.2"
"""Version of the provider, which is that of the SDK."""

INFERENCE_EXTENSION = ("sigs.k8s.io/gateway-api-inference-extension", PICKER_IMAGE.rpartition(":")[2])
"""Go module and version of the endpoint picker and of the InferencePool, which come in no chart."""

BUILT: Mapping[str, str] = {
    "jobset": "sigs.k8s.io/jobset",
    "karpenter": "sigs.k8s.io/karpenter",
    "keda": "github.com/kedacore/keda/v2",
    "kubeflow-trainer": "github.com/kubeflow/trainer/v2",
    "kuberay-operator": "github.com/ray-project/kuberay/ray-operator",
    "kueue": "sigs.k8s.io/kueue",
    "lws": "sigs.k8s.io/lws",
}
"""Installed release -> the Go module that the laboratory builds it from, at the same version. AWS's provider of
Karpenter has the version of the module, which contains the provider for simulated nodes."""

NOT_BUILT: Mapping[str, str] = {
    "aws-load-balancer-controller": "manages load balancers of AWS",
    "base": "has CRDs only, which are those of istio.io/api of the same version",
    "cert-manager": "signs certificates of endpoints that pods serve",
    "cluster-autoscaler": "scales node groups of AWS; Karpenter scales simulated nodes",
    "eks-al2023-ami": "is a machine image",
    "gateway-api-crds": "has CRDs only, which are those of Gateway API 1.5.1 as in the chart",
    "gpu-operator": "runs agents on machines with GPUs",
    "istiod": "configures proxies, which run in pods",
    "keda-add-ons-http": "forwards requests to running pods; CRDs are upstream's, `interceptor.py` takes its place",
    "kube-prometheus-stack": "scrapes running pods; CRDs are those of operator 0.85.0, the newest released Go module",
    "opencost": "reads the metrics of running pods",
}
"""Installed release -> why the laboratory does not build it. Nothing runs in the pods of simulated nodes."""


def installed(release: str) -> str:
    """Returns the version that the components install, as Go writes it: `v1.2.3`."""
    return "v" + default_release(release).version.removeprefix("v")


def requirement(release: str) -> str:
    """Returns the requirement of a release in a go.mod."""
    return f"{BUILT[release]} {installed(release)}"
