"""The largest numbers of machines, shards, units and sessions that resources may state without approval.

They are those of types without a charge of their own, such as settings by which another resource scales, and of types
without a price, whose approved amount does not change with the number. Properties and what one unit of each is by the
docstrings of pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0, and by botocore 1.44.8 (sagemaker,
ProductionVariantManagedInstanceScaling; lambda, ProvisionedPollerConfig; neptune-graph, ProvisionedMemory; rds,
CreateDBShardGroup; read 2026-12-03). The limits are judged, not read anywhere.
"""

from collections.abc import Iterator

from ..engine.conditions import one_of
from ..engine.number_conditions import at_most
from ..engine.rows import Check, aws, azure
from ..engine.verdicts import Verdict
from .node_formulas import FEW_NODES

MOST_MACHINES = 50
"""Machines, desktops, brokers or shards of machines of one resource."""
_MOST_COPIES = 300
"""Tasks of containers, and sessions of code, as for apps of Azure that whoever calls them starts."""
_MOST_AT_ONCE = 8
"""Machines of one training, and trainings of one search at once."""
_MOST_REQUESTS = 100_000
"""Request units a second that are charged whether they are used or not."""

_BOUNDS = ("min", "max")
_VARIANTS = ("productionVariants", "shadowProductionVariants")
_SEARCHES = ("trainingJobDefinition?", "trainingJobDefinitions[*]")
_OF_AWS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("sagemaker/EndpointConfiguration", MOST_MACHINES, tuple(
        f"{variant}[*].{count}" for variant in _VARIANTS
        for count in ("initialInstanceCount", "managedInstanceScaling?.minInstanceCount",
                      "managedInstanceScaling?.maxInstanceCount", "serverlessConfig?.provisionedConcurrency"))),
    ("sagemaker/HyperParameterTuningJob", _MOST_AT_ONCE, (
        "config.resourceLimits.maxParallelTrainingJobs",
        *(f"{search}.{count}" for search in _SEARCHES
          for count in ("resourceConfig?.instanceCount", "resourceConfig?.instanceGroups[*].instanceCount",
                        "hyperParameterTuningResourceConfig?.instanceCount",
                        "hyperParameterTuningResourceConfig?.instanceConfigs[*].instanceCount")))),
    ("eks/NodeGroup", MOST_MACHINES, tuple(
        f"warmPoolConfig?.{count}" for count in ("minSize", "maxGroupPreparedCapacity"))),
    ("autoscaling/Group", MOST_MACHINES, tuple(
        f"warmPool?.{count}" for count in ("minSize", "maxGroupPreparedCapacity"))),
    ("apprunner/AutoScalingConfigurationVersion", MOST_MACHINES, ("maxSize",)),
    ("appstream/Fleet", MOST_MACHINES, ("computeCapacity.desiredInstances", "computeCapacity.desiredSessions")),
    ("workspaces/Pool", MOST_MACHINES, ("capacity?.desiredUserSessions",)),
    ("codebuild/Fleet", MOST_MACHINES, ("baseCapacity", "scalingConfiguration?.maxCapacity")),
    ("lambda/EventSourceMapping", 200, ("provisionedPollerConfig?.maximumPollers",)),
    ("ecs/ExpressGatewayService", _MOST_COPIES, tuple(f"scalingTargets[*].{bound}TaskCount" for bound in _BOUNDS)),
    ("emr/InstanceGroup", MOST_MACHINES, ("instanceCount",)),
    ("emr/Cluster", MOST_MACHINES, ("coreInstanceGroup?.instanceCount",)),
    ("emr/InstanceFleet", 200, ("targetOnDemandCapacity", "targetSpotCapacity")),
    ("emr/Cluster", 200, tuple(f"coreInstanceFleet?.target{kind}Capacity" for kind in ("OnDemand", "Spot"))),
    ("glue/MLTransform", MOST_MACHINES, ("numberOfWorkers",)),
    ("glue/MLTransform", 100, ("maxCapacity",)),
    ("glue/DevEndpoint", MOST_MACHINES, ("numberOfNodes", "numberOfWorkers")),
    ("autoscaling/Schedule", MOST_MACHINES, ("desiredCapacity", "minSize", "maxSize")),
    ("m2/Environment", MOST_MACHINES, ("highAvailabilityConfig?.desiredCapacity",)),
    ("dms/ReplicationConfig", 128, tuple(f"computeConfig.{bound}CapacityUnits" for bound in _BOUNDS)),
    ("docdb/ElasticCluster", 8, ("shardCount", "shardInstanceCount")),
    ("rds/ShardGroup", 512, tuple(f"{bound}Acu" for bound in _BOUNDS)),
    ("neptunegraph/Graph", 512, ("provisionedMemory",)),
    ("opensearchingest/Pipeline", MOST_MACHINES, tuple(f"{bound}Units" for bound in _BOUNDS)),
    ("keyspaces/Table", 10_000, tuple(f"capacitySpecification?.{kind}CapacityUnits" for kind in ("read", "write"))),
    ("kendra/Index", 20, tuple(f"capacityUnits?.{kind}CapacityUnits" for kind in ("query", "storage"))),
    ("athena/CapacityReservation", 128, ("targetDpus",)),
    ("bedrock/ProvisionedModelThroughput", 4, ("modelUnits",)),
)  # fmt: skip
"""Type, the largest number, and the paths of the numbers."""

