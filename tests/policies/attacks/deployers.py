"""Kubernetes objects whose controllers deploy what no guardrail sees."""

from typing import Any

from ..harness import Given
from . import Attack

NAMESPACE = {"name": "it", "namespace": "platform"}
OBJECT_TEXT = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n"


def deployer(name: str, kind: str, spec: dict[str, Any]) -> Attack:
    """Returns the attack with an object of an API group that deploys."""
    return Attack(name, ("FJ-ESC-103",), (Given(f"kubernetes:{kind}", {"metadata": NAMESPACE, "spec": spec}),))


REPOSITORY = {"repo": "https://github.com/example/fleet"}
GENERATE = {"rules": [{"name": "g", "generate": {"apiVersion": "v1", "kind": "Secret", "name": "x", "data": {}}}]}
CHANGE = {"rules": [{"name": "g", "mutate": {"targets": [{"apiVersion": "v1", "kind": "Secret", "name": "x"}]}}]}

ATTACKS: tuple[Attack, ...] = (
    deployer("Rancher Fleet deploys a repository", "fleet.cattle.io/v1alpha1:GitRepo", REPOSITORY),
    deployer(
        "Config Connector creates a bucket", "storage.cnrm.cloud.google.com/v1beta1:StorageBucket", {"location": "EU"}
    ),
    deployer("KubeVela deploys an application", "core.oam.dev/v1beta1:Application", {"components": []}),
    deployer(
        "kapp-controller deploys a repository",
        "kappctrl.k14s.io/v1alpha1:App",
        {"fetch": [{"git": {"url": "https://a"}}]},
    ),
    deployer(
        "OLM installs an operator", "operators.coreos.com/v1alpha1:Subscription", {"name": "any", "channel": "stable"}
    ),
    deployer("tofu-controller applies Terraform", "infra.contrib.fluxcd.io/v1alpha2:Terraform", {"path": "./"}),
    deployer(
        "Galley Bytes applies Terraform",
        "tf.galleybytes.com/v1:Terraform",
        {"terraformModule": {"source": "https://a"}},
    ),
    deployer("Kyverno generates a Secret", "kyverno.io/v1:ClusterPolicy", GENERATE),
    deployer("Kyverno changes existing objects", "kyverno.io/v1:Policy", CHANGE),
    deployer("Kyverno's GeneratingPolicy", "policies.kyverno.io/v1alpha1:GeneratingPolicy", {"generate": []}),
    deployer("Gatekeeper assigns any field", "mutations.gatekeeper.sh/v1:Assign", {"location": "spec.hostNetwork"}),
    deployer("a Terraform operator of HashiCorp", "app.terraform.io/v1alpha2:Workspace", {"organization": "o"}),
    deployer("the Pulumi operator", "pulumi.com/v1:Stack", {"stack": "other"}),
    deployer("the Pulumi operator's new group", "auto.pulumi.com/v1alpha1:Workspace", {"git": {"url": "https://a"}}),
    deployer(
        "Cluster API creates machines",
        "infrastructure.cluster.x-k8s.io/v1beta2:AWSMachine",
        {"instanceType": "g6.48xlarge"},
    ),
    deployer("Gardener creates a cluster", "core.gardener.cloud/v1beta1:Shoot", {"region": "eu-west-1"}),
    deployer(
        "KAITO creates GPU machines",
        "kaito.sh/v1beta1:Workspace",
        {"resource": {"instanceType": "Standard_NC80adis_H100_v5"}},
    ),
    deployer(
        "Capsule copies objects to namespaces", "capsule.clastix.io/v1beta2:GlobalTenantResource", {"resources": []}
    ),
    deployer(
        "Metacontroller runs a webhook that creates",
        "metacontroller.k8s.io/v1alpha1:CompositeController",
        {"hooks": {}},
    ),
    deployer(
        "Open Cluster Management applies manifests", "work.open-cluster-management.io/v1:ManifestWork", {"workload": {}}
    ),
    deployer("Karmada propagates objects abroad", "policy.karmada.io/v1alpha1:PropagationPolicy", {"placement": {}}),
    deployer("K3s installs a chart", "helm.cattle.io/v1:HelmChart", {"chart": "any", "repo": "https://a"}),
    deployer("Helm operator of Crossplane", "helm.crossplane.io/v1beta1:Release", {"forProvider": {}}),
    deployer("Sveltos deploys add-ons", "config.projectsveltos.io/v1beta1:ClusterProfile", {"helmCharts": []}),
    deployer("Tekton runs any program", "tekton.dev/v1:PipelineRun", {"pipelineRef": {"name": "deploy"}}),
    deployer("VPC Lattice of the gateway controller", "application-networking.k8s.aws/v1alpha1:ServiceExport", {}),
    deployer("ExternalDNS writes DNS records", "externaldns.k8s.io/v1alpha1:DNSEndpoint", {"endpoints": []}),
    deployer("Argo Events creates objects", "argoproj.io/v1alpha1:Sensor", {"triggers": []}),
    deployer(
        "an Argo workflow creates objects",
        "argoproj.io/v1alpha1:Workflow",
        {"templates": [{"name": "a", "resource": {"action": "create", "manifest": OBJECT_TEXT}}]},
    ),
    deployer("Velero restores the objects of a backup", "velero.io/v1:Restore", {"backupName": "any"}),
    deployer(
        "an external secret becomes any object",
        "external-secrets.io/v1:ExternalSecret",
        {"target": {"manifest": {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application"}}},
    ),
    Attack(
        "a list hides a repository that Fleet deploys",
        ("FJ-ESC-103",),
        (
            Given(
                "kubernetes:core/v1:ConfigMapList",
                {
                    "items": [
                        {
                            "apiVersion": "fleet.cattle.io/v1alpha1",
                            "kind": "GitRepo",
                            "metadata": NAMESPACE,
                            "spec": REPOSITORY,
                        }
                    ]
                },
            ),
        ),
    ),
    Attack(
        "a patch of an object that Flux deploys",
        ("FJ-ESC-103",),
        (
            Given(
                "kubernetes:kustomize.toolkit.fluxcd.io/v1:KustomizationPatch",
                {"metadata": NAMESPACE, "spec": {"path": "./"}},
            ),
        ),
    ),
)
