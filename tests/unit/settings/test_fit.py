"""Consistency of a stack's settings: within a site, between sites, tenants and replication; and warnings."""

import pytest

from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import platform_settings
from tests.unit.settings.stacks import changed, problems, raw


def test_a_firewall_is_named_by_its_addresses() -> None:
    result = {problem.path for problem in problems(changed("sites.azuae.network.egress", "firewall"))}
    assert result == {"platform.sites.azuae.network.firewall_address", "platform.replication.addresses"}


def test_reserved_machines_name_their_reservation_and_zone() -> None:
    result = problems(changed("sites.awsuae.pools.gpu.capacity", "capacity-block"))
    assert [problem.path.rsplit(".", 1)[1] for problem in result] == ["reservation", "zone"]


def test_machines_close_together_have_a_fast_interface_and_stand_in_one_zone() -> None:
    result = {
        problem.path.rsplit(".", 1)[1] for problem in problems(changed("sites.awsuae.pools.gpu.aws.interconnect", True))
    }
    assert result == {"interconnect", "zone"}


def test_scratch_storage_stands_before_a_vault_of_datasets() -> None:
    settings = changed("sites.awsuae.aws", {"scratch_gib": 1200})
    assert platform_settings(settings).sites["awsuae"].aws is not None
    settings["sites"]["awsuae"]["vaults"] = ["checkpoints", "models"]
    (problem,) = problems(settings)
    assert problem.allowed == "only with a vault datasets"


def test_node_auto_provisioning_neither_stops_nor_splits_gpus() -> None:
    settings = changed("sites.azuae.node_autoscaler", "karpenter")
    settings["tags"]["environment"] = "test"
    settings["sites"]["azuae"]["sleeps"] = True
    settings["sites"]["azuae"]["pools"]["cpu"]["min"] = 0
    settings["sites"]["azuae"]["pools"]["gpu"]["azure"] = {"gpu_partition": "MIG1g"}
    assert {problem.path for problem in problems(settings)} == {
        "platform.sites.azuae.sleeps",
        "platform.sites.azuae.pools.gpu.azure.gpu_partition",
    }


def test_names_that_one_part_uses_exist_in_another() -> None:
    settings = changed("tenants", {"retail": {"tier": "smb", "budgets": {"azuae": raw()["sites"]["azuae"]["budget"]}}})
    for pool in ("gpu", "gpusmall"):
        del settings["sites"]["azuae"]["pools"][pool]["tenant"]
    (unused,) = problems(settings)
    assert unused.path == "platform.tenants.retail.budgets.azuae"
    settings["sites"]["azuae"]["pools"]["cpu"]["tenant"] = "retail"
    assert platform_settings(settings).tenants["retail"].budgets.keys() == {"azuae"}
    settings["sites"]["azuae"]["pools"]["cpu"]["tenant"] = "wholesale"
    assert {p.path for p in problems(settings)} == {unused.path, "platform.sites.azuae.pools.cpu.tenant"}


@pytest.mark.parametrize(
    ("path", "value", "location", "allowed"),
    [
        ("replication.aws", "azuae", "platform.replication.aws", "awsuae"),
        ("replication.azure", "nowhere", "platform.replication.azure", "azuae"),
        ("replication.profile", "batch", "platform.replication.profile", "an on-demand pool for all tenants on site"),
        ("replication.profile", "inference-gpu", "platform.replication.profile", "an on-demand pool for all tenants"),
        ("replication.flows", {"secrets": "to-azure"}, "platform.replication.flows.secrets", "datasets"),
        ("replication.flows.models", "to-mars", "platform.replication.flows.models", "to-azure, to-aws"),
        ("sites.azuae.network.egress", "none", "platform.replication.azure", "a site with egress"),
        ("tags.data-classification", "secret", "platform.replication.private_line", "would cross the internet"),
        (
            "sites.azuae.network",
            {"cidr": "10.20.0.0/16", "egress": "firewall", "firewall_address": "10.0.0.4"},
            "platform.replication.addresses",
            "the firewall's public addresses",
        ),
    ],
)
def test_copies_join_two_sites_that_can_copy(path: str, value: object, location: str, allowed: str) -> None:
    (problem,) = problems(changed(path, value))
    assert problem.path == location
    assert allowed in str(problem)


def test_the_bill_is_that_of_a_cloud_with_a_site() -> None:
    settings = changed("finops", {"azure": {"budget": raw()["sites"]["azuae"]["budget"]}}, "dev")
    assert [problem.path for problem in problems(settings)] == ["platform.finops.azure"]


