"""Common Kubernetes objects and Helm releases that look like ways around the guardrails and are none.

The values are those of the charts' own documentation, the groups those of the projects' pages (read 2026-11-27).
"""

import base64
from typing import Any

import pytest

from .test_good_deployments import found

RELEASE = "kubernetes:helm.sh/v3:Release"


def release(chart: str, repo: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"chart": chart, "version": "1.2.3", "repositoryOpts": {"repo": repo}, "values": values}


KEDA = "https://kedacore.github.io/charts"
PROMETHEUS = "https://prometheus-community.github.io/helm-charts"
MANAGER = "apiVersion: config.kueue.x-k8s.io/v1beta1\nkind: Configuration\nmanageJobsWithoutQueueName: false\n"
GOOD: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "an internal load balancer",
        RELEASE,
        release(
            "keda",
            KEDA,
            {
                "annotations": {
                    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                }
            },
        ),
    ),
    (
        "a container without capabilities",
        RELEASE,
        release("keda", KEDA, {"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}}),
    ),
    (
        "rules that list verbs",
        RELEASE,
        release(
            "keda",
            KEDA,
            {"rbac": {"extraRules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}]}},
        ),
    ),
    (
        "a conformance pack of rules",
        "aws:cfg/conformancePack:ConformancePack",
        {"templateBody": "Resources:\n  A:\n    Type: AWS::Config::ConfigRule\n    Properties: {ConfigRuleName: a}\n"},
    ),
    (
        "a registry task that builds",
        "azure-native:containerregistry:Task",
        {
            "step": {
                "type": "Docker",
                "dockerFilePath": "Dockerfile",
                "contextPath": "https://github.com/bank/a.git#main",
            }
        },
    ),
    (
        "a registry task of steps that build",
        "azure-native:containerregistry:Task",
        {
            "step": {
                "type": "EncodedTask",
                "encodedTaskContent": base64.b64encode(b"steps:\n- build: -t a .\n- push: [a]\n").decode(),
            }
        },
    ),
    (
        "a ConfigMap with a script",
        "kubernetes:core/v1:ConfigMap",
        {"data": {"start.sh": "#!/bin/sh\nexec /app/server --port 8080\n", "README": "run kubectl apply -f a"}},
    ),
    (
        "a ConfigMap with a dashboard",
        "kubernetes:core/v1:ConfigMap",
        {"data": {"a.json": '{"text": "helm upgrade a", "panels": []}'}},
    ),
    (
        "a validating admission policy",
        "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
        {"spec": {"validations": [{"expression": "object.spec.replicas <= 5"}]}},
    ),
    (
        "a webhook of a service in the cluster",
        "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration",
        {"webhooks": [{"clientConfig": {"service": {"name": "a", "namespace": "platform-system"}}}]},
    ),
    (
        "a model is downloaded",
        "kubernetes:batch/v1:Job",
        {
            "spec": {
                "template": {
                    "spec": {
                        "initContainers": [{"command": ["sh", "-c", "aws s3 cp s3://models/a /models/a --recursive"]}]
                    }
                }
            }
        },
    ),
    (
        "a script of the image",
        "kubernetes:batch/v1:Job",
        {
            "spec": {
                "template": {
                    "spec": {
                        "containers": [
                            {"command": ["bash", "-c", "python -m pip install -r requirements.txt && python train.py"]}
                        ]
                    }
                }
            }
        },
    ),
    (
        "Kueue's configuration",
        RELEASE,
        {
            "chart": "oci://registry.k8s.io/kueue/charts/kueue",
            "version": "0.17.0",
            "values": {"managerConfig": {"controllerManagerConfigYaml": MANAGER}},
        },
    ),
    (
        "cert-manager's configuration",
        RELEASE,
        release(
            "cert-manager",
            "https://charts.jetstack.io",
            {
                "crds": {"enabled": True},
                "config": {
                    "apiVersion": "controller.config.cert-manager.io/v1alpha1",
                    "kind": "ControllerConfiguration",
                    "enableGatewayAPI": True,
                },
            },
        ),
    ),
    (
        "the Prometheus stack",
        RELEASE,
        release(
            "kube-prometheus-stack",
            PROMETHEUS,
            {
                "prometheus": {"prometheusSpec": {"retention": "15d", "resources": {"requests": {"cpu": "1"}}}},
                "grafana": {
                    "admin": {"existingSecret": "a", "passwordKey": "admin-password"},
                    "service": {"type": "ClusterIP"},
                },
            },
        ),
    ),
    ("a chart with empty lists of objects", RELEASE, release("keda", KEDA, {"extraObjects": [], "extraManifests": {}})),
    (
        "values as a text of the program",
        RELEASE,
        {
            **release("keda", KEDA, {}),
            "valueYamlFiles": [
                {
                    "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
                    "hash": "a",
                    "text": "resources:\n  operator:\n    limits: {cpu: 1}\n",
                }
            ],
        },
    ),
    (
        "a chart whose objects are in the plan",
        "kubernetes:helm.sh/v4:Chart",
        {**release("keda", KEDA, {}), "valueYamlFiles": [{"path": "values.yaml"}]},
    ),
    (
        "a scaled object",
        "kubernetes:keda.sh/v1alpha1:ScaledObject",
        {"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "a"}}},
    ),
    (
        "Kyverno requires labels",
        "kubernetes:kyverno.io/v1:ClusterPolicy",
        {
            "spec": {
                "validationFailureAction": "Enforce",
                "rules": [
                    {"name": "a", "validate": {"message": "a", "pattern": {"metadata": {"labels": {"a": "?*"}}}}}
                ],
            }
        },
    ),
    ("an Argo rollout", "kubernetes:argoproj.io/v1alpha1:Rollout", {"spec": {"strategy": {"canary": {}}}}),
    (
        "an Argo workflow with containers",
        "kubernetes:argoproj.io/v1alpha1:WorkflowTemplate",
        {"spec": {"templates": [{"name": "a", "dag": {"tasks": []}}]}},
    ),
    *(
        (f"API group {group}", f"kubernetes:{group}/{kind}", {"spec": {}})
        for group, kind in (
            ("cert-manager.io", "v1:ClusterIssuer"),
            ("monitoring.coreos.com", "v1:ServiceMonitor"),
            ("gateway.networking.k8s.io", "v1:HTTPRoute"),
            ("networking.istio.io", "v1:VirtualService"),
            ("karpenter.sh", "v1:NodePool"),
            ("karpenter.k8s.aws", "v1:EC2NodeClass"),
            ("ray.io", "v1:RayCluster"),
            ("karpenter.azure.com", "v1beta1:AKSNodeClass"),
            ("kueue.x-k8s.io", "v1beta1:ClusterQueue"),
            ("external-secrets.io", "v1:ExternalSecret"),
            ("velero.io", "v1:Schedule"),
            ("nvidia.com", "v1:ClusterPolicy"),
            ("snapshot.storage.k8s.io", "v1:VolumeSnapshotClass"),
            ("crd.k8s.amazonaws.com", "v1alpha1:ENIConfig"),
            ("elbv2.k8s.aws", "v1beta1:TargetGroupBinding"),
            ("kafka.strimzi.io", "v1beta2:Kafka"),
            ("secrets-store.csi.x-k8s.io", "v1:SecretProviderClass"),
            ("opentelemetry.io", "v1beta1:OpenTelemetryCollector"),
        )
    ),
)


@pytest.mark.parametrize(("token", "props"), [item[1:] for item in GOOD], ids=[item[0] for item in GOOD])
def test_a_common_idiom_passes(token: str, props: dict[str, Any]) -> None:
    assert found(token, props) == set()


ASSET = {"4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", "hash": "a"}


@pytest.mark.parametrize(
    "file",
    [
        {**ASSET, "path": "values.yaml"},
        {**ASSET, "text": "controller: {hostNetwork: true}"},
        {**ASSET, "text": "extraObjects: [{kind: Secret}]"},
        {**ASSET, "text": "a: {b"},
        {**ASSET, "text": "- only a list"},
    ],
)
def test_a_file_of_values_is_read_or_refused(file: dict[str, Any]) -> None:
    assert any(
        "valueYamlFiles[0]" in text for text in found(RELEASE, {**release("a", KEDA, {}), "valueYamlFiles": [file]})
    )
