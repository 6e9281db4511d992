"""Settings of a site on AWS in the networks of a company."""

CONNECTED = {
    "transit_gateway": {"id": "tgw-0123456789abcdef0", "routes": ["10.0.0.0/16"], "appliance_mode": True},
    "peerings": [{"vpc_id": "vpc-0123456789abcdef0", "routes": ["10.9.0.0/16"], "route_table_ids": ["rtb-0000000a"]}],
    "resolver_rules": ["rslvr-rr-0123456789abcdef0"],
    "hosted_zones": ["Z0123456789ABCDEFGHIJ"],
    "pods_cidr": "100.64.0.0/16",
}
ACCESS = {
    "deployer": "arn:aws:iam::123456789012:role/deployer",
    "viewers": ["arn:aws:iam::123456789012:role/viewer"],
    "namespace_roles": [{"role": "arn:aws:iam::123456789012:role/tenant", "namespaces": ["analytics"]}],
    "keys": {"disks": "arn:aws:kms:me-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
    "proxy": {"url": "http://proxy.example.ae:3128", "no_proxy": [".example.ae"]},
}
ADDONS = {
    "amazon-cloudwatch-observability": {
        "version": "v4.4.0-eksbuild.1",
        "configuration": "{}",
        "service_account": "agent",
        "policies": ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"],
    }
}
EXISTING = {
    "vpc_id": "vpc-0123456789abcdef0",
    "node_subnet_ids": [f"subnet-0000000{zone}" for zone in "13"],
    "control_plane_subnet_ids": [f"subnet-0000001{zone}" for zone in "13"],
    "endpoint_subnet_ids": [f"subnet-0000002{zone}" for zone in "13"],
    "pod_subnet_ids": [f"subnet-0000003{zone}" for zone in "13"],
    "route_table_ids": ["rtb-0000000a"],
    "flow_logs": True,
}
