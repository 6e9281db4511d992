"""Published traces that are tables.

- Azure LLM inference traces of 2023 and 2024 (Azure/AzurePublicDataset, AzureLLMInferenceDataset2023.md and 2024.md):
  `TIMESTAMP`, `ContextTokens`, `GeneratedTokens`. Times without a zone are read as UTC.
- BurstGPT (HPMLL/BurstGPT e92f533b, README.md, read 2026-12-01): `Timestamp` in seconds from midnight of the first day
  on, `Model`, `Request tokens` and `Response tokens`. Requests without response tokens failed, and are left out. The
  model is the name of the service.
- Alibaba's GPU trace of 2023 (alibaba/clusterdata, cluster-trace-gpu-v2023/README.md, openb_pod_list_*.csv): pods with
  `cpu_milli`, `memory_mib`, `num_gpu`, `gpu_milli` (of each GPU), `qos`, and times in seconds. A pod runs from
  `scheduled_time` to `deletion_time`, which for pods that still ran is the end of the trace. Pods that were never
  scheduled are left out. Best-effort pods (`BE`) may be interrupted, others may not.
"""

import numpy as np

from falaj.finops.errors import BadInput
from falaj.simulation.traces.instants import moment
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import NOBODY, START
from falaj.simulation.traces.tables import Column, Kind, Table
from falaj.simulation.work import Jobs, Requests, Work

TIMESTAMP = Column("TIMESTAMP", Kind.UTC_MOMENT)
CONTEXT, GENERATED = Column("ContextTokens"), Column("GeneratedTokens")

SECOND, REQUEST, RESPONSE = Column("Timestamp"), Column("Request tokens"), Column("Response tokens")
MODEL = "Model"

CREATED, DELETED, SCHEDULED = Column("creation_time"), Column("deletion_time"), Column("scheduled_time", default=np.nan)
MILLI_CPU, MEBIBYTES = Column("cpu_milli"), Column("memory_mib")
GPUS, MILLI_GPU = Column("num_gpu"), Column("gpu_milli")
QOS, BEST_EFFORT = "qos", "BE"


def read_llm_requests(table: Table, options: TraceOptions) -> Work:
    """Returns the requests of an Azure LLM inference trace. Raises `BadInput`."""
    del options  # the table says everything
    at = table.moments(TIMESTAMP, dated=True)
    table.require_ascending(TIMESTAMP, at)
    start = float(np.floor(at[0]))
    at = at - start
    count = len(at)
    service = np.zeros(count, np.int32)
    prompt, generated = table.numbers(CONTEXT), table.numbers(GENERATED)
    requests = Requests(at, prompt, generated, np.full(count, np.nan), service, (NOBODY,))
    return Work(moment(start), float(at[-1]) + 1.0, requests=requests)


def read_burst_gpt(table: Table, options: TraceOptions) -> Work:
    """Returns the requests of BurstGPT. Raises `BadInput`."""
    del options  # the table says everything
    at, prompt, generated = (table.numbers(column) for column in (SECOND, REQUEST, RESPONSE))
    table.require_ascending(SECOND, at)
    service, services = table.texts(MODEL, NOBODY)
    rows = np.flatnonzero(generated > 0)
    if not len(rows):
        raise BadInput(table.file.label, "has no request with response tokens")
    requests = Requests(at[rows], prompt[rows], generated[rows], np.full(len(rows), np.nan), service[rows], services)
    left_out = len(at) - len(rows)
    notes = (f"{left_out} requests of the trace were left out: they have no response tokens, so they failed.",)
    return Work(START, float(at[-1]) + 1.0, requests=requests, notes=notes if left_out else ())


def read_pods(table: Table, options: TraceOptions) -> Work:
    """Returns the pods of Alibaba's GPU trace of 2023. Raises `BadInput`."""
    del options  # the table says everything
    created, deleted, scheduled = (table.numbers(column) for column in (CREATED, DELETED, SCHEDULED))
    early = deleted < np.where(np.isnan(scheduled), created, scheduled)
    if early.any():
        table.refuse(DELETED.name, int(np.argmax(early)), "at or after the time of the pod's start")
    run = deleted - scheduled
    gpus = table.numbers(GPUS) * table.numbers(MILLI_GPU) / 1000
    classes, names = table.texts(QOS, "")
    interruptible = np.array([name == BEST_EFFORT for name in names])[classes]
    rows = np.flatnonzero(run > 0)
    if not len(rows):
        raise BadInput(table.file.label, "has no pod that ran")
    rows = rows[np.argsort(created[rows], kind="stable")]
    jobs = Jobs(
        created[rows] - created[rows[0]],
        run[rows],
        gpus[rows],
        (table.numbers(MILLI_CPU) / 1000)[rows],
        (table.numbers(MEBIBYTES) / 1024)[rows],
        np.zeros(len(rows), np.int32),
        interruptible[rows],
        np.full(len(rows), np.inf),
        (NOBODY,),
    )
    left_out = len(run) - len(rows)
    notes = (f"{left_out} entries of the trace were left out: the pods were never scheduled, or not for a second.",)
    return Work(START, float(jobs.submit[-1]) + 1.0, jobs=jobs, notes=notes if left_out else ())
