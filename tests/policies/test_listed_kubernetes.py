"""What the mends for published lists read: namespaces, credentials by their form, and the tables of what was held."""

from dataclasses import replace
from pathlib import Path

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from falaj.facts.plaintext_secrets import is_plaintext_secret, is_random_key, is_secret_text
from tests.distribution import ROOT
from tests.processor_time import within

from . import outside
from .attacks.listed_kubernetes import RANDOM, ingress
from .blind import TAGS, k8s
from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
LEVEL = "FJ-EXP-333"
FOLDER = Path(outside.__file__).parent
HELD = frozenset({"caught", "not caught", "out of scope"})


def namespace(**labels: str) -> Given:
    """Returns a namespace with labels."""
    return k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
        **TAGS, **{key.replace("__", "/"): value for key, value in labels.items()}}}}, "space")  # fmt: skip


def test_a_namespace_states_its_level() -> None:
    assert LEVEL in rules(PACK.evaluate_resource(namespace()))
    for key in ("enforce", "audit"):
        stated = namespace(**{f"pod-security.kubernetes.io__{key}": "restricted"})
        assert LEVEL not in rules(PACK.evaluate_resource(stated))
    synchronised = namespace(**{"security.openshift.io__scc.podSecurityLabelSync": "true"})
    assert LEVEL not in rules(PACK.evaluate_resource(synchronised))
    later = k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": UNKNOWN}}, "space")
    assert LEVEL not in rules(PACK.evaluate_resource(later))
    patch = k8s("core/v1:NamespacePatch", {"metadata": {"name": "team-a"}}, "space")
    assert LEVEL not in rules(PACK.evaluate_resource(patch))


def test_a_namespace_without_a_level_is_reported_by_default() -> None:
    pack = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
    reports = pack.evaluate_resource(replace(namespace(), stack="other"))
    assert LEVEL in rules(reports) - blocking(reports)


@pytest.mark.parametrize("name", ["AZURE_BATCH_KEY", "azure.storage.key", "SERVICE_JWT", "BEARER", "OPENAI_KEY"])
def test_a_random_value_makes_a_key_of_a_name(name: str) -> None:
    assert is_plaintext_secret(name, RANDOM)
    assert not is_plaintext_secret(name, "orders-2026-v2")
    assert not is_plaintext_secret(name, "models/Llama-3-8B-Instruct/v2")
    assert not is_plaintext_secret(name, "")


@pytest.mark.parametrize("name", ["PUBLIC_KEY", "SITE_KEY", "CACHE_KEY", "PARTITION_KEY", "KEY_ID", "KEYSPACE"])
def test_names_of_open_keys_are_not_secret(name: str) -> None:
    assert not is_plaintext_secret(name, RANDOM)


@pytest.mark.parametrize(
    ("begin", "rest"),
    [("github_pat_", "a1B2_" * 10), ("glpat-", "a1B2-" * 4), ("glsa_", "a1B2" * 8 + "_0a1b2c3d"), ("npm_", "a1B2" * 9),
     ("pypi-AgEI", "cHlwaS5vcmc" + "a1" * 30), ("sk_live_", "a1B2" * 5), ("rk_prod_", "a1B2" * 5),
     ("SG.", "a1B2" * 5 + "ab." + "a1B2" * 10 + "abc"), ("dop_v1_", "a1b2" * 16), ("dapi", "a1b2" * 8),
     ("ATATT3", "a1B2" * 20), ("shpat_", "a1b2" * 8), ("AGE-SECRET-KEY-1", "QP2Z" * 14 + "QP"),
     ("xapp-1-", "A0B1-123-" + "a1b2" * 8), ("Bearer ", "a1b2c3d4e5")],
)  # fmt: skip
def test_formats_of_tokens_are_known(begin: str, rest: str) -> None:
    assert is_secret_text(begin + rest)
    assert not is_secret_text(begin + rest[:4])
    assert not is_secret_text(f"tokens begin with {begin}")


@pytest.mark.parametrize(
    "text",
    ["bearer " * 3000, "Bearer " + "a" * 20000, "SG." + "a" * 20000, "xapp-1-" + "A" * 20000, "glpat-" * 4000,
     "hooks.slack.com/services/" * 900, "0" * 20000, "a0" * 10000, "/etc/kubernetes" * 1400],
)  # fmt: skip
def test_long_texts_take_no_long_time(text: str) -> None:
    with within(0.5):
        is_secret_text(text)
        is_random_key("A_KEY", text)
    with within(1):
        PACK.evaluate_resource(ingress({}, text))
