"""An emulated EKS cluster with a private API server, and providers of its objects."""

import json
from collections.abc import Callable

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import ASSOCIATION, CLUSTER, ENTRY, INGRESS, ROUTE, TABLE, Site
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import kubeconfig

ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
POLICY = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
ACCESS = "arn:aws:eks::aws:cluster-access-policy/AmazonEKS{}Policy"
PIPELINE = "arn:aws:iam::999999999999:role/pipelines/falaj-prod-uae"
UNAUTHORIZED = "the server has asked for the client to provide credentials"


class PrivateCluster:
    """A cluster with a private API server, as a site makes it, and a provider of its objects."""

    def __init__(self, aws: Driver, open_cloud: Callable[..., Driver], **vpc_config: Json) -> None:
        self.aws, self.site = aws, Site(aws)
        config: dict[str, Json] = {
            "subnetIds": [subnet.id for subnet in self.site.subnets],
            "endpointPrivateAccess": True,
            "endpointPublicAccess": False,
            **vpc_config,
        }
        access = {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}
        role = self.site.role("control")
        self.cluster = aws.create(CLUSTER, "c", name="c", roleArn=role["arn"], vpcConfig=config, accessConfig=access)
        self.open_cloud = open_cloud
        self.objects = self.connect()

    def connect(self, *args: str, **plugin: Json) -> Driver:
        """Returns a provider whose kubeconfig runs `aws eks get-token` with more arguments, or another plug-in."""
        default = ["eks", "get-token", "--cluster-name", "c", "--region", "me-central-1", *args]
        document = json.loads(kubeconfig(self.cluster.text("endpoint")))
        document["users"] = [{"name": "u", "user": {"exec": {"command": "aws", "args": default, **plugin}}}]
        return self.open_cloud("kubernetes", kubeconfig=json.dumps(document))

    def entry(self, principal: str, policy: str = "ClusterAdmin", name: str = "entry", **scope: Json) -> None:
        aws, given = self.aws, {"clusterName": "c", "principalArn": principal}
        aws.create(ENTRY, name, **given)
        given_scope: dict[str, Json] = {"type": "cluster", **scope}
        aws.create(POLICY, name, **given, policyArn=ACCESS.format(policy), accessScope=given_scope)

    def admit(self, block: str) -> None:
        config = self.cluster["vpcConfig"]
        assert isinstance(config, dict)
        ports = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
        self.aws.create(INGRESS, block, securityGroupId=config["clusterSecurityGroupId"], cidrIpv4=block, **ports)

    def route(self, block: str) -> None:
        hub = "tgw-0123456789abcdef0"
        subnets: list[Json] = [subnet.id for subnet in self.site.subnets]
        self.aws.create(ATTACHMENT, "hub", transitGatewayId=hub, vpcId=self.site.vpc.id, subnetIds=subnets)
        for index, subnet in enumerate(self.site.subnets):
            table = self.aws.create(TABLE, f"t{index}", vpcId=self.site.vpc.id)
            self.aws.create(ASSOCIATION, f"a{index}", routeTableId=table.id, subnetId=subnet.id)
            route = {"destinationCidrBlock": block, "transitGatewayId": hub}
            self.aws.create(ROUTE, f"r{index}", routeTableId=table.id, **route)
