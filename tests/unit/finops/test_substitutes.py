"""Machine types that can replace another, and how their names are parsed."""

from falaj.facts.machines import Machine, find
from falaj.finops.substitutes import substitutes, trade_off, traits


def names(machine: str, region: str = "uaenorth") -> set[str]:
    return {other.name for other in substitutes(region, machine)}


def the(machine: str, region: str = "uaenorth") -> Machine:
    result = find(region, machine)
    assert result is not None
    return result


def test_a_substitute_has_at_least_as_much_of_everything() -> None:
    result = names("Standard_D16ads_v5")
    assert "Standard_D16ads_v6" in result
    for less in (
        "Standard_D16as_v5",  # no local disk
        "Standard_D16alds_v6",  # half the memory
        "Standard_D4ads_v5",  # a quarter of the vCPU
        "Standard_D16ads_v7",  # its memory is unknown
        "Standard_B16als_v2",  # full speed in bursts only
        "Standard_NC40ads_H100_v5",  # an unwanted GPU
    ):
        assert less not in result, less
    assert {find("uaenorth", name).gpu_model for name in names("Standard_NC40ads_H100_v5")} == {"H100 NVL"}  # type: ignore[union-attr]
    assert names("Standard_NV12ads_A10_v5") == {
        f"Standard_NV{size}_A10_v5" for size in ("18ads", "36ads", "36adms", "72ads")
    }, "as large a part of a GPU, and as much memory"
    assert names("Standard_M96s_v3") == set(), "nobody states its memory"
    assert all(name.startswith(("Standard_DC", "Standard_EC")) for name in names("Standard_DC16as_v5"))
    assert "c7i-flex.2xlarge" not in names("m5.2xlarge", "me-central-1")


def test_what_names_say() -> None:
    assert traits("Standard_ND96isr_H100_v5").has == {"a host of its own", "Premium disks", "RDMA"}
    assert traits("Standard_L8s_v3").has == {"a local disk", "Premium disks"}
    assert traits("Standard_D4_v2") == traits("Standard_D8_v2")
    assert (traits("c6in.xlarge").has, traits("i4i.large").has) == ({"a faster network"}, {"a local disk"})
    assert traits("m7gd.large").generation == 7
    assert traits("mine").has == frozenset()
    assert trade_off(the("Standard_D16as_v5"), the("Standard_D16as_v4")) == "an older generation with slower cores"
