"""Small traces in the form of published ones and of exports, written by hand from the documentation of each form."""

import json
from pathlib import Path
from typing import Any

HEADER = "submit,run_seconds,gpus,cpu,memory_gib,tenant,interruptible,deadline"
JOBS = f"""{HEADER}
2026-11-01T08:00:00+04:00,3600,1,,,vision,true,
2026-11-01T09:30:00+04:00,7200,0.5,2,8,speech,false,2026-11-01T18:00:00+04:00
2026-11-02T09:30:00+04:00,60.5,0,4,,vision,,
"""
REQUESTS = """at,prompt_tokens,generated_tokens,seconds,service
0,374,44,,chat
0.25,,,1.5,vision
90,396,109,,chat
"""

PHILLY: list[dict[str, Any]] = [
    {
        "status": "Pass",
        "vc": "ee9e8c",
        "jobid": "application_2",
        "submitted_time": "2017-10-07 01:11:39",
        "user": "ce2f4c",
        "attempts": [
            {
                "start_time": "2017-10-07 01:12:00",
                "end_time": "2017-10-07 01:13:00",
                "detail": [{"ip": "m47", "gpus": ["gpu0", "gpu1"]}],
            },
            {
                "start_time": "2017-10-07 01:20:00",
                "end_time": "2017-10-07 02:20:00",
                "detail": [{"ip": "m47", "gpus": ["gpu0", "gpu1"]}, {"ip": "m48", "gpus": ["gpu0", "gpu1"]}],
            },
            {"start_time": "2017-10-07 03:00:00", "end_time": None, "detail": []},
        ],
    },
    {
        "status": "Killed",
        "vc": "0e4a51",
        "jobid": "application_1",
        "submitted_time": "2017-10-07 01:00:00",
        "user": "a",
        "attempts": [
            {
                "start_time": "2017-10-07 01:00:30",
                "end_time": "2017-10-07 01:01:00",
                "detail": [{"ip": "m1", "gpus": ["gpu3"]}],
            }
        ],
    },
    {
        "status": "Failed",
        "vc": "0e4a51",
        "jobid": "application_3",
        "submitted_time": "2017-10-07 00:30:00",
        "user": "a",
        "attempts": [],
    },
]

GAVEL = (
    "ResNet-18 (batch size 16)\tpython3 main.py\t--num_steps\t1\t3000\t0.000000\t1\n"
    "A3C\tpython3 main.py\t--max-steps\t1\t100\t6.5\t4\n"
    "A3C\tpython3 main.py\t--max-steps\t1\t100\t7.0\t0\n"
)
GAVEL_LATER = "A3C\tpython3 main.py\t--max-steps\t1\t100\t2\t1.0\t1.5\t60.0\n"
GAVEL_TEN = "A3C\tpython3 main.py\trl\t--max-steps\t1\t100\t2\t1.0\t-1.0\t60.0\n"
THROUGHPUTS = {
    "k80": {"('A3C', 1)": {"null": 1.0}},
    "v100": {
        "('ResNet-18 (batch size 16)', 1)": {"null": 30.0, "('A3C', 1)": [1.0, 2.0]},
        "('A3C', 1)": {"null": 5.0},
        "('A3C', 4)": {"null": 10.0},
    },
}

ALIBABA = """name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,\
scheduled_time
openb-pod-0000,12000,16384,1,460,,LS,Running,100,1100,120
openb-pod-0001,6000,12288,1,1000,V100M16|V100M32,BE,Pending,110,400,
openb-pod-0002,88000,327680,8,1000,,BE,Succeeded,150,250,160
openb-pod-0003,4000,1024,0,0,,Burstable,Failed,160,170,165
openb-pod-0004,4000,1024,0,0,,Burstable,Failed,161,170,170
"""

LLM = """TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:17:03.9799600,4808,10
2023-11-16 18:17:04.0319600,3180,8
2023-11-16 18:18:04.0781490,110,27
"""
LLM_2024 = """TIMESTAMP,ContextTokens,GeneratedTokens
2024-05-10 00:00:00.009930+00:00,2162,5
2024-05-10 00:00:01.017335+00:00,2399,6
"""

