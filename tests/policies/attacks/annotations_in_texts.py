"""Attacks by keys of annotations in texts that are no plain block of YAML, and in patches of deployers.

Forms by RFC 6902 and 6901 (a slash in a key is `~1`), fluxcd/pkg e2cfd1a2 (apis/kustomize/kustomize_types.go, `patch`)
and the charts of HashiCorp, which take annotations as a text too (vault-helm, values.yaml, as known); 2026-11-30.
"""

from ..blind import k8s, meta, release
from ..harness import Given
from . import Attack

UNREAD = ("FJ-ESC-125",)
KEY = "sidecar.istio.io/notReviewed"
POINTER = f"/spec/template/metadata/annotations/{KEY.replace('/', '~1')}"


def _applied(text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"objects": text}})


def _patched(patch: str) -> Given:
    return k8s("kustomize.toolkit.fluxcd.io/v1:Kustomization", {"metadata": meta(), "spec": {
        "interval": "10m", "path": "./apps", "prune": True, "patches": [{"patch": patch}]}})  # fmt: skip


ATTACKS = tuple(
    Attack(name, UNREAD, (given,), "high", why)
    for name, given, why in (
        ("a key of a mesh stands in a flow of YAML", _applied(f"metadata:\n  annotations: {{{KEY}: x}}\n"),
         "YAML 1.2, flow mappings"),
        ("a key of a mesh stands in an object of JSON",
         _applied(f'{{"metadata": {{"annotations": {{"{KEY}": "x"}}}}}}'),
         "every text of JSON is one of YAML"),
        ("a key of a mesh stands behind an anchor", _applied(f"metadata:\n  annotations: &a\n    {KEY}: x\n"),
         "YAML 1.2, node anchors"),
        ("a merged patch of Flux has a key of a mesh",
         _patched(f"kind: Deployment\nmetadata:\n  name: x\n  annotations:\n    {KEY}: x\n"),
         "kustomize_types.go, patch"),
        ("a JSON patch of Flux has a key of a mesh", _patched(f"- op: add\n  path: {POINTER}\n  value: x\n"),
         "RFC 6901, section 3"),
        ("a chart takes annotations as a text", release("keda", "2.17.0", {"pods": {"annotations": f"{KEY}: x\n"}})[0],
         "values of charts of HashiCorp"),
        ("a chart takes annotations as a template",
         release("keda", "2.17.0", {"pods": {"annotations": f"{KEY}: x\nother: {{{{ .Release.Name }}}}\n"}})[0],
         "values of charts of HashiCorp"),
    )
)  # fmt: skip
