"""Statistics of published traces, from which synthetic months are drawn. The traces themselves are not part of this.

All figures were counted in the published files on 2026-11-28, with three significant digits. Between two quantiles,
logarithms are interpolated: the means of the samples are then within 11 % of those of the traces (Philly 4.49 h for
4.06 h, Alibaba 43 min for 46 min, Gavel 40.7 h for 40.8 h; tokens within 5 %).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

QUANTILES: Sequence[float] = (0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Shares of the jobs or requests that have at most the values of the tables below."""


@dataclass(frozen=True)
class JobFacts:
    """Jobs of a cluster."""

    run: Sequence[float]
    """Seconds of computation at `QUANTILES`."""
    gpus: Mapping[float, float]
    """GPUs of a job -> share of the jobs."""
    same_minute: float
    """Share of the jobs that are submitted within a minute after another one."""


@dataclass(frozen=True)
class RequestFacts:
    """Requests to a language model."""

    prompt: Sequence[float]
    """Tokens of the prompt at `QUANTILES`."""
    generated: Sequence[float]
    """Generated tokens at `QUANTILES`. They do not depend on the prompt (correlation of logarithms below 0.09)."""
    minute_variance: float
    """Variance of the rate from minute to minute, by the square of the mean."""
    instant_variance: float
    """Variance of the rate from ten seconds to ten seconds within a minute, by the square of the mean."""


JOB_FACTS: Mapping[str, JobFacts] = {
    "philly": JobFacts(
        (1, 48, 61, 131, 1190, 3340, 12900, 49900, 168000, 287000, 484000, 1360000, 4630000),
        {1: 0.62, 2: 0.12, 4: 0.16, 8: 0.10},
        0.28,
    ),
    "gavel": JobFacts(
        (2.57, 628, 1420, 12000, 70100, 193000, 398000, 566000, 763000, 950000, 1150000, 1680000, 1770000),
        {1: 0.369, 2: 0.191, 4: 0.382, 8: 0.058},
        0.92,
    ),
    "alibaba": JobFacts(
        (4, 29, 52, 143, 234, 963, 4020, 5800, 19000, 31900, 69200, 164000, 1330000),
        {0.36: 0.023, 0.57: 0.063, 0.81: 0.479, 1: 0.404, 2: 0.004, 4: 0.007, 8: 0.020},
        0.30,
    ),
}
"""Name of a sample -> its jobs.

- philly: running times of 83,154 jobs of Microsoft's Philly cluster of 2017 (msr-fiddle/philly-traces); GPUs of the
  two traces of it in Gavel (stanford-futuredata/gavel, msr_0e4a51_seed0 and msr_ee9e8c_seed0), jobs of more than 8 GPUs
  as 8; `same_minute` of msr_ee9e8c_seed0.
- gavel: the 1,181 long jobs of msr_0e4a51_seed0, steps by the measured throughput on a V100
  (simulation_throughputs.json; one GPU's throughput times the GPUs where a job's own was not measured).
- alibaba: the 2,054 pods with GPUs that ran and ended of openb_pod_list_default (alibaba/clusterdata,
  cluster-trace-gpu-v2023), from `scheduled_time` to `deletion_time`; fractions are means of quarters of a GPU.
"""

REQUEST_FACTS: Mapping[str, RequestFacts] = {
    "conversation": RequestFacts(
        (2, 181, 207, 396, 1020, 1190, 2730, 4080, 4100, 4140, 4830, 6180, 14000),
        (7, 41, 54, 85, 129, 395, 424, 451, 540, 601, 643, 954, 1000),
        0.06,
        0.0,
    ),
    "code": RequestFacts(
        (3, 75, 147, 578, 1470, 2740, 5190, 7300, 7440, 7440, 7440, 7440, 7440),
        (6, 6, 7, 9, 13, 24, 55, 90, 171, 251, 359, 825, 1900),
        0.71,
        1.19,
    ),
}
"""Name of a sample -> its requests: AzureLLMInferenceTrace_conv and _code of an hour of 2023-11-16
(Azure/AzurePublicDataset), 19,366 and 8,819 requests. The variances reproduce those of the counts per minute and per
ten seconds, by the squared mean: 0.0626 and 0.0726 (conversation), 1.056 and 2.78 (code), less those of Poisson
arrivals."""
