"""Programs near the attacks on keys, filters of models and engines of policies that harm nothing (2026-12-03)."""

from ..attacks.critical_engines import (
    DEFINITIONS,
    KEYS,
    KYVERNO,
    MODELS,
    QUOTAS,
    RECORDS,
    SCALERS,
    definition,
    filtered,
    key,
    limits,
    patch,
    quota,
    recorded,
    renamed,
    scaled,
)
from ..blind import crd, workload
from . import Idiom, unpriced

OF_KEYS = unpriced("azure-native:keyvault:Key::it")

IDIOMS: tuple[Idiom, ...] = (
    *(Idiom(f"a key of the vault has what its use asks for: {name}", key(**properties), KEYS, OF_KEYS)
      for name, properties in (
          ("both sides of each pair", {"keyOps": ["wrapKey", "unwrapKey", "decrypt", "encrypt"]}),
          ("only what reads, as others encrypt with its public half", {"keyOps": ["decrypt", "unwrapKey"]}),
          ("signatures", {"keyOps": ["sign", "verify"]}),
          ("the transfer of another key", {"keyOps": ["import"]}),
          ("since the last year", {"attributes": {"enabled": True, "notBefore": 1_764_547_200}}))),
    Idiom("a filter of a guardrail looks at texts and images, and attacks are looked for in prompts", filtered(
        inputModalities=["TEXT", "IMAGE"], outputModalities=["TEXT"], outputEnabled=True), MODELS),
    Idiom("attacks by prompts are looked for in prompts only", filtered(
        type="PROMPT_ATTACK", outputStrength="NONE", inputModalities=["TEXT"], outputEnabled=False), MODELS),
    Idiom("calls of models are recorded with their texts", recorded(textDataDeliveryEnabled=True), MODELS),
    Idiom("policies are served in their new version, and no longer in an old one", definition(
        "kyverno.io", "ClusterPolicy", ("v1", True, True), ("v1beta1", False, False)), DEFINITIONS),
    Idiom("policies are served in the second stable version, and no longer in the first", definition(
        "security.istio.io", "AuthorizationPolicy", ("v1", False, False), ("v2", True, True)), DEFINITIONS),
    *(Idiom(f"numbers of a namespace leave room for its pods: {name}", plan, QUOTAS)
      for name, plan in (
          ("of an engine", quota("kyverno", {"pods": "20", "requests.cpu": "4", "limits.memory": "16Gi",
                                             "services.loadbalancers": "0", "persistentvolumeclaims": "0"})),
          ("without pods that state no resources", quota("monitoring", {"pods": "0"}, scopes=["BestEffort"])),
          ("of a team without pods", quota("team-a", {"pods": "0"})),
          ("of a team with less than the smallest", limits("team-a", max={"memory": "8Mi"})),
          ("of containers of an engine", limits("kyverno", max={"cpu": "2", "memory": "4Gi"}, min={"cpu": "10m"})))),
    *(Idiom(f"pods stay: {name}", plan, SCALERS)
      for name, plan in (
          ("at least two of the engine", scaled("kyverno", KYVERNO, minReplicaCount=2)),
          ("the autoscaler of an engine is paused at three", scaled("kyverno", KYVERNO, {
              "autoscaling.keda.sh/paused-replicas": "3"}, minReplicaCount=2)),
          ("what archives records of audit starts when there are some", scaled(
              "records", "audit-log-archiver", minReplicaCount=0, triggers=[RECORDS])),
          ("those of a team go by night", scaled("team-a", "letters", minReplicaCount=0)),
          ("two that take alerts", (crd("monitoring.coreos.com/v1:Alertmanager", {"replicas": 2}),)),
          ("none of a program of auditors until it is released", (renamed(
              workload("apps/v1:Deployment", {}, replicas=0), "team-a", "audit-plans"),)),
          ("three, by a change of another stack's program", patch(
              "apps/v1:DeploymentPatch", "falco", "falcosidekick", {"replicas": 3})))),
)  # fmt: skip
