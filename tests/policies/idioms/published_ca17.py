"""Good idioms of clusters whose keys stand in programs that others published (2026-11-30): names that only show, count
or tell versions apart."""

from ..attacks.after_sixteenth_objects import annotated_pods
from ..blind import TAGS, k8s, meta, pod
from . import Idiom
from .eighth_serving import VLLM
from .sixth_kubernetes import MODELS
from .thirteenth_cluster_work import image, inside, ours, top
from .twelfth_cluster import GPU, TOLERATED

READ = "read 2026-11-30"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a runtime of KServe says what a dashboard of models shows of it", (
        k8s("serving.kserve.io/v1alpha1:ServingRuntime", {
            "metadata": meta("vllm-shown", annotations={
                "opendatahub.io/apiProtocol": "REST", "opendatahub.io/kserve-runtime": "vllm",
                "opendatahub.io/modelServingSupport": '["single"]',
                "opendatahub.io/recommended-accelerators": '["nvidia.com/gpu"]',
                "template.openshift.io/documentation-url": "https://models.bank.ae/runtimes",
                "template.openshift.io/long-description": "Serves the bank's models of language"}),
            "spec": {
                "supportedModelFormats": [{"name": "vLLM", "version": "1", "autoSelect": True}],
                "protocolVersions": ["v2"], "labels": {**TAGS, "opendatahub.io/genai-asset": "true"},
                **{key: value for key, value in pod({
                    "name": "kserve-container", "image": VLLM, "args": ["--model=/mnt/models", "--port=8080"],
                    "ports": [{"containerPort": 8080}]}).items() if key in ("containers", "securityContext")},
                "annotations": {"prometheus.kserve.io/port": "8080", "opendatahub.io/kserve-runtime": "vllm"}}},
            "vllm-shown"),),
        f"opendatahub-io/odh-model-controller 57b43aad config/runtimes/vllm/vllm-gaudi-template.yaml, {READ}", MODELS),
    Idiom("a runtime of the trainer says for which phase of a model it is", (
        top("trainer.kubeflow.org/v1alpha1:ClusterTrainingRuntime", "torch-phase", {
            "mlPolicy": {"numNodes": 2, "torch": {"numProcPerNode": 1}},
            "template": {"metadata": {"labels": {"trainer.kubeflow.org/phase": "pre-training"}}, "spec": {
                "replicatedJobs": [{"name": "node", "template": {
                    "metadata": {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}},
                    "spec": {"template": {"metadata": {"labels": TAGS}, "spec": pod(
                        {"name": "node", "image": image("torch-tune"), "resources": GPU},
                        tolerations=TOLERATED)}}}}]}}}),),
        f"kubeflow/training-operator a55f03a8 manifests/base/runtimes/pretraining/torch_distributed.yaml, {READ}",
        ours(prices=("trainer.kubeflow.org/v1alpha1:ClusterTrainingRuntime::torch-phase",))),
    Idiom("pods say to which service and version their records belong", annotated_pods(
        {"linkerd.io/trust-root-sha256": "8dc603abd4e755c25c94da05abbf29b9b283a784733651020d72f97ca8ab98e4"},
        **{"tags.datadoghq.com/env": "production", "tags.datadoghq.com/app.service": "score",
           "tags.datadoghq.com/version": "1.4.2"}),
        f"DataDog/ecommerce-workshop deploy/generic-k8s/ecommerce-app/discounts.yaml, {READ}"),
    Idiom("pods of a pool of models say which part of an answer they make", annotated_pods(
        {}, **{"llm-d.ai/inference-serving": "true", "llm-d.ai/model": "falcon", "llm-d.ai/role": "decode",
               "llm-d.ai/engine-type": "vllm"}),
        f"llm-d/llm-d-inference-scheduler 520af478 deploy/environments/dev/epd/patch-decode.yaml, {READ}"),
    Idiom("pods of a compiled pipeline say which part they are", annotated_pods({
        "pipelines.kubeflow.org/v2_component": "true", "pipelines.kubeflow.org/runtime-role": "launcher"}),
        f"kubeflow/pipelines 7b70c7b9 test_data/compiled-workflows/add_numbers.yaml, {READ}"),
    Idiom("settings of programs carry the labels of the release that has them", tuple(
        k8s("core/v1:ConfigMap", {"metadata": {
            "name": name, "namespace": "platform", "labels": {**TAGS, key: value}}, "data": {"level": "info"}}, name)
        for name, key, value in (
            ("pipelines-logging", "pipeline.tekton.dev/release", "v1.9.0"),
            ("triggers-logging", "triggers.tekton.dev/release", "v0.34.0"),
            ("operator-logging", "operator.tekton.dev/release", "v0.78.0"),
            ("pruner-logging", "pruner.tekton.dev/release", "v0.3.5"),
            ("policy-logging", "policy.sigstore.dev/release", "v0.13.0"),
            ("identity-logging", "azure-workload-identity.io/system", "true"))),
        f"tektoncd/pipeline 3ee1745a config; sigstore/policy-controller f925c0c1 config, {READ}"),
    Idiom("the objects of a cluster of machines move with it", (
        k8s("core/v1:ConfigMap", {"metadata": {"name": "sizes", "namespace": "platform", "labels": {
            **TAGS, "clusterctl.cluster.x-k8s.io/move-hierarchy": "true"}}, "data": {"level": "info"}}, "sizes"),),
        "kubernetes-sigs/cluster-api ae7ff047 docs/book/src/developer/providers/contracts/clusterctl.md, read "
        "2026-11-30"),
    Idiom("a virtual machine has the labels of the examples of its operator", (
        inside("kubevirt.io/v1:VirtualMachine", "archive", {
            "runStrategy": "Halted", "template": {
                "metadata": {"labels": {**TAGS, "kubevirt.io/vm": "archive", "kubevirt.io/size": "small"}}, "spec": {
                    "evictionStrategy": "LiveMigrate", "domain": {
                        "cpu": {"cores": 2}, "memory": {"guest": "4Gi"}, "firmware": {
                            "bootloader": {"efi": {"secureBoot": True}}},
                        "features": {"smm": {"enabled": True}}, "resources": {"requests": {"memory": "4Gi"}},
                        "devices": {"disks": [{"name": "root", "disk": {"bus": "virtio"}}],
                                    "interfaces": [{"name": "default", "masquerade": {}}]}},
                    "networks": [{"name": "default", "pod": {}}],
                    "volumes": [{"name": "root", "dataVolume": {"name": "archive"}}]}}}),),
        f"kubevirt/kubevirt d923fdb8 examples/vm-cirros-clarge.yaml, {READ}",
        ours("kubevirt.io", prices=("kubevirt.io/v1:VirtualMachine::archive",))),
    Idiom("a training that is wrapped for the queue says how often it is started again", (
        inside("workload.codeflare.dev/v1beta2:AppWrapper", "tune", {"components": []}, annotations={
            "workload.codeflare.dev.appwrapper/retryLimit": "3",
            "workload.codeflare.dev.appwrapper/failureGracePeriodDuration": "1m",
            "workload.codeflare.dev.appwrapper/successTTLDuration": "1h"}),),
        f"project-codeflare/appwrapper b47a99ee samples/wrapped-job.yaml, {READ}",
        ours("workload.codeflare.dev", prices=("workload.codeflare.dev/v1beta2:AppWrapper::tune",))),
    Idiom("zones of a store of records are made smaller one after the other", annotated_pods(
        {"grafana.com/prepare-downscale-http-path": "ingester/prepare-shutdown",
         "grafana.com/prepare-downscale-http-port": "8080"},
        **{"grafana.com/prepare-downscale": "true", "grafana.com/min-time-between-zones-downscale": "12h"}),
        f"grafana/tempo operations/jsonnet-compiled/microservices-with-extras, {READ}"),
    Idiom("a collector is told the port with the figures of a pod", annotated_pods(
        {"signoz.io/scrape": "true", "signoz.io/port": "8888", "signoz.io/path": "/metrics"}),
        f"digitalocean/marketplace-kubernetes 79a92bca stacks/signoz/values.yml, {READ}"),
)  # fmt: skip
