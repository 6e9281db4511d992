"""An inference service whose replicas run on several machines: a LeaderWorkerSet instead of a Deployment.

| event | handling |
| --- | --- |
| a pod of a running replica ends, or is evicted | all its pods are deleted and created again: vLLM does not continue |
| a pod ends while others of its replica copy the model | it alone is restarted |
| the leader or a worker is evicted | the others keep running for as long as requests in progress may take |

Read in sigs.k8s.io/lws v0.9.0: api/leaderworkerset/v1, pkg/controllers, pkg/webhooks.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.serving.multi_node import GROUP_LABEL
from falaj.components.core.serving.server_command import Server, server_of, worker_of
from falaj.components.kubernetes.cluster.camel_case import camel_case
from falaj.components.kubernetes.serving.inference_pod import PodContext, machine_template, spread

REVISION_LABEL = "leaderworkerset.sigs.k8s.io/template-revision-hash"
ZONE = "topology.kubernetes.io/zone"


def leader_worker_set(args: InferenceServiceArgs, context: PodContext) -> dict[str, Any]:
    """Returns the spec of the LeaderWorkerSet."""
    serving = args.serving
    leader = _template(args, context, server_of(serving, args.service), is_leader=True)
    worker = _template(args, context, worker_of(serving, args.service), is_leader=False)
    return {
        "replicas": serving.first_replicas,
        "startupPolicy": "LeaderCreated",
        # With one name for all groups, the controller would take the Service of the model for its own headless one.
        "networkConfig": {"subdomainPolicy": "UniquePerReplica"},
        "rolloutStrategy": {
            "type": "RollingUpdate",
            "rollingUpdateConfiguration": {"maxSurge": serving.surge, "maxUnavailable": 1 - serving.surge},
        },
        "leaderWorkerTemplate": {
            "size": serving.nodes,
            "restartPolicy": "RecreateGroupAfterStart",
            "leaderTemplate": camel_case(leader),
            "workerTemplate": camel_case(worker),
        },
    }


def _template(args: InferenceServiceArgs, context: PodContext, server: Server, is_leader: bool) -> Any:
    # Workers follow their leader, so only leaders are spread.
    constraints: Sequence[Any] = spread(args.serving, args.request_selector, REVISION_LABEL) if is_leader else ()
    template = machine_template(args.serving, server, context, args.pod_labels, constraints)
    affinity = template["spec"].get("affinity", {})
    template["spec"]["affinity"] = {**affinity, "pod_affinity": _same_zone(args.selector, context.region)}
    return template


def _same_zone(selector: Mapping[str, str], region: str | None) -> dict[str, Any]:
    """Returns the affinity of the pods of a replica to each other's zone: they exchange data for every token. On
    premises it is a preference, because nodes need not have the label of a zone."""
    term = {"topology_key": ZONE, "label_selector": {"match_labels": selector}, "match_label_keys": [GROUP_LABEL]}
    if region is None:
        return {"preferred_during_scheduling_ignored_during_execution": [{"weight": 100, "pod_affinity_term": term}]}
    return {"required_during_scheduling_ignored_during_execution": [term]}
