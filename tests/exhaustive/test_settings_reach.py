"""Every field of every settings model reaches a resource, an output or a check; none is validated and then ignored."""

from collections.abc import Mapping
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from pydantic import Field as Declared

from falaj.components.core.node_pools.spec import NodePoolName, NodePoolSpec
from falaj.components.core.validation.names import SiteName
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import platform_settings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.stackfile import KEY
from falaj.components.settings.tenant_stack import TenantStackSettings
from tests.exhaustive.built_settings import build_config
from tests.exhaustive.company_networks import ACCESS, ADDONS, CONNECTED, EXISTING
from tests.exhaustive.company_rules import with_rules_of_a_company
from tests.exhaustive.reads import Field, fields_of, recorded_reads
from tests.unit.components.mocks import ANSWERS
from tests.unit.components.test_site_accounts import ACCOUNTS
from tests.unit.settings.stacks import ROOT

HYBRID = ROOT / "examples" / "hybrid" / "Pulumi.hybrid.yaml"
FILES = sorted({*ROOT.glob("Pulumi.?*.yaml"), *ROOT.glob("examples/*/Pulumi.?*.yaml")} - {HYBRID})

READ_ELSEWHERE: Mapping[Field, str] = {
    ("CeilingsSettings", "aed_per_month"): "cost gate of `falaj bill` and of the policy pack: falaj/finops/gate.py",
    ("CeilingsSettings", "price_age"): "age of prices in `falaj bill`: falaj/finops/price_age.py",
    ("PriceAgeSettings", "spot_days"): "age of prices in `falaj bill`: falaj/finops/price_age.py",
    ("PriceAgeSettings", "list_days"): "age of prices in `falaj bill`: falaj/finops/price_age.py",
    ("PriceAgeSettings", "refuse"): "cost gate of `falaj bill`: falaj/finops/gate.py",
    ("CeilingsSettings", "of"): "cost gate of `falaj bill` and of the policy pack: falaj/finops/gate.py",
    ("CeilingsSettings", "increase_percent"): "cost gate of `falaj bill`: falaj/finops/gate.py",
    ("CeilingsSettings", "increase_aed"): "cost gate of `falaj bill`: falaj/finops/gate.py",
    ("TenantSiteSettings", "azure"): "tests/unit/components/test_site_accounts.py",
    ("VendorSupportSpec", "vendor"): "warning of `falaj check`: components/core/site/vendor_support.py",
    ("CurrencySettings", "as_of"): "date of the rate in every bill: falaj/cli/bill_options.py",
}
"""Field -> its reader, if neither the check nor the build of a stack reads it: a command, from the stack file."""


@cache
def reads() -> frozenset[Field]:
    """The fields that are read while the stacks of this project are checked and built."""
    with recorded_reads() as found:
        for file in FILES:
            _build(_config(file))
        _build(_over_a_private_line())
        _build(_through_a_hub())
        _build(_in_existing_subnets())
        _build(_in_networks_of_a_company({"network": CONNECTED, **ACCESS}, "firewall"))
        _build(_in_networks_of_a_company({"network": {"existing": EXISTING}}, "none"))
        _build(_with_pool_options())
        _build(_with_shared_files())
        _build(_with_secrets())
        _build(_in_accounts())
        _build(with_rules_of_a_company(_config(HYBRID)))
        _build(_with_addons())
        platform_settings(_with_vendor_support()[KEY])
        platform_settings(_through_a_firewall()[KEY])
        warnings(platform_settings(_with_a_commitment()[KEY]))
    return frozenset(found)


def _config(file: Path) -> dict:
    return yaml.safe_load(file.read_text(encoding="utf-8"))["config"]


def _with_shared_files() -> dict:
    """Returns the production stack with shared files and a cache on Azure, and one more replica by day."""
    config = _config(ROOT / "Pulumi.prod-uae.yaml")
    serving = config[KEY]["tenants"]["retail-banking"]["services"]["assistant"]["serving"]
    serving |= {"max": 3, "office_hours": {"min": 3}}
    config[KEY]["sites"]["azuae"]["storage"] |= {"shared_files": True, "cached_registries": ["quay.io"]}
    return config


