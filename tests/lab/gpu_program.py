"""Program with a language model on GPUs that is scaled by its waiting requests. The file `prometheus` has the address
of Prometheus."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.site.provider import site_kubernetes
from tests.unit.components.serving_samples import LARGE, SERVICE

site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
namespace = Path("settings").read_text()
serving = {
    **LARGE,
    "model": {"uri": "s3://uae-models/assistant/v3", "gib": 16},
    "min": 1,
    "max": 4,
    "load": {**LARGE["load"], "prometheus": Path("prometheus").read_text()},
    "pool": namespace,
    "priority_class": namespace,
}
args = {**SERVICE, "namespace": namespace, "service": "assistant", "serving": serving}
args["tags"] = {**SERVICE["tags"], "environment": "dev"}
for unused in ("pools", "gateway", "host"):
    del args[unused]

InferenceService(
    "assistant",
    InferenceServiceArgs.of("assistant", args),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}),
)
