"""Attacks on the cost ceiling by services that are charged by size, by commitments, and by other spellings of size."""

from tests.samples import COST_TAGS as TAGS

from ..harness import UNKNOWN, Given
from . import Attack

RULES = ("FJ-COST-004",)
STACK = Given("pulumi:pulumi:Stack", {}, name="falaj-prod-uae", provider={})
AWS = Given("pulumi:providers:aws", {"region": "me-central-1"}, name="site")
UNTAGGED = ("autoscaling/", "lambda/provisioned", "shield/subscription")
UNLOCATED = ("cognitiveservices:Deployment",)
AZURE = Given("pulumi:providers:azure-native", {"location": "uaenorth"}, name="site")


def _aws(token: str, what: str = "", /, *more: Given, links: dict[str, tuple[str, ...]] | None = None,
         **props: object) -> Attack:  # fmt: skip
    tags = {} if token.startswith(UNTAGGED) else {"tags": TAGS}
    resource = Given(f"aws:{token}", {**tags, **props}, links=links or {})
    return Attack(f"cost of {token} {what}".strip(), RULES, (STACK, AWS, *more, resource))


def _azure(token: str, what: str = "", /, *more: Given, **props: object) -> Attack:
    located = {} if token.startswith(UNLOCATED) else {"location": "uaenorth"}
    resource = Given(f"azure-native:{token}", {**located, "resourceGroupName": "g", "tags": TAGS, **props})
    return Attack(f"cost of {token} {what}".strip(), RULES, (STACK, AZURE, *more, resource))


BIG = "g6.48xlarge"
TEMPLATE = Given("aws:ec2/launchTemplate:LaunchTemplate", {"instanceType": BIG, "tags": TAGS}, name="lt")
EMPTY_GROUP = Given("aws:autoscaling/group:Group", {"minSize": 0, "maxSize": 1, "launchTemplate": {"id": UNKNOWN}},
                    name="group", links={"launchTemplate": ("lt",)})  # fmt: skip
TASK = Given("aws:ecs/taskDefinition:TaskDefinition",
             {"family": "t", "containerDefinitions": "[]", "cpu": "16384", "memory": "122880", "tags": TAGS},
             name="task")  # fmt: skip
ON_TASK = {"taskDefinition": ("task",)}

