"""Served models of a simulation: their autoscaler, their pool and their share of an experiment."""

import pytest

from falaj.simulation import service_models
from tests.unit.simulation.shipped_stacks import platform_of, service

PROD, SMB = "Pulumi.prod-uae.yaml", "examples/smb-inference/Pulumi.smb.yaml"


def test_services_have_the_autoscaler_of_their_settings() -> None:
    built = platform_of(PROD)
    assistant, sentiment, intents = (service(built, name) for name in ("assistant", "sentiment", "intents-b"))
    assert (assistant.pool, assistant.gpus, assistant.min, assistant.max) == ("azuae/gpu", 1, 1, 2)
    assert (assistant.office_min, assistant.office_hours) == (2, (7.5, 19.5))
    assert (assistant.follows, assistant.target) == ("prompts", 1024)
    assert (sentiment.follows, sentiment.target, sentiment.min, sentiment.idle_seconds) == ("queue", 4, 0, 600)
    assert (intents.follows, intents.target) == ("cpu", 0.7)
    assert {each.polling_seconds for each in built.services} == {15}
    assert {each.down_seconds for each in built.services} == {300}
    # The gateway encrypts, so each pod has a proxy.
    assert (assistant.cpu, assistant.memory_gib) == (16.05, 96.125)
    # What the settings promise for the first answer, and MLPerf's limit for others.
    assert (sentiment.late_seconds, assistant.late_seconds, intents.late_seconds) == (180, 2, 1)
    # 0.4 GiB of image, 0.5 GiB of model and 5 seconds of start.
    assert sentiment.cold_start_seconds == pytest.approx(0.4 * 38 + 0.5 * 10 + 5)


def test_replicas_have_the_hours_of_their_settings() -> None:
    hours = "tenants.retail-banking.services.assistant.serving.office_hours={min: 2, opens: '06:30', closes: '20:00'}"
    assistant, sentiment = (service(platform_of(PROD, hours), name) for name in ("assistant", "sentiment"))
    assert (assistant.min, assistant.office_min, assistant.office_hours) == (1, 2, (6.5, 20.0))
    assert (sentiment.office_min, sentiment.office_hours) == (0, None)


def test_small_services_run_on_the_pool_that_the_component_binds_them_to() -> None:
    built = platform_of(SMB)
    assert {each.pool for each in built.services} == {"smbaws/cpu"}


ANOTHER = "sites.azuae.pools.another={{profile: inference-gpu, machines: [Standard_NC40ads_H100_v5], max: 2{}}}"
"""A pool of the same machines, which comes first in the order of names."""
LEFT_OUT = "service assistant is left out: its replicas fit on no pool of azuae"


@pytest.mark.parametrize(
    ("more", "changes", "pool"),
    [
        ("", ("pool=null",), "another"),
        (", tenant: retail-banking", ("pool=null",), "another"),
        (", tenant: insurance", ("pool=null",), "gpu"),
        (", capacity: spot", ("pool=null",), "gpu"),
        (", capacity: spot", ("pool=null", "interruptible=true"), "another"),
        ("", (), "gpu"),
    ],
)
def test_a_service_on_gpus_runs_on_the_cheapest_pool_that_it_may_use(
    more: str, changes: tuple[str, ...], pool: str
) -> None:
    serving = "tenants.retail-banking.services.assistant.serving"
    built = platform_of(PROD, ANOTHER.format(more), *(f"{serving}.{change}" for change in changes))
    assert [each.pool for each in built.services if each.name == "assistant"] == [f"azuae/{pool}"]
    assert LEFT_OUT not in built.warnings


def test_a_service_that_fits_on_no_pool_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings refuse it where the sizes of the machines are known."""
    monkeypatch.setattr(service_models, "_holds", lambda *_: False)
    built = platform_of(PROD)
    assert LEFT_OUT in built.warnings
    assert "assistant" not in {each.name for each in built.services}


def test_machines_of_a_replica_count_as_replicas() -> None:
    serving = "tenants.retail-banking.services.assistant.serving"
    image = "registry.example.ae/vllm/vllm-openai:v0.12.0"
    changes = ("nodes=2", "max=3", f"image='{image}'")
    built = platform_of(PROD, "sites.azuae.pools.gpu.max=9", "tenants.retail-banking.spaces.azuae.gpus=16",
                        *(f"{serving}.{change}" for change in changes))  # fmt: skip
    assistant = service(built, "assistant")
    assert (assistant.min, assistant.office_min, assistant.max) == (2, 4, 6)
    assert "service assistant: each of the 2 machines of a replica counts as one" in built.warnings


def test_a_name_that_two_tenants_use_begins_with_the_tenant() -> None:
    work = "{site: azuae, serving: {tier: smb, runtime: onnx, image: 'r.example.ae/falaj/onnx-server:1.0.0', model: " \
           "{uri: 'vault://models/a', gib: 0.5}, cpu: 1, memory_gib: 2, min: 1, max: 2}}"  # fmt: skip
    second = "{tier: smb, spaces: {azuae: {cpu: 64, memory_gib: 128}}, services: {sentiment: " + work + "}}"
    names = {each.name for each in platform_of(PROD, f"tenants.second={second}").services}
    assert {"small-business/sentiment", "second/sentiment", "assistant"} <= names
    assert "sentiment" not in names


def test_experiments_split_by_their_weights_or_go_to_the_winner() -> None:
    assert platform_of(PROD).experiments == {"intents": {"intents-a": 0.9, "intents-b": 0.1}}
    won = platform_of(PROD, "tenants.retail-banking.experiments.intents.winner=b")
    assert won.experiments == {"intents": {"intents-a": 0.0, "intents-b": 1.0}}
