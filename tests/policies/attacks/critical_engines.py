"""Keys that encrypt what nobody decrypts, filters of models that do not look at texts, and engines of policies that are
switched off by the definitions of their kinds, by quotas and by autoscalers (2026-12-03). Sources stand beside each
attack.
"""

from ..blind import RG, TAGS, az
from ..blind import aws as cloud
from ..harness import Given
from . import Attack

KEYS = "Azure Key Vault, 'Key types, algorithms, and operations', key_ops and nbf, read 2026-12-03"
MODELS = "botocore 1.44.8, bedrock, GuardrailContentFilterConfig and LoggingConfig, read 2026-12-03"
ROLE = "arn:aws:iam::123456789012:role/bank-model-records"


def key(**properties: object) -> tuple[Given, ...]:
    """Returns a key of the bank that rotates, with more properties."""
    return (az("keyvault:Key", {**RG, "vaultName": "kv-bank", "keyName": "ledger", "tags": TAGS, "properties": {
        "kty": "RSA-HSM", "keySize": 3072, "rotationPolicy": {"lifetimeActions": [
            {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P1Y"}}]}, **properties}}),)  # fmt: skip


def filtered(**of_filter: object) -> tuple[Given, ...]:
    """Returns a guardrail of models whose filter of insults has more settings."""
    return (cloud("bedrock/Guardrail", {
        "name": "assistant", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "tags": TAGS,
        "kmsKeyArn": "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555",
        "contentPolicyConfig": {"filtersConfigs": [
            {"type": "INSULTS", "inputStrength": "HIGH", "outputStrength": "HIGH", **of_filter},
            {"type": "HATE", "inputStrength": "HIGH", "outputStrength": "HIGH", "inputModalities": ["TEXT"],
             "outputModalities": ["TEXT", "IMAGE"]}]}}),)  # fmt: skip


def recorded(**deliveries: bool) -> tuple[Given, ...]:
    """Returns the records of calls of models with what they contain."""
    return (cloud("bedrockmodel/InvocationLoggingConfiguration", {"loggingConfig": {
        "imageDataDeliveryEnabled": False, "embeddingDataDeliveryEnabled": False, "videoDataDeliveryEnabled": False,
        **deliveries, "cloudwatchConfig": {"logGroupName": "/bank/models", "roleArn": ROLE}}}),)  # fmt: skip


ENCRYPTED = (
    *(Attack(f"what the key of the ledger encrypts is never decrypted: {', '.join(operations)}", ("FJ-ENC-113",),
             key(keyOps=operations), "critical", KEYS)
      for operations in (["wrapKey"], ["encrypt"], ["encrypt", "decrypt", "wrapKey"], ["wrapKey", "sign", "verify"],
                         ["wrapKey", "unwrapKey", "encrypt"], ["WrapKey", "decrypt"])),
    *(Attack(f"the key of the ledger encrypts nothing before {year}", ("FJ-ENC-113",),
             key(attributes={"notBefore": seconds}), "critical", KEYS)
      for year, seconds in (("2035", 2_051_222_400), ("the year 9999", 253_402_300_799))),
)  # fmt: skip
MODEL_FILTERS = (
    *(Attack(f"insults in texts pass the guardrail of models: {name}", ("FJ-EXP-127", "FJ-ESC-115"), filtered(**given),
             "critical", MODELS)
      for name, given in (
          ("prompts of images", {"inputModalities": ["IMAGE"]}),
          ("answers of images", {"outputModalities": ["IMAGE"], "inputModalities": ["TEXT"]}),
          ("answers that are not looked at", {"outputEnabled": False}))),
    Attack("calls of models are recorded without what was asked", ("FJ-ESC-115",), recorded(
        textDataDeliveryEnabled=False), "critical", MODELS),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*ENCRYPTED, *MODEL_FILTERS)