ATTACKS: tuple[Attack, ...] = (
    _aws("ec2/dedicatedHost:DedicatedHost", instanceFamily="g6", availabilityZone="me-central-1a"),
    _aws("ec2/capacityBlockReservation:CapacityBlockReservation", capacityBlockOfferingId="cb-1",
         instancePlatform="Linux/UNIX"),
    _aws("ec2/instance:Instance", "of an unknown type", ami="ami-1", instanceType=UNKNOWN),
    _aws("ec2/instance:Instance", "of an invented type", ami="ami-1", instanceType="g99.96xlarge"),
    _aws("ec2/spotInstanceRequest:SpotInstanceRequest", "without a spot price", ami="ami-1", instanceType=BIG),
    _aws("autoscaling/schedule:Schedule", "of an empty group", TEMPLATE, EMPTY_GROUP,
         links={"autoscalingGroupName": ("group",)}, scheduledActionName="s", autoscalingGroupName=UNKNOWN,
         minSize=500, maxSize=500, desiredCapacity=500),
    _aws("autoscaling/group:Group", "with a running warm pool", TEMPLATE, links={"launchTemplate": ("lt",)},
         minSize=0, maxSize=0, launchTemplate={"id": UNKNOWN},
         warmPool={"poolState": "Running", "maxGroupPreparedCapacity": 500}),
    _aws("autoscaling/group:Group", "by requirements", minSize=50, maxSize=50, mixedInstancesPolicy={
        "launchTemplate": {"launchTemplateSpecification": {"launchTemplateId": "lt-1"},
                           "overrides": [{"instanceRequirements": {"vcpuCount": {"min": 96}}}]}}),
    _aws("ecs/service:Service", "on Fargate", TASK, links=ON_TASK,
         launchType="FARGATE", desiredCount=500, taskDefinition=UNKNOWN),
    _aws("ecs/service:Service", "of a task that is not in the plan", launchType="FARGATE", desiredCount=1,
         taskDefinition="arn:aws:ecs:me-central-1:123456789012:task-definition/big:1"),
    _aws("ecs/service:Service", "with a minimum by auto scaling", TASK,
         Given("aws:appautoscaling/target:Target",
               {"serviceNamespace": "ecs", "minCapacity": 500, "maxCapacity": 500, "resourceId": "service/a/b",
                "scalableDimension": "ecs:service:DesiredCount"}, name="target"),
         links=ON_TASK, launchType="FARGATE", desiredCount=0, taskDefinition=UNKNOWN),
    _aws("ecs/taskSet:TaskSet", launchType="FARGATE", service="s", cluster="c", taskDefinition="t"),
    _aws("batch/computeEnvironment:ComputeEnvironment", type="MANAGED", computeResources={
        "type": "EC2", "minVcpus": 10_000, "maxVcpus": 10_000, "instanceTypes": [BIG], "subnets": ["s"], "tags": TAGS}),
    _aws("sagemaker/notebookInstance:NotebookInstance", instanceType="ml.p5en.48xlarge", roleArn="r"),
    _aws("sagemaker/endpoint:Endpoint", "of another stack's configuration", endpointConfigName="forty-machines"),
    _aws("sagemaker/trainingJob:TrainingJob", trainingJobName="j", roleArn="r"),
    _aws("sagemaker/app:App", domainId="d", appName="a", appType="JupyterLab"),
    _aws("rds/instance:Instance", instanceClass="db.r6i.32xlarge", engine="postgres", storageEncrypted=True),
    _aws("rds/cluster:Cluster", engine="aurora-postgresql",
         serverlessv2ScalingConfiguration={"minCapacity": 128, "maxCapacity": 256}),
    _aws("rds/reservedInstance:ReservedInstance", offeringId="o", instanceCount=100),
    _aws("elasticache/replicationGroup:ReplicationGroup", nodeType="cache.r7g.16xlarge", numNodeGroups=90,
         description="d"),
    _aws("elasticache/reservedCacheNode:ReservedCacheNode", reservedCacheNodesOfferingId="o", cacheNodeCount=50),
    _aws("opensearch/domain:Domain", clusterConfig={"instanceType": "r6g.12xlarge.search", "instanceCount": 80}),
    _aws("msk/cluster:Cluster", kafkaVersion="3.6.0", numberOfBrokerNodes=30,
         brokerNodeGroupInfo={"instanceType": "kafka.m5.24xlarge", "clientSubnets": ["s"], "securityGroups": ["g"]}),
    _aws("emr/cluster:Cluster", releaseLabel="emr-7.0.0", serviceRole="r",
         coreInstanceGroup={"instanceType": "m5.24xlarge", "instanceCount": 500}),
    _aws("emrserverless/application:Application", type="spark", releaseLabel="emr-7.0.0", initialCapacities=[
        {"initialCapacityType": "Driver", "initialCapacityConfig": {"workerCount": 500}}]),
    _aws("kinesis/stream:Stream", shardCount=5000),
    _aws("dynamodb/table:Table", "with provisioned capacity", readCapacity=40_000, writeCapacity=40_000, hashKey="k",
         attributes=[{"name": "k", "type": "S"}]),
    _aws("lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", functionName="f", qualifier="1",
         provisionedConcurrentExecutions=10_000),
    _aws("apigateway/stage:Stage", "with a cache", restApi="a", deployment="d", stageName="s",
         cacheClusterEnabled=True, cacheClusterSize="237"),
    _aws("savingsplans/savingsPlan:SavingsPlan", savingsPlanOfferingId="o", commitment="1000"),
    _aws("shield/subscription:Subscription", autoRenew="ENABLED"),
    _aws("directconnect/connection:Connection", bandwidth="100Gbps", location="l"),
    _aws("fsx/lustreFileSystem:LustreFileSystem", "of 500 TiB", subnetIds="s", storageCapacity=512_000,
         deploymentType="PERSISTENT_2", perUnitStorageThroughput=1000),
    _aws("ebs/volume:Volume", "with 256,000 IOPS, ten times over",
         *(Given("aws:ebs/volume:Volume", {"availabilityZone": "me-central-1a", "type": "io2", "size": 65_536,
                                           "iops": 256_000, "tags": TAGS}, name=f"v{n}") for n in range(10)),
         availabilityZone="me-central-1a", type="gp3", size=10),
    _aws("redshiftserverless/workgroup:Workgroup", workgroupName="w", namespaceName="n", baseCapacity=512),
    _aws("neptunegraph/graph:Graph", provisionedMemory=24_576),
    _azure("compute:VirtualMachineScaleSet", sku={"name": "Standard_ND96isr_H100_v5", "capacity": 100}),
    _azure("compute:VirtualMachineScaleSet", "of mixed sizes", sku={"name": "Mix", "capacity": 100}),
    _azure("azurefleet:Fleet", computeProfile={"baseVirtualMachineProfile": {}},
        vmSizesProfile=[{"name": "Standard_ND96isr_H100_v5"}],
           regularPriorityProfile={"capacity": 100}),
    _azure("compute:CapacityReservation", capacityReservationGroupName="g",
           sku={"name": "Standard_ND96isr_H100_v5", "capacity": 100}),
    _azure("compute:DedicatedHost", hostGroupName="g", sku={"name": "NDamv4-Type1"}),
    _azure("cognitiveservices:Deployment", "of an unknown sku", accountName="a", sku={"name": UNKNOWN}),
    _azure("cognitiveservices:CommitmentPlan", accountName="a"),
    _azure("machinelearningservices:Compute", workspaceName="w", properties={"computeType": "AmlCompute"}),
    _azure("machinelearningservices:OnlineDeployment", workspaceName="w", endpointName="e",
           properties={"endpointComputeType": "Managed"}, sku={"name": "Default", "capacity": 100}),
    _azure("app:ContainerApp", "with 300 replicas", template={"scale": {"minReplicas": 300}}),
    _azure("web:AppServicePlan", sku={"name": "P5mv3", "capacity": 30}),
    _azure("synapse:SqlPool", workspaceName="w", sku={"name": "DW30000c"}),
    _azure("kusto:Cluster", sku={"name": "Standard_E80ids_v4", "tier": "Standard", "capacity": 100}),
    _azure("sql:ManagedInstance", vCores=80),
    _azure("network:DdosProtectionPlan"),
    _azure("network:ExpressRouteCircuit", sku={"tier": "Premium", "family": "UnlimitedData"}),
    _azure("network:ApplicationGateway", autoscaleConfiguration={"minCapacity": 125}),
    _azure("netapp:CapacityPool", accountName="a", size=500 * 2**40, serviceLevel="Ultra"),
    _azure("avs:PrivateCloud", sku={"name": "AV36"}, networkBlock="10.9.0.0/22", managementCluster={"clusterSize": 16}),
    _azure("redisenterprise:RedisEnterprise", publicNetworkAccess="Disabled",
           sku={"name": "Enterprise_E400", "capacity": 10}),
)  # fmt: skip
