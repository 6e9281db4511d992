"""Programs near the attacks on keys, filters of models and engines of policies that harm nothing (2026-12-03)."""

from ..attacks.critical_engines import KEYS, MODELS, filtered, key, recorded
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
)  # fmt: skip
