"""Type tokens and a small site (network, role, cluster) for the tests of the emulated AWS."""

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import CreatedResource, Driver

VPC, SUBNET, GATEWAY = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/internetGateway:InternetGateway"
EIP, NAT, TABLE = "aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway", "aws:ec2/routeTable:RouteTable"
GROUP, TEMPLATE = "aws:ec2/securityGroup:SecurityGroup", "aws:ec2/launchTemplate:LaunchTemplate"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ASSOCIATION, ROUTE = "aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:ec2/route:Route"
ROLE, ATTACHMENT = "aws:iam/role:Role", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
CLUSTER, NODES, ENTRY = "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup", "aws:eks/accessEntry:AccessEntry"
BUCKET, VERSIONING = "aws:s3/bucket:Bucket", "aws:s3/bucketVersioning:BucketVersioning"
KEY, ALIAS, LOGS = "aws:kms/key:Key", "aws:kms/alias:Alias", "aws:cloudwatch/logGroup:LogGroup"
BUDGET, RULE, TARGET = (
    "aws:budgets/budget:Budget",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
)
ASSUME = '{"Statement":[{"Effect":"Allow"}]}'
GPU = "aws:autoscaling/tag:Tag"


class Site:
    """A small network with a role and a cluster."""

    def __init__(self, aws: Driver) -> None:
        self.aws = aws
        self.vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16")
        self.subnets = [self.subnet(f"10.0.{i}.0/24", zone) for i, zone in enumerate("ac")]

    def subnet(self, block: str, zone: str = "a") -> CreatedResource:
        return self.aws.create(
            SUBNET, block, vpcId=self.vpc.id, cidrBlock=block, availabilityZone=f"me-central-1{zone}"
        )

    def role(self, name: str = "nodes") -> CreatedResource:
        return self.aws.create(ROLE, name, name=name, assumeRolePolicy=ASSUME)

    def cluster(self, role: CreatedResource, **more: Json) -> CreatedResource:
        config = {"subnetIds": [subnet.id for subnet in self.subnets], "endpointPrivateAccess": True}
        return self.aws.create(CLUSTER, "c", name="c", roleArn=role["arn"], vpcConfig=config, **more)

    def nodes(self, role: CreatedResource, **more: Json) -> CreatedResource:
        inputs: dict[str, Json] = {
            "clusterName": "c",
            "nodeRoleArn": role["arn"],
            "subnetIds": [self.subnets[0].id],
            "scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 2},
            **more,
        }
        return self.aws.create(NODES, "n", **inputs)
