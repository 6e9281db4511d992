"""When each alert fires, and when it does not. A GPU costs AED 10 an hour, `tenant-a` has a budget of AED 7,300 and
300 seconds for the first answer of `tenant-a/chat`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.monitoring.series import (
    Series,
    allocation,
    constant,
    gpu_activity,
    gpu_node,
    gpu_pod,
    merged,
    prices,
    started,
    unheld_gpu,
)

NODE = gpu_node("n1", 4)
RUN = gpu_pod("tenant-a", "run-0", "n1", 4)
COSTS = prices("n1", 0.1, 0.01, 10)
WARNING, CRITICAL = "warning", "critical"


@dataclass(frozen=True)
class Case:
    """Series, and the alerts that fire at `minutes` with these labels and summaries."""

    alert: str
    what: str
    series: Series
    minutes: int
    fires: tuple[tuple[dict[str, str], str], ...] = field(default=())


def _queue(pending: str, admitted: str) -> Series:
    """Pending workloads as the leader of two replicas reports them, and admissions."""
    return {
        'kueue_pending_workloads{cluster_queue="a",status="active",replica_role="leader",pod="k-0"}': pending,
        'kueue_pending_workloads{cluster_queue="a",status="active",replica_role="follower",pod="k-1"}': "0x720",
        'kueue_admitted_workloads_total{cluster_queue="a",priority_class="",replica_role="leader",pod="k-0"}': admitted,
    }


def _evicted(reason: str, values: str, cause: str = "") -> Series:
    """Evictions for a reason, as the leader counts them; the follower counts none."""
    labels = f'cluster_queue="a",reason="{reason}",underlying_cause="{cause}",priority_class="",replica_role="leader"'
    return {f"kueue_evicted_workloads_total{{{labels}}}": values}


def _node(name: str, capacity: str, capacity_type: str) -> Series:
    """A node of the pool `train`, as kube-state-metrics reports its labels."""
    labels = f'label_falaj_capacity="{capacity}",label_karpenter_sh_capacity_type="{capacity_type}"'
    return {f'kube_node_labels{{node="{name}",label_falaj_pool="train",{labels},job="kube-state-metrics"}}': "1x720"}


def _waits(seconds: str, bigger: str) -> Series:
    """Ten admissions a minute, all of them in the bucket up to `seconds`."""
    bucket = 'kueue_admission_wait_time_seconds_bucket{cluster_queue="a",priority_class="",le="%s"}'
    return {bucket % "10": "0x720", bucket % seconds: "0+10x720", bucket % bigger: "0+10x720",
            bucket % "+Inf": "0+10x720"}  # fmt: skip


def _idle(pod: str, cost: str) -> tuple[dict[str, str], str]:
    labels = {"namespace": "tenant-a", "pod": pod, "node": "n1", "severity": WARNING}
    return labels, f"tenant-a/{pod} has held a GPU for an hour and used less than 5 % of it{cost}"


IDLE_RUN = gpu_activity("tenant-a", "run-0", 0.01)
SHARED = gpu_pod("tenant-a", "note-0", "n1", 1, "nvidia_com_gpu_shared")
SLICE = gpu_pod("tenant-a", "part-0", "n1", 1, "nvidia_com_mig_1g_10gb")
KEDA_ERRORS = 'keda_scaled_object_errors_total{namespace="keda",exported_namespace="tenant-a",scaledObject="chat"}'
KEDA_HONORED = 'keda_scaled_object_errors_total{namespace="tenant-b",scaledObject="chat"}'
TOO_LONG = "MaximumExecutionTimeExceeded"
BLIND = " cannot read what its replicas follow: they stay as many"

CASES: tuple[Case, ...] = (
    Case("FalajGpuHeldIdle", "four GPUs without work for two hours", merged(NODE, RUN, IDLE_RUN), 125,
         (_idle("run-0", ", at AED 40.00 an hour"),)),
    Case("FalajGpuHeldIdle", "a seventh of a GPU", merged(NODE, SLICE, gpu_activity("tenant-a", "part-0", 0)), 125,
         (_idle("part-0", ", at AED 1.43 an hour"),)),
    Case("FalajGpuHeldIdle", "a time-sliced GPU, whose price is not known",
         merged(NODE, SHARED, gpu_activity("tenant-a", "note-0", 0)), 125, (_idle("note-0", ""),)),
    Case("FalajGpuHeldIdle", "not yet for an hour", merged(NODE, RUN, IDLE_RUN), 55),
    Case("FalajGpuHeldIdle", "a busy one", merged(NODE, RUN, gpu_activity("tenant-a", "run-0", 0.6)), 300),
    Case("FalajGpuHeldIdle", "GPUs that nobody holds are not the exporter's",
         merged(NODE, unheld_gpu("n1", 0), unheld_gpu("n1", 1)), 300),
    Case("FalajGpuHeldIdle", "nothing measures it", merged(NODE, RUN), 300),
    Case("FalajGpusFree", "two of four GPUs, which two exporters report",
         merged(NODE, gpu_pod("tenant-a", "run-0", "n1", 2)), 50,
         (({"severity": WARNING}, "GPUs worth AED 20.00 an hour are paid for and held by nobody: a pool does not "
           "shrink, or its minimum is too high"),)),
    Case("FalajGpusFree", "all held", merged(NODE, RUN), 300),
    Case("FalajGpusFree", "no GPUs", {"up": constant(1)}, 300),
    Case("FalajGpuMetricsLost", "GPUs without an exporter", NODE, 20,
         (({"severity": CRITICAL}, "There are GPUs and nobody measures them: idle ones would not be found"),)),
    Case("FalajGpuMetricsLost", "measured", merged(NODE, unheld_gpu("n1", 0)), 300),
    Case("FalajGpuMetricsLost", "no GPUs", {"up": constant(1)}, 300),
    Case("FalajScalingBlind", "errors, with the label that the scrape renamed", {KEDA_ERRORS: "0+3x720"}, 25,
         (({"namespace": "tenant-a", "scaledObject": "chat", "severity": CRITICAL}, f"tenant-a/chat{BLIND}"),)),
    Case("FalajScalingBlind", "errors, with the label of KEDA", {KEDA_HONORED: "0+3x720"}, 25,
         (({"namespace": "tenant-b", "scaledObject": "chat", "severity": CRITICAL}, f"tenant-b/chat{BLIND}"),)),
    Case("FalajScalingBlind", "past errors", {KEDA_ERRORS: "3x720"}, 300),
    Case("FalajScalingBlind", "no KEDA", {"up": constant(1)}, 300),
    # 20 vCPU at 0.1, 100 GiB at 0.01 and one GPU at 10 are 13 AED an hour, 9,490 a month.
    Case("FalajTenantOverBudget", "more than the budget",
         merged(COSTS, allocation("tenant-a", "run-0", "n1", 20, 100, 1)), 70,
         (({"namespace": "tenant-a", "severity": WARNING},
           "tenant-a spends at a rate of AED 9490 a month, more than its budget"),)),
    Case("FalajTenantOverBudget", "less than the budget",
         merged(COSTS, allocation("tenant-a", "run-0", "n1", 20, 100, 0)), 300),
    Case("FalajTenantOverBudget", "no budget", merged(COSTS, allocation("tenant-b", "run-0", "n1", 90, 900, 9)), 300),
    Case("FalajTenantOverBudget", "no prices", allocation("tenant-a", "run-0", "n1", 20, 100, 1), 300),
    Case("FalajCostMetricsLost", "no prices", allocation("tenant-a", "run-0", "n1", 20, 100, 1), 20,
         (({"namespace": "tenant-a", "severity": CRITICAL}, "tenant-a has a budget and nobody measures what it costs"),
          )),
    Case("FalajCostMetricsLost", "measured", merged(COSTS, allocation("tenant-a", "run-0", "n1", 20, 100, 0)), 300),
    Case("FalajTenantBudgetReached", "55 % after four hours at 1,003 AED",
         merged(COSTS, allocation("tenant-a", "run-0", "n1", 20, 100, 100)), 240,
         (({"namespace": "tenant-a", "severity": "info", "percent": "50"},
           "Everything in tenant-a has cost 55 % of its budget of the month"),)),
    Case("FalajTenantBudgetReached", "41 % after three hours",
         merged(COSTS, allocation("tenant-a", "run-0", "n1", 20, 100, 100)), 180),
    Case("FalajQueueStuck", "none admitted in four hours", _queue("3x720", "5x720"), 260,
         (({"cluster_queue": "a", "severity": WARNING},
           "3 workloads wait in the queue a, and none was admitted in 4 hours"),)),
    Case("FalajQueueStuck", "one admitted every hour", _queue("3x720", "0x59 1x59 2x59 3x59 4x59 5x59 6x300"), 260),
    Case("FalajQueueStuck", "nothing waits", _queue("0x720", "5x720"), 700),
    Case("FalajQueueStuck", "no Kueue", {"up": constant(1)}, 700),
    Case("FalajQueueSlow", "waits up to 20,480 seconds", _waits("20480", "40960"), 60,
         (({"cluster_queue": "a", "severity": WARNING}, "One in twenty workloads of the queue a waited 5h 24m 16s or "
           "longer until it was admitted"),)),
    Case("FalajQueueSlow", "waits up to 10,240 seconds", _waits("10240", "20480"), 300),
    Case("FalajQueueSlow", "no Kueue", {"up": constant(1)}, 300),
    Case("FalajWorkloadsEvicted", "twice in an hour",
         _evicted("PodsReadyTimeout", "_x90 1x20 2x400"), 115,
         (({"cluster_queue": "a", "severity": WARNING},
           "Workloads of the queue a did not start in time 2 times in an hour: no machines, or a quota of the "
           "namespace"),)),
    Case("FalajWorkloadsEvicted", "once an hour", _evicted("PodsReadyTimeout", "_x90 1x60 2x60 3x400"), 200),
    Case("FalajWorkloadsEvicted", "in the past", _evicted("PodsReadyTimeout", "9x720"), 300),
    Case("FalajWorkloadsEvicted", "for another reason", _evicted("Preempted", "_x90 9x400"), 100),
    Case("FalajWorkloadsEvicted", "no Kueue", {"up": constant(1)}, 300),
    Case("FalajWorkloadDeactivated", "the first one", _evicted("Deactivated", "_x90 1x400", TOO_LONG), 95,
         (({"cluster_queue": "a", "severity": CRITICAL},
           "1 workloads of the queue a were stopped and are not tried again"),)),
    Case("FalajWorkloadDeactivated", "in the past", _evicted("Deactivated", "1x720", TOO_LONG), 300),
    Case("FalajWorkloadDeactivated", "by somebody, or to move a run with a deadline",
         _evicted("Deactivated", "_x90 1x400"), 95),
    Case("FalajWorkloadDeactivated", "no Kueue", {"up": constant(1)}, 300),
    Case("FalajNoSpotMachines", "two for more than an hour", merged(_node("n1", "spot-first", "on-demand"),
         _node("n2", "spot-first", "on-demand"), _node("n3", "spot-first", "spot")), 65,
         (({"label_falaj_pool": "train", "severity": WARNING},
           "2 machines of the pool train are on-demand: no spot machine has replaced them in an hour"),)),
    Case("FalajNoSpotMachines", "not yet for an hour", _node("n1", "spot-first", "on-demand"), 55),
    Case("FalajNoSpotMachines", "spot machines", _node("n1", "spot-first", "spot"), 300),
    Case("FalajNoSpotMachines", "an on-demand pool", _node("n1", "on-demand", "on-demand"), 300),
    Case("FalajNoSpotMachines", "no nodes", {"up": constant(1)}, 300),
    Case("FalajColdStartSlow", "ready after seven minutes", started("tenant-a", "chat-6f7d9c-x2x4v", 600, 1020), 19,
         (({"namespace": "tenant-a", "pod": "chat-6f7d9c-x2x4v", "deployment": "chat", "severity": WARNING},
           "tenant-a/chat-6f7d9c-x2x4v needed 7m 0s to become ready, longer than its service promises for the first "
           "answer"),)),
    Case("FalajColdStartSlow", "not ready after ten minutes", started("tenant-a", "chat-6f7d9c-x2x4v", 600, None), 20,
         (({"namespace": "tenant-a", "pod": "chat-6f7d9c-x2x4v", "deployment": "chat", "severity": WARNING},
           "tenant-a/chat-6f7d9c-x2x4v needed 10m 0s to become ready, longer than its service promises for the first "
           "answer"),)),
    Case("FalajColdStartSlow", "in time", started("tenant-a", "chat-6f7d9c-x2x4v", 600, 840), 100),
    Case("FalajColdStartSlow", "in time, and not ready ten minutes later",
         started("tenant-a", "chat-6f7d9c-x2x4v", 600, 840, ready_minutes=10), 60),
    Case("FalajColdStartSlow", "ready again much later", started("tenant-a", "chat-6f7d9c-x2x4v", 0, 9000), 160),
    Case("FalajColdStartSlow", "no promise", started("tenant-a", "other-6f7d9c-x2x4v", 600, 1800), 40),
    Case("FalajColdStartSlow", "no pods", {"up": constant(1)}, 100),
)  # fmt: skip
