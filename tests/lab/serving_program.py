"""Program with a small model that scales to zero without requests. Its cold start is short, so that it scales down
soon."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.serving.cold_start import ColdStartSpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.site.provider import site_kubernetes
from tests.unit.components.serving_samples import POOLS, SERVICE, SLEEPING

site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
cold_start = ColdStartSpec(first_answer_seconds=60, image_gib=0.1, load_seconds=1, node_seconds=10, idle_seconds=30)
namespace = Path("settings").read_text()
serving = {**SLEEPING, "cold_start": cold_start, "priority_class": namespace, "pool": namespace}
pools = {namespace: POOLS["x86"]}

InferenceService(
    "asleep",
    InferenceServiceArgs.of(
        "asleep",
        {
            **SERVICE,
            "namespace": namespace,
            "service": "asleep",
            "serving": serving,
            "pools": pools,
            "host": f"{namespace}.example.ae",
        },
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}),
)