def _with_a_commitment() -> dict:
    """Returns the production stack with a reservation of the machine that runs at all hours."""
    config = _config(ROOT / "Pulumi.prod-uae.yaml")
    reservation = {"machine": "Standard_NC40ads_H100_v5", "count": 1, "option": "reserved_1y", "until": "2099-11-30"}
    config[KEY]["commitments"] = [{"site": "azuae", **reservation}]
    return config


def _with_secrets() -> dict:
    """Returns the example with a variable of its run whose value is in a Secret."""
    config = _config(HYBRID)
    (run,) = config[KEY]["tenants"]["analytics"]["runs"].values()
    run["secrets"] = {"HF_TOKEN": {"secret": "model-hub", "key": "token"}}
    return config


def _over_a_private_line() -> dict:
    """Returns the example with replication over a private connection, and a pool with shared GPUs."""
    config = _config(HYBRID)
    config[KEY]["replication"]["private_line"] = {
        "circuit": "dubai-1",
        "s3_endpoint": "https://bucket.vpce-0123456789abcdef0-a.s3.me-central-1.vpce.amazonaws.com",
        "s3_endpoint_id": "vpce-0123456789abcdef0",
    }
    config[KEY]["sites"]["servaz"]["pools"]["gpu"] |= {
        "machines": ["Standard_NC40ads_H100_v5"],
        "sharing": {"mig_profile": "1g.12gb"},
    }
    for service in config[KEY]["tenants"]["analytics"]["services"].values():
        if "gpu" in service["serving"]:
            service["serving"]["gpu"] = {"mig_profile": "1g.12gb"}
    return config


def _in_accounts() -> dict:
    """Returns the example in stated accounts, with rules for IAM."""
    config = _config(HYBRID)
    for site in config[KEY]["sites"].values():
        site[site["cloud"]] = site.get(site["cloud"], {}) | ACCOUNTS[site["cloud"]]
    return config


def _with_addons() -> dict:
    """Returns the example with an EKS add-on of its own."""
    config = _config(HYBRID)
    config[KEY]["sites"]["trainaws"]["aws"] = {"addons": ADDONS}
    return config


def _with_vendor_support() -> dict:
    """Returns an example on a version that only the vendor of its distribution supports."""
    config = _config(ROOT / "examples" / "onprem" / "Pulumi.onprem.yaml")
    (site,) = config[KEY]["onprem"].values()
    support = {"vendor": "Example Enterprise Kubernetes", "until": "2099-12-31"}
    site |= {"kubernetes_version": "1.34", "vendor_support": support}
    return config


def _through_a_firewall() -> dict:
    """Returns the same with a custom firewall."""
    config = _config(HYBRID)
    config[KEY]["replication"]["addresses"] = ["20.74.1.7/32"]
    network = config[KEY]["sites"]["servaz"]["network"]
    config[KEY]["sites"]["servaz"]["network"] = network | {"egress": "firewall", "firewall_address": "10.80.0.4"}
    return config


CONNECTIVITY = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/connectivity/providers"
NET = f"{CONNECTIVITY}/Microsoft.Network"
GROUP = "11111111-2222-3333-4444-555555555555"


def _through_a_hub() -> dict:
    """Returns the example with a hub on Azure, its proxy, and access for readers and tenants."""
    config = _config(HYBRID)
    config[KEY]["sites"]["servaz"]["azure"] = {
        "network": {
            "hub": {"vnet_id": f"{NET}/virtualNetworks/hub", "use_gateway": True},
            "dns_zones": {"blob": f"{NET}/privateDnsZones/privatelink.blob.core.windows.net"},
            "dns_links": {"runners": f"{NET}/virtualNetworks/hub"},
            "routes": {"offices": {"destination": "10.200.0.0/16", "next_hop": "10.9.0.4"}},
        },
        "proxy": {"http": "http://proxy:3128", "no_proxy": [".example.ae"]},
        "deployer_type": "User",
        "viewers": [GROUP],
        "namespace_groups": [{"group": GROUP, "namespaces": ["analytics"], "writes": True}],
    }
    return config


