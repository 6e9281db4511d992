"""Changes of settings on the command line: what they change, and what they refuse."""

import pytest

from falaj.components.core.validation.raw import as_mapping
from falaj.finops.errors import BadInput
from falaj.simulation.changes import changed
from tests.unit.settings.stacks import raw

POOL = "sites.awsuae.pools.gpuspot"


def at(settings: object, path: str) -> object:
    for key in path.split("."):
        settings = as_mapping(settings)[key]
    return settings


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        (f"{POOL}.max", "12", 12),
        (f"{POOL}.capacity", "spot", "spot"),
        (f"{POOL}.machines", "[g5.12xlarge, g6.12xlarge]", ["g5.12xlarge", "g6.12xlarge"]),
        ("sites.awsuae.sleeps", "true", True),
        ("sites.awsuae.aws.budget_stop", "null", None),
        ("sites.awsuae.aws.budget_stop", "", None),
        (f"{POOL}.labels", "{example.ae/a: '=1'}", {"example.ae/a": "=1"}),
        # A field that the file does not have, in a section that it does not have.
        ("tenants.retail-banking.runs.fraud-tuning.efficiency.checkpoint_seconds", "60", 60),
        ("sites.awsuae.office_hours.closes", "'18:00'", "18:00"),
        ("tenants.retail-banking.spaces.awsuae.queue.pool_percent.gpuspot", "80", 80),
        # A new entry of a mapping by names.
        ("sites.awsuae.pools.extra", "{profile: batch, machines: [m7g.large], max: 1}",
         {"profile": "batch", "machines": ["m7g.large"], "max": 1}),
    ],
)  # fmt: skip
def test_a_change_sets_one_value(path: str, text: str, value: object) -> None:
    before, result = raw(), changed(raw(), [f"{path}={text}"])
    assert at(result, path) == value
    *parents, last = path.split(".")
    for depth in range(1, len(parents) + 1):
        place = ".".join(parents[:depth])
        section = before
        for key in parents[:depth]:
            section = section.get(key, {})
        others = {key: item for key, item in section.items() if key not in (*parents, last)}
        assert {key: as_mapping(at(result, place)).get(key) for key in others} == others


def test_an_item_of_a_list_and_changes_in_their_order() -> None:
    result = changed(raw(), [f"{POOL}.machines=[a, b]", f"{POOL}.machines.1=c", f"{POOL}.max=1", f"{POOL}.max=2"])
    assert (at(result, f"{POOL}.machines"), at(result, f"{POOL}.max")) == (["a", "c"], 2)


def test_the_settings_themselves_do_not_change() -> None:
    settings = raw()
    changed(settings, [f"{POOL}.max=12", f"{POOL}.machines.0=other"])
    assert settings == raw()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("x", "--set: 'x' is not PATH=VALUE, such as sites.main.pools.cpu.max=4"),
        ("=1", "--set: '=1' is not PATH=VALUE, such as sites.main.pools.cpu.max=4"),
        ("sites..pools=1", "--set: 'sites..pools=1' is not PATH=VALUE, such as sites.main.pools.cpu.max=4"),
        ("site=1", "--set site: the settings have no 'site'; there are: ceilings, commitments, currency, finops, "
                   "onprem, replication, sites, tags, tenants; did you mean sites?"),
        ("sites.awsua.sleeps=true", "--set sites.awsua.sleeps: sites has no 'awsua'; there are: awsuae, azuae; did you "
                                    "mean awsuae?"),
        (f"{POOL}.maximum=1", f"--set {POOL}.maximum: {POOL} has no 'maximum'; there are: aws, azure, capacity, "
                              "disk_gib, labels, machines, max, min, profile, sharing, taints, tenant, zone, zones; "
                              "did you mean max?"),
        (f"{POOL}.max.x=1", f"--set {POOL}.max.x: {POOL}.max is one value and has no 'x'; set {POOL}.max itself"),
        (f"{POOL}.machines.5=x", f"--set {POOL}.machines.5: {POOL}.machines is a list without an item '5'; there "
                                 "are: 0 to 4"),
        (f"{POOL}.max=1\n- 2", f"--set {POOL}.max: '1\\n- 2' is not one value of YAML, such as 4, spot or [g5.xlarge, "
                               "g6.xlarge]"),
    ],
)  # fmt: skip
def test_what_the_settings_do_not_have_is_refused(change: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        changed(raw(), [change])
    assert str(refused.value) == sentence


def test_a_value_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(BadInput, match=rf"--set {POOL}.max: not YAML"):
        changed(raw(), [f"{POOL}.max=["])
