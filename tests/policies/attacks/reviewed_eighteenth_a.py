"""Attacks behind what the eighteenth set on clusters and charts left alone: objects beside a word of a webhook or of
amounts, and rules of a role on secrets under a key of objects.

'read' is the day on which the sources were looked up.
"""

from ..blind import k8s, meta, release
from . import Attack

TESTED = ("FJ-ESC-107",)
READ = "read 2026-11-30"
KYVERNO = "kyverno/kyverno, charts/kyverno/values.yaml"

ATTACKS: tuple[Attack, ...] = (
    Attack("objects of a chart stand beside a word of a webhook", TESTED, release("web", "1.0.0", {
        "extraObjects": {"failurePolicy": "{{ .Values.note }}", "note": "{{ include \"note\" . }}"}}, "team-a"),
        "major", f"any object is created, past each rule (extraObjects is made of templates, {READ})"),
    Attack("objects of a chart stand under words of amounts", TESTED, release("web", "1.0.0", {
        "extraManifests": {"limits": "{{ .Values.note }}"}}, "team-a"),
        "major", f"any object is created, past each rule (extraManifests is made of templates, {READ})"),
    Attack("further rules of a chart's role are on every secret", TESTED, release("web", "1.0.0", {
        "rbac": {"extraResources": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]}]}},
        "team-a"),
        "critical", f"the program reads every secret ({KYVERNO} has rules of the same form, {READ})"),
    Attack("a server of figures keeps them for a thousand seconds", ("FJ-ESC-115",), (
        k8s("monitoring.coreos.com/v1:Prometheus", {"metadata": meta("figures", "monitoring"), "spec": {
            "retention": "1000s"}}, "figures"),),
        "major", f"figures are gone before somebody asks (prometheus/prometheus documentation, storage, {READ})"),
)  # fmt: skip