_COMPUTE = "properties?.properties?"
_ROLES = "properties?.computeProfile?.roles[*]"
_AUTOSCALED = f"{_ROLES}.autoscaleConfiguration?"
_INSTANCES = tuple(f"{bound}InstanceCount" for bound in _BOUNDS)
_REPLICAS = tuple(f"{bound}Replicas" for bound in _BOUNDS)
_THROUGHPUT = ("options?.throughput", "options?.autoscaleSettings?.maxThroughput")
_OF_AZURE: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("machinelearningservices:Compute", MOST_MACHINES, (
        f"{_COMPUTE}.nodeCount", f"{_COMPUTE}.agentCount",
        *(f"{_COMPUTE}.{part}?.{bound}NodeCount" for part in ("scaleSettings", "autoScaleProperties")
          for bound in _BOUNDS))),
    ("machinelearningservices:OnlineDeployment", MOST_MACHINES, (
        "sku?.capacity", *(f"properties.scaleSettings?.{bound}Instances" for bound in _BOUNDS))),
    ("machinelearningservices:InferenceGroup", MOST_MACHINES, ("sku?.capacity",)),
    ("cognitiveservices:AgentDeployment", MOST_MACHINES, tuple(f"properties.{bound}" for bound in _REPLICAS)),
    ("app:ContainerAppsSessionPool", _MOST_COPIES, tuple(
        f"scaleConfiguration?.{count}" for count in ("maxConcurrentSessions", "readySessionInstances"))),
    ("app:Job", _MOST_COPIES, tuple(
        f"configuration?.{kind}TriggerConfig?.parallelism" for kind in ("manual", "schedule", "event"))),
    ("app:JavaComponent", MOST_MACHINES, tuple(f"properties?.scale?.{bound}" for bound in _REPLICAS)),
    ("app:ManagedEnvironment", MOST_MACHINES, (
        *(f"workloadProfiles[*].{bound}imumCount" for bound in _BOUNDS),
        *(f"ingressConfiguration?.scale?.{bound}" for bound in _REPLICAS))),
    ("appplatform:Deployment", MOST_MACHINES, (
        "sku?.capacity", *(f"properties?.deploymentSettings?.scale?.{bound}" for bound in _REPLICAS))),
    ("avs:Cluster", 16, ("clusterSize",)),
    ("avs:PrivateCloud", 16, ("managementCluster.clusterSize",)),
    ("batch:Pool", MOST_MACHINES, tuple(
        f"scaleSettings?.fixedScale?.target{kind}Nodes" for kind in ("Dedicated", "LowPriority"))),
    ("computebulkactions:BulkAction", MOST_MACHINES, ("properties?.capacity",)),
    ("cosmosdb:CassandraDataCenter", MOST_MACHINES, ("properties?.nodeCount",)),
    ("cosmosdb:Service", MOST_MACHINES, ("properties?.instanceCount",)),
    ("cosmosdb:Fleetspace", _MOST_REQUESTS, tuple(
        f"throughputPoolConfiguration?.{bound}Throughput" for bound in _BOUNDS)),
    ("cosmosdb:ThroughputPool", _MOST_REQUESTS, ("maxThroughput",)),
    ("cosmosdb:CassandraResourceCassandraView", _MOST_REQUESTS, _THROUGHPUT),
    ("cosmosdb:GraphResourceGraph", _MOST_REQUESTS, _THROUGHPUT),
    ("dbforpostgresql:ServerGroupCluster", 16, ("nodeCount",)),
    ("mongocluster:MongoCluster", 16, ("properties?.sharding?.shardCount",)),
    ("devopsinfrastructure:Pool", MOST_MACHINES, ("maximumConcurrency",)),
    ("hdinsight:Cluster", MOST_MACHINES, (
        f"{_ROLES}.targetInstanceCount", f"{_ROLES}.minInstanceCount",
        *(f"{_AUTOSCALED}.{part}?.{count}" for part in ("capacity", "recurrence?.schedule[*].timeAndCapacity")
          for count in _INSTANCES))),
    ("iothub:IotHubResource", MOST_MACHINES, ("sku.capacity",)),
    ("kusto:Cluster", MOST_MACHINES, ("sku.capacity", "optimizedAutoscale?.minimum", "optimizedAutoscale?.maximum")),
    ("synapse:KustoPool", MOST_MACHINES, (
        "sku.capacity", "optimizedAutoscale?.minimum", "optimizedAutoscale?.maximum")),
    ("synapse:BigDataPool", MOST_MACHINES, ("nodeCount", *(f"autoScale?.{bound}NodeCount" for bound in _BOUNDS))),
    ("powerbidedicated:AutoScaleVCore", 64, ("sku.capacity", "capacityLimit")),
    ("servicefabric:NodeType", MOST_MACHINES, ("vmInstanceCount", "sku?.capacity")),
    ("standbypool:StandbyVirtualMachinePool", MOST_MACHINES, tuple(
        f"elasticityProfile?.{bound}ReadyCapacity" for bound in _BOUNDS)),
    ("standbypool:StandbyContainerGroupPool", MOST_MACHINES, ("elasticityProfile.maxReadyCapacity",)),
    ("streamanalytics:Cluster", 120, ("sku?.capacity",)),
    ("streamanalytics:StreamingJob", 120, ("transformation?.streamingUnits",)),
    ("virtualmachineimages:VirtualMachineImageTemplate", MOST_MACHINES, (
        "distribute[*].targetRegions[*].replicaCount",)),
    ("web:AppServicePlan", MOST_MACHINES, ("targetWorkerCount",)),
    *((kind, MOST_MACHINES, ("siteConfig?.minimumElasticInstanceCount", "siteConfig?.preWarmedInstanceCount"))
      for kind in ("web:WebApp", "web:WebAppSlot")),
)  # fmt: skip
"""As `_OF_AWS`."""

_BY_KIND = (
    (5_000, ("Standard", "GlobalStandard", "DataZoneStandard")),
    (100, ("ProvisionedManaged", "GlobalProvisionedManaged", "DataZoneProvisionedManaged")),
)
"""The most thousands of tokens a minute, and the most units that are charged for every hour, with the kinds of
deployments of models whose capacity is that."""
_DEPLOYMENTS = azure("machinelearningservices:EndpointDeployment", "machinelearningservices:ConnectionDeployment")


def _rows() -> Iterator[Check]:
    """Yields a row for each number."""
    for types, table in ((aws, _OF_AWS), (azure, _OF_AZURE)):
        for kind, most, paths in table:
            for path in paths:
                yield Check(types(kind), path, at_most(most, missing=Verdict.PASS))
    yield Check(azure("batch:Pool"), "scaleSettings?.autoScale?.formula", FEW_NODES)
    for most, kinds in _BY_KIND:
        yield Check(_DEPLOYMENTS, "properties.sku?.capacity", at_most(most, missing=Verdict.PASS),
                    when=("properties.sku?.name", one_of(*kinds)))  # fmt: skip


NUMBER_ROWS = tuple(_rows())
"""Rows of the largest numbers."""