def test_a_system_pool_on_spot_breaks_both_rules() -> None:
    assert [
        p.path.rsplit("awsuae.", 1)[1] for p in problems(changed("sites.awsuae.pools.system.capacity", "spot"))
    ] == [
        "pools.system.machines",
        "pools.system.capacity",
    ]


def test_a_cluster_that_nobody_administers_is_a_warning() -> None:
    texts = warnings(platform_settings(changed("sites.azuae.administrators", [])))
    assert [text for text in texts if "azuae: nobody administers its cluster" in text]


def test_a_zone_less_region_takes_one_zone() -> None:
    settings = changed("sites.azuae.region", "uaecentral")
    settings["tenants"] = {}
    settings["sites"]["azuae"]["pools"] = {
        "system": {"profile": "system", "machines": ["Standard_D4as_v5"], "min": 1, "max": 3}
    }
    (problem,) = problems(settings)
    assert (problem.path, problem.allowed) == ("platform.sites.azuae.network.zones", "at most 1 in uaecentral")


def test_what_is_known_against_a_region_or_a_machine_is_a_warning_and_no_problem() -> None:
    texts = warnings(platform_settings(changed("sites.azuae.pools.gpu.azure", {"os_disk_type": "Managed"})))
    assert [text for text in texts if "me-central-1 is impaired since 2026-09-15" in text]
    assert [text for text in texts if "awsuae, pool gpu: g6.xlarge observed in mec1-az1, mec1-az2 only" in text]
    assert not [text for text in texts if "pool gpuspot" in text]


def test_a_pool_with_one_machine_of_known_spot_price_is_a_warning() -> None:
    few = changed("sites.awsuae.pools.gpuspot.machines", ["g5.12xlarge", "g6.12xlarge", "g6e.12xlarge"])
    texts = warnings(platform_settings(few))
    assert [text for text in texts if "pool gpuspot: a spot price was observed for g5.12xlarge but not for" in text]


def test_a_replica_of_the_registry_needs_a_registry_and_access_to_its_region() -> None:
    settings = changed("sites.azuae.azure", {"registry_replica": True})
    region = "the registry's replica is in uaecentral, which is open only to subscriptions that Azure has admitted"
    assert [text for text in warnings(platform_settings(settings)) if region in text]
    assert not [text for text in warnings(platform_settings(raw())) if region in text]
    settings["sites"]["azuae"]["storage"] = {}
    (problem,) = problems(settings)
    assert problem.path == "platform.sites.azuae.azure.registry_replica"


def test_slow_disks_and_unknown_zones_of_machines_with_gpus_are_warnings() -> None:
    texts = warnings(platform_settings(changed("sites.azuae.pools.gpu.azure", {"os_disk_type": "Managed"})))
    assert [text for text in texts if "azuae: pool gpu: a managed OS disk of 200 GiB reads 125 MB/s" in text]
    texts = warnings(platform_settings(changed("sites.azuae.pools.gpu.zone", "1")))
    assert [text for text in texts if "azuae: pool gpu: the zones of Standard_NC40ads_H100_v5 are not known" in text]


def test_zones_of_a_pool_are_zones_of_its_site() -> None:
    settings = changed("sites.azuae.pools.cpu.zones", ["1", "3"])
    assert platform_settings(settings).sites["azuae"].pools["cpu"].pinned_zones == ("1", "3")
    settings["sites"]["azuae"]["network"]["zones"] = 2
    (problem,) = problems(settings)
    assert (problem.path, problem.allowed) == ("platform.sites.azuae.pools.cpu.zones.1", "1, 2")
    (problem,) = problems(changed("sites.awsuae.pools.cpu.zones", []))
    assert problem.path == "platform.sites.awsuae.pools.cpu.zones"


def test_a_site_without_a_way_out_is_told_where_images_are_missing() -> None:
    settings = changed("sites.awsuae.network.egress", "none")
    assert [text for text in warnings(platform_settings(settings)) if "no `image_mirror`" in text]
    settings["sites"]["awsuae"]["network"]["image_mirror"] = "123456789012.dkr.ecr.me-central-1.amazonaws.com/mirror"
    assert not [text for text in warnings(platform_settings(settings)) if "no `image_mirror`" in text]


def test_ceilings_name_sites_and_tenants_that_there_are() -> None:
    result = problems(changed("ceilings", {"sites": {"nowhere": 1}, "tenants": {"nobody": 1}}))
    assert [(problem.path, problem.allowed) for problem in result] == [
        ("platform.ceilings.sites.nowhere", "awsuae, azuae"),
        ("platform.ceilings.tenants.nobody", "insurance, retail-banking, small-business"),
    ]