def _with_pool_options() -> dict:
    """Returns the same with every option of node pools on one of them."""
    config = _config(HYBRID)
    sites = config[KEY]["sites"]
    requirements = {
        **{"families": ["g5", "g6"], "categories": ["g"], "generation": 5, "architecture": "x86_64"},
        **{"vcpu": {"least": 4}, "memory_gib": {"most": 400}, "gpus": {"least": 4}, "exclude": ["g6.24xlarge"]},
    }
    train = sites["trainaws"]["pools"]["train"]
    sites["trainaws"]["pools"]["train"] = {
        **{key: value for key, value in train.items() if key != "machines"},
        "taints": [{"key": "example.ae/team", "value": "vision", "effect": "NoExecute"}],
        "aws": {"instance_requirements": requirements | {"burstable": False}},
    }
    sites["servaz"]["pools"]["gpu"]["azure"] = {
        "kubelet": {
            **{"cpu_manager_policy": "static", "topology_manager_policy": "restricted", "pod_max_pids": 4096},
            **{"image_gc_high_percent": 90, "image_gc_low_percent": 70, "allowed_unsafe_sysctls": ["kernel.sem"]},
            **{"container_log_max_mb": 20, "container_log_files": 3},
        }
    }
    return config


def _in_existing_subnets() -> dict:
    """Returns the example in existing subnets on Azure, with an existing key vault, workspace and identities."""
    config = _config(HYBRID)
    config[KEY]["replication"]["addresses"] = ["20.74.1.7/32"]
    subnets = f"{NET}/virtualNetworks/spoke/subnets"
    config[KEY]["sites"]["servaz"]["azure"] = {
        "network": {
            "existing": {
                "vnet_id": f"{NET}/virtualNetworks/spoke",
                "node_subnet_id": f"{subnets}/nodes",
                "api_server_subnet_id": f"{subnets}/api",
                "endpoint_subnet_id": f"{subnets}/endpoints",
            },
        },
    }
    return config


def _in_networks_of_a_company(options: dict, egress: str) -> dict:
    """Returns the example with a site on AWS that has these options."""
    config = _config(HYBRID)
    site = config[KEY]["sites"]["trainaws"]
    site["network"] = site["network"] | {"egress": egress}
    site["aws"] = options
    return config


def _subnet(args: dict) -> dict:
    """Returns a subnet that has what a site needs, in the zone that its ID ends with."""
    return {
        "vpcId": EXISTING["vpc_id"],
        "availabilityZoneId": f"mec1-az{args['id'][-1]}",
        "cidrBlock": "10.70.0.0/18",
        "mapPublicIpOnLaunch": False,
        "tags": {"kubernetes.io/role/internal-elb": "1"},
    }


FOUND = {
    "aws:ec2/getVpc:getVpc": {
        "id": EXISTING["vpc_id"],
        "cidrBlock": "10.70.0.0/18",
        "cidrBlockAssociations": [],
        "enableDnsSupport": True,
        "enableDnsHostnames": True,
    },
    "aws:ec2/getSubnet:getSubnet": _subnet,
}
"""What the lookups of the existing network find."""


def _build(config: dict) -> None:
    with TemporaryDirectory() as folder, chdir(folder):
        assert build_config(config, {**ANSWERS, **FOUND})


def unread(model: type[Settings] | type[TenantStackSettings]) -> set[Field]:
    return fields_of(model) - reads() - READ_ELSEWHERE.keys()


@pytest.mark.parametrize("model", [Settings, TenantStackSettings])
def test_every_field_is_read(model: type[Settings] | type[TenantStackSettings]) -> None:
    forgotten = sorted(unread(model))
    assert not forgotten, f"no resource, output or check reads {', '.join('.'.join(one) for one in forgotten)}"


def test_exceptions_are_needed_and_have_a_reason() -> None:
    fields = fields_of(Settings) | fields_of(TenantStackSettings)
    for field, reason in READ_ELSEWHERE.items():
        assert field in fields, field
        assert field not in reads(), field
        assert len(reason) > 20, field


class _Pool(NodePoolSpec):
    colour: str = "blue"


class _Site(SiteSettings):
    pools: Mapping[NodePoolName, _Pool] = Declared(min_length=1)


class _Settings(Settings):
    sites: dict[SiteName, _Site] = Declared(default={})  # type: ignore[assignment]


def test_a_new_field_that_nobody_reads_is_found() -> None:
    assert unread(_Settings) == {("_Pool", "colour")}