BURST_GPT = """Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
5,ChatGPT,472,18,490,Conversation log
45,GPT-4,1087,230,1317,API log
50,ChatGPT,20,0,20,API log
2118,ChatGPT,417,276,693,Conversation log
"""
BURST_GPT_3 = """Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
5.5,12,3.2,ChatGPT,472,18,490,Conversation log
"""
MOONCAKE = """{"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47, 2353]}
{"timestamp": 0, "input_length": 6472, "output_length": 26, "hash_ids": [46, 47, 2366]}

{"timestamp": 3600000, "input_length": 1, "output_length": 0, "hash_ids": []}
"""
QWEN = """{"chat_id": 159, "parent_chat_id": 55, "timestamp": 61.114, "input_length": 521, "output_length": 132, \
"type": "text", "turn": 2, "hash_ids": [1089, 1090]}
{"chat_id": 160, "parent_chat_id": -1, "timestamp": 7200, "input_length": 9, "output_length": 1, "type": "image", \
"turn": 1, "hash_ids": [1]}
"""

RUNTIMES = "runtime\n0.0\n1.0\n30.5\n7200\n"


def condition(kind: str, time: str, status: str = "True") -> dict[str, str]:
    """Returns a condition of a workload."""
    return {"type": kind, "status": status, "lastTransitionTime": time, "reason": kind, "message": ""}


def workload(
    name: str,
    requests: dict[str, str],
    conditions: list[dict[str, str]],
    *,
    created: str = "2026-11-01T08:00:00Z",
    count: int = 1,
    labels: dict[str, str] | None = None,
    annotations: dict[str, str] | None = None,
    spec: dict[str, Any] | None = None,
    status: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Returns a workload of Kueue, as `kubectl get workloads -o json` prints it."""
    pods = {"containers": [{"name": "train", "resources": {"requests": requests}}], **(spec or {})}
    template = {"metadata": {"labels": labels or {}, "annotations": annotations or {}}, "spec": pods}
    return {
        "apiVersion": "kueue.x-k8s.io/v1beta2",
        "kind": "Workload",
        "metadata": {"name": name, "namespace": "tenant-vision", "creationTimestamp": created},
        "spec": {"queueName": "vision", "podSets": [{"name": "main", "count": count, "template": template}]},
        "status": {"conditions": conditions, **(status or {})},
    }


def kueue(*workloads: dict[str, Any]) -> dict[str, Any]:
    """Returns a list of workloads."""
    return {"apiVersion": "v1", "items": list(workloads), "kind": "List", "metadata": {"resourceVersion": ""}}


def matrix(*series: tuple[dict[str, str], list[tuple[float, str]]]) -> dict[str, Any]:
    """Returns the answer to a range query."""
    result = [{"metric": labels, "values": [list(pair) for pair in values]} for labels, values in series]
    return {"status": "success", "data": {"resultType": "matrix", "result": result}}


LOG = """[2020-03-15T10:00:00.000Z] Created instance i-1 with 1 GPU(s) of type v100 in zone us-east-1b
[2020-03-15T10:00:30.000Z] Created instance i-2 with 8 GPU(s) of type k80 in zone us-east-1b
[2020-03-15T10:01:00.000Z] Created instance i-3 with 8 GPU(s) of type k80 in zone us-east-1c
[2020-03-15T10:01:40.000Z] Instance with 1 GPU(s) of type v100 creation failed
[2020-03-15T10:10:00.000Z] Instance i-1 running in zone us-east-1b
[2020-03-15T10:10:01.000Z] Instance i-2 not running in zone us-east-1b
[2020-03-15T10:10:05.000Z] Successfully deleted instance i-2
[2020-03-15T10:20:00.000Z] Created instance i-4 with 8 GPU(s) of type k80 in zone us-east-1b
[2020-03-15T11:00:00.000Z] Instance i-4 running in zone us-east-1b
"""


def price(zone: str, price: str, time: str, machine: str = "p3.2xlarge") -> dict[str, str]:
    """Returns an entry of a price history."""
    return {
        "AvailabilityZone": zone,
        "InstanceType": machine,
        "ProductDescription": "Linux/UNIX",
        "SpotPrice": price,
        "Timestamp": time,
    }


def written(path: Path, content: object) -> Path:
    """Writes a trace: a text as it is, anything else as JSON."""
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path
