"""Program with most resource types of the emulated AWS, connected as in a platform. CHANGE makes one change."""

import json
import os

import pulumi
import pulumi_aws as aws

change = os.environ.get("CHANGE", "")
tags = {"owner": "team-b" if change == "tag" else "team-a"}
provider = aws.Provider("uae", region="me-central-1", default_tags={"tags": {"project": "falaj"}})
opts = pulumi.ResourceOptions(provider=provider)
invoke = pulumi.InvokeOptions(provider=provider)

account = aws.get_caller_identity(opts=invoke).account_id
listed = aws.get_availability_zones(state="available", opts=invoke)
LOST = ("mec1-az2",)
zones = [name for name, zone_id in zip(listed.names, listed.zone_ids, strict=True) if zone_id not in LOST]
assume = aws.iam.get_policy_document(
    statements=[
        {"actions": ["sts:AssumeRole"], "principals": [{"type": "Service", "identifiers": ["ec2.amazonaws.com"]}]}
    ],
    opts=invoke,
).json

policy = json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}}]})
key = aws.kms.Key("key", policy=policy, enable_key_rotation=True, tags=tags, opts=opts)
aws.kms.Alias("key", target_key_id=key.key_id, opts=opts)

vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", tags=tags, opts=opts)
aws.ec2.DefaultSecurityGroup("default", vpc_id=vpc.id, opts=opts)
gateway = aws.ec2.InternetGateway("gateway", vpc_id=vpc.id, opts=opts)
subnets = [
    aws.ec2.Subnet(f"s{i}", vpc_id=vpc.id, cidr_block=f"10.0.{i}.0/24", availability_zone=zone, opts=opts)
    for i, zone in enumerate(zones)
]
address = aws.ec2.Eip("nat", domain="vpc", opts=opts)
nat = aws.ec2.NatGateway(
    "nat",
    allocation_id=address.id,
    subnet_id=subnets[0].id,
    opts=pulumi.ResourceOptions(provider=provider, depends_on=[gateway]),
)
table = aws.ec2.RouteTable("table", vpc_id=vpc.id, opts=opts)
aws.ec2.Route("out", route_table_id=table.id, destination_cidr_block="0.0.0.0/0", nat_gateway_id=nat.id, opts=opts)
for i, subnet in enumerate(subnets):
    aws.ec2.RouteTableAssociation(f"s{i}", route_table_id=table.id, subnet_id=subnet.id, opts=opts)
group = aws.ec2.SecurityGroup("endpoints", vpc_id=vpc.id, opts=opts)
aws.vpc.SecurityGroupIngressRule(
    "https",
    security_group_id=group.id,
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
    cidr_ipv4="10.0.0.0/16",
    opts=opts,
)
aws.ec2.VpcEndpoint(
    "sts",
    vpc_id=vpc.id,
    service_name="com.amazonaws.me-central-1.sts",
    vpc_endpoint_type="Interface",
    subnet_ids=[subnet.id for subnet in subnets],
    security_group_ids=[group.id],
    private_dns_enabled=True,
    opts=opts,
)
role = aws.iam.Role("nodes", assume_role_policy=assume, opts=opts)
aws.iam.RolePolicyAttachment(
    "nodes", role=role.name, policy_arn="arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy", opts=opts
)
logs = aws.cloudwatch.LogGroup(
    "logs", name="/aws/eks/smoke/cluster", retention_in_days=90, kms_key_id=key.arn, opts=opts
)
aws.ec2.FlowLog("flow", vpc_id=vpc.id, traffic_type="ALL", iam_role_arn=role.arn, log_destination=logs.arn, opts=opts)
cluster = aws.eks.Cluster(
    "cluster",
    name="smoke",
    role_arn=role.arn,
    vpc_config={"subnet_ids": [subnet.id for subnet in subnets], "endpoint_private_access": True},
    encryption_config={"provider": {"key_arn": key.arn}, "resources": ["secrets"]},
    enabled_cluster_log_types=["audit", "authenticator"],
    opts=opts,
)
aws.vpc.SecurityGroupEgressRule(
    "all",
    security_group_id=cluster.vpc_config.cluster_security_group_id,
    ip_protocol="-1",
    cidr_ipv4="0.0.0.0/0",
    opts=opts,
)
template = aws.ec2.LaunchTemplate(
    "nodes",
    block_device_mappings=[
        {"device_name": "/dev/xvda", "ebs": {"encrypted": "true", "kms_key_id": key.arn, "volume_size": 50}}
    ],
    update_default_version=True,
    tags=tags,
    opts=opts,
)
nodes = aws.eks.NodeGroup(
    "nodes",
    cluster_name=cluster.name,
    node_role_arn=role.arn,
    subnet_ids=[subnet.id for subnet in subnets],
    scaling_config={"min_size": 0, "desired_size": 0, "max_size": 3},
    capacity_type="SPOT",
    instance_types=["p4d.24xlarge" if change == "machine" else "g5.xlarge"],
    launch_template={"id": template.id, "version": template.latest_version.apply(str)},
    opts=opts,
)
aws.autoscaling.Tag(
    "nodes",
    autoscaling_group_name=nodes.resources.apply(lambda resources: (resources[0].autoscaling_groups or [])[0].name),
    tag={"key": "k8s.io/cluster-autoscaler/enabled", "value": "true", "propagate_at_launch": False},
    opts=opts,
)
addon = aws.eks.get_addon_version(addon_name="vpc-cni", kubernetes_version="1.36", opts=invoke)
aws.eks.Addon("cni", cluster_name=cluster.name, addon_name="vpc-cni", addon_version=addon.version, opts=opts)
entry = aws.eks.AccessEntry("nodes", cluster_name=cluster.name, principal_arn=role.arn, type="EC2_LINUX", opts=opts)
aws.iam.OpenIdConnectProvider(
    "oidc",
    url=cluster.identities.apply(lambda identities: (identities[0].oidcs or [])[0].issuer),
    client_id_lists=["sts.amazonaws.com"],
    opts=opts,
)
bucket = aws.s3.Bucket("models", tags=tags, opts=opts)
aws.s3.BucketVersioning("models", bucket=bucket.bucket, versioning_configuration={"status": "Enabled"}, opts=opts)
topic = aws.sns.Topic("alarms", kms_master_key_id=key.arn, opts=opts)
aws.sns.TopicSubscription("team", topic=topic.arn, protocol="email", endpoint="team@example.ae", opts=opts)
aws.budgets.Budget(
    "site",
    budget_type="COST",
    time_unit="MONTHLY",
    limit_amount="1000",
    limit_unit="USD",
    notifications=[
        {
            "comparison_operator": "GREATER_THAN",
            "notification_type": "ACTUAL",
            "threshold": 80,
            "threshold_type": "PERCENTAGE",
            "subscriber_sns_topic_arns": [topic.arn],
        }
    ],
    opts=opts,
)
queue = aws.sqs.Queue("interruptions", message_retention_seconds=300, opts=opts)
rule = aws.cloudwatch.EventRule("spot", event_pattern=json.dumps({"source": ["aws.ec2"]}), opts=opts)
aws.cloudwatch.EventTarget("spot", rule=rule.name, arn=queue.arn, opts=opts)
aws.ssm.Parameter("secret", type="SecureString", value=pulumi.Output.secret("hunter2-falaj"), opts=opts)

pulumi.export("endpoint", cluster.endpoint)
