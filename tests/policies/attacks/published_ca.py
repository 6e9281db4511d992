"""Attacks that stand close to what others publish and what is good (2026-11-30)."""

from ..blind import crd, k8s, meta, release
from ..harness import Given
from . import Attack
from .after_sixteenth_objects import OPEN, annotated_pods

SWITCH, ABROAD = ("FJ-ESC-115",), ("FJ-RES-003",)
READ = "read 2026-11-30"


def _store(kind: str, **azure: str) -> tuple[Given, ...]:
    return release("harbor", "1.18.0", {"persistence": {"imageChartStorage": {
        "type": kind, "azure": {"container": "images", **azure}}}})  # fmt: skip


def _authorization(action: str) -> tuple[Given, ...]:
    return (crd("agentgateway.dev/v1alpha1:AgentgatewayPolicy", {
        "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "tools"}],
        "traffic": {"authorization": {"action": action, "policy": {"matchExpressions": ["true"]}}}}),)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("images of a registry go to an account of somebody", ABROAD, _store("azure", accountname="imagesofothers"),
        "critical", f"the type says that the driver is used (distribution 0d6b721, storage-drivers/azure.md, {READ})"),
    Attack("a program exempts itself from the check of root", OPEN, annotated_pods({
        "polaris.fairwinds.com/runAsRootAllowed-exempt": "true"}),
        "major", f"the check is not evaluated for it (FairwindsOps/polaris, exemptions.md, {READ})"),
    *(Attack(f"agentgateway's rules {action.lower()} every caller", SWITCH, _authorization(action),
        "critical", f"the expression is met by each call (agentgateway 75b4e6ce, rbac.go, {READ})")
      for action in ("Allow", "Require")),
    Attack("a new user of a database has a password in a script", OPEN, (
        k8s("core/v1:ConfigMap", {"metadata": meta("users"), "data": {
            "users.sql": "CREATE USER 'app'@'%' IDENTIFIED BY 'Winter2026';"}}, "users"),),
        "critical", f"it stands in the program (MySQL, CREATE USER, {READ})"),
)  # fmt: skip
