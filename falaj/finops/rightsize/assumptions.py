"""Every assumed constant of right-sizing, with its source and day. Those that a workload uses are printed.

Peak figures of GPUs and processors are facts (`falaj.facts.gpus`, `falaj.facts.processors`); what programs reach of
them is assumed here. A measurement in the profile (`measured`) takes precedence over all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assumption:
    """An assumed value and where it comes from. `text` says what it means, with `{}` for the value; `share` formats the
    value as a percentage.
    """

    value: float
    text: str
    source: str
    day: str
    share: bool = True

    def __str__(self) -> str:
        value = f"{self.value:.0%}" if self.share else f"{self.value:g}"
        return f"assumed: {self.text.format(value)} ({self.source}, {self.day})"


GPU_BANDWIDTH = Assumption(
    0.6,
    "generating tokens reaches {} of a GPU's memory bandwidth",
    "Databricks, LLM inference performance engineering, bandwidth utilisation on A100 and H100, from memory",
    "2023-10-12",
)
GPU_PROMPT = Assumption(
    0.4,
    "prompts reach {} of a GPU's dense bf16 arithmetic",
    "as in training, see llm-foundry's MFU tables; no published figure for serving was found",
    "2026-11-27",
)
GPU_TRAINING = Assumption(
    0.35,
    "training reaches {} of a GPU's dense bf16 arithmetic on one machine",
    "NVIDIA NeMo AutoModel performance summary: 328 to 334 of 989 TFLOPS on H100",
    "2026-11-27",
)
GPU_PARALLEL = Assumption(
    0.85,
    "GPUs that share one model keep {} of their speed",
    "own estimate for NVLink; PCIe may be slower",
    "2026-11-27",
)
PCIE = Assumption(
    0.8, "GPUs without NVLink exchange weights at {} of PCIe 4.0 x16 (31.5 GB/s)", "own estimate", "2026-11-27"
)
MACHINES_PARALLEL = Assumption(
    0.9, "machines that train one model keep {} of their speed", "own estimate for RDMA", "2026-11-27"
)
VISION_ARITHMETIC = Assumption(
    0.25,
    "convolutions and vision transformers reach {} of a GPU's dense 16-bit arithmetic",
    "pytorch-image-models results aa4b5850: ResNet-50 on RTX 4090, 5,088 images/s",
    "2026-08-08",
)
VISION_BANDWIDTH = Assumption(
    0.3,
    "activations of vision models move at {} of a GPU's memory bandwidth",
    "pytorch-image-models results aa4b5850: MobileNetV2 on RTX 4090, 11,768 images/s",
    "2026-08-08",
)
CPU_BANDWIDTH = Assumption(
    1.0,
    "a vCPU reaches {} of its share of the socket's memory bandwidth",
    "lower than measured beside idle neighbours: 210 to 310 % on Graviton4 (Arm learning path, Llama 3 8B Q4_0), 240 % "
    "on a Xeon (docs/workloads.md, F16)",
    "2025-06 and 2026-11-27",
)
_VECTOR = Assumption(
    0.4,
    "AVX2, AVX-512 and Neon reach {} of their peak",
    "lower than measured: F16 with llama.cpp on AVX-512 reaches 89 %, docs/workloads.md",
    "2026-11-27",
)
_DOT_PRODUCT = Assumption(
    0.25,
    "VNNI, i8mm and other dot products of 8 or 16 bits reach {} of their peak",
    "Arm learning path, Llama 3 8B Q4_0 with llama.cpp on Graviton4: 27 to 32 %; own measurement with VNNI, "
    "docs/workloads.md: 22 to 35 %",
    "2025-06 and 2026-11-27",
)
CPU_ARITHMETIC: Mapping[str, Assumption] = {
    **dict.fromkeys(("AVX2", "AVX-512", "Neon"), _VECTOR),
    **dict.fromkeys(("VNNI", "AVX-512 BF16", "dot product", "i8mm", "Arm bf16"), _DOT_PRODUCT),
    "AMX bf16": Assumption(
        0.2, "AMX reaches {} of its bf16 peak", "sonos/tract#2339: 348 G multiply-adds/s a core, 27 %", "2026-06-03"
    ),
    "AMX int8": Assumption(
        0.09,
        "AMX reaches {} of its int8 peak",
        "sonos/tract#2339: 228 to 280 G multiply-adds/s a core, 9 to 11 %",
        "2026-06-03",
    ),
}
"""Instructions -> share of their peak that matrix arithmetic reaches."""
LOAD = Assumption(
    0.7,
    "machines are loaded to {} of their maximum throughput, or less where requests would wait too long",
    "own choice; waiting follows from it (Erlang C)",
    "2026-11-27",
)
USABLE = Assumption(0.9, "{} of a machine's or GPU's memory may be planned", "vLLM, gpu_memory_utilization", "2025-10")
RUNTIME_GB = Assumption(
    1.5, "driver, kernels and buffers take {} GB on each GPU or machine", "own estimate", "2026-11-27", share=False
)
LOGITS_BYTES = Assumption(
    10,
    "logits take {} bytes for each token of a micro-batch and word of the vocabulary while training",
    "16-bit logits, their fp32 copy and its gradient, as in transformers, loss_utils.ForCausalLMLoss",
    "2026-11-27",
    share=False,
)
START_HOURS = Assumption(
    0.1,
    "a machine is billed for {} hours a run beside the work: start, images and removal",
    "docs/workloads.md: 2 to 10 minutes until an empty machine is removed; own estimate of the start",
    "2026-11-27",
    share=False,
)
