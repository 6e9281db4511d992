"""Settings of a site on Azure that a company prescribes, for the tests that every field reaches something."""

from falaj.components.settings.stackfile import KEY

CONNECTIVITY = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/connectivity/providers"
NET = f"{CONNECTIVITY}/Microsoft.Network"
GROUP = "11111111-2222-3333-4444-555555555555"


def with_rules_of_a_company(config: dict) -> dict:
    """Returns the example with keys, names, log plans, readers and upgrades that a company prescribes on Azure."""
    config[KEY]["replication"]["addresses"] = ["20.203.9.1/32"]
    vault = f"{CONNECTIVITY}/Microsoft.KeyVault/vaults/corp/keys/uae"
    site = config[KEY]["sites"]["servaz"]
    subnet = {"subnet_id": f"{NET}/virtualNetworks/landing/subnets/endpoints"}
    zone = {"dns_zone_id": f"{NET}/privateDnsZones/privatelink.blob.core.windows.net"}
    site["azure"] = {
        "keys": {"default": vault, "disks": vault, "vaults": vault, "endpoint": False},
        "names": {"pattern": "{kind}-corp-{part}"},
        "flow_logs": {"network_watcher_id": f"{NET}/networkWatchers/watch", "days": 30},
        "network": {"nat": {"address_ids": [f"{NET}/publicIPAddresses/egress"], "idle_minutes": 10}},
        "log_tables": {"AKSAuditAdmin": {"plan": "basic", "total_days": 730}},
        "vault_access": {
            "models": {
                **{"groups": [GROUP], "writes": True, "endpoints": {"landing": subnet | zone}},
                **{"addresses": ["20.203.7.0/24"], "subnet_ids": [subnet["subnet_id"]]},
            }
        },
        "node_resource_group": "rg-nodes",
        "secrets_key_version": "0123456789abcdef0123456789abcdef",
    }
    upgrade = {"max_surge": "1", "drain_minutes": 60, "soak_minutes": 5}
    for pool in site["pools"].values():
        if pool.get("capacity") != "spot":
            pool["azure"] = pool.get("azure", {}) | {"upgrade": upgrade}
    return config
