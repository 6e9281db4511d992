"""Attacks by numbers of machines, shards, units and sessions of types that have no price, or no charge of their own
(2026-12-03). Properties by pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and botocore 1.44.8.
"""

from ..blind import GROUP, HERE, KEY, ME, RG, TAGS, Props, aws, az
from ..harness import Given
from . import Attack
from .tenth_aws import R

RULES = ("FJ-COST-126",)
SOURCES = "docstrings of pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0"
ROLE = f"arn:aws:iam::{ME}:role/it"
MACHINES = {"instanceCount": 400, "instanceType": "ml.g5.12xlarge", "volumeSizeInGb": 100}
SPACE = {**HERE, "workspaceName": "risk"}


def attack(name: str, given: Given) -> Attack:
    """Returns an attack whose harm is that of the file."""
    return Attack(name, RULES, (given,), "critical", SOURCES)


def variant(**more: object) -> dict[str, object]:
    """Returns a variant of an endpoint."""
    return {"modelName": "risk", "instanceType": "ml.g5.12xlarge", "initialInstanceCount": 1, **more}


def scaling(least: int, most: int) -> dict[str, object]:
    """Returns the numbers of machines between which a variant scales."""
    return {"managedInstanceScaling": {"status": "ENABLED", "minInstanceCount": least, "maxInstanceCount": most}}


def endpoint(*variants: Props, shadows: tuple[Props, ...] = ()) -> Given:
    """Returns the configuration of an endpoint that another program has."""
    more = {"shadowProductionVariants": list(shadows)} if shadows else {}
    return aws("sagemaker/EndpointConfiguration", {
        "kmsKeyArn": KEY, "tags": TAGS, "productionVariants": list(variants), **more})  # fmt: skip


def search(**definition: object) -> Given:
    """Returns a search for the best parameters of a model."""
    return aws("sagemaker/HyperParameterTuningJob", {"name": "search", "tags": TAGS, "config": {
        "strategy": "Bayesian", "resourceLimits": {"maxParallelTrainingJobs": 4, "maxNumberOfTrainingJobs": 40}},
        "trainingJobDefinition": {
            "roleArn": ROLE, "algorithmSpecification": {"trainingInputMode": "File"},
            "outputDataConfig": {"s3OutputPath": "s3://models/out", "kmsKeyId": KEY},
            "stoppingCondition": {"maxRuntimeInSeconds": 3600}, **definition}})  # fmt: skip


def compute(kind: str, **properties: object) -> Given:
    """Returns machines of a workspace for machine learning."""
    return az("machinelearningservices:Compute", {**SPACE, "computeName": "train", "properties": {
        "computeType": kind, "properties": dict(properties)}})  # fmt: skip


def online(**more: object) -> Given:
    """Returns a deployment of a model that answers requests."""
    return az("machinelearningservices:OnlineDeployment", {
        **SPACE, "endpointName": "risk", "deploymentName": "blue", **more})  # fmt: skip


AWS = (
    attack("a variant of an endpoint grows to thousands of machines", endpoint(variant(**scaling(1, 5_000)))),
    attack("a variant of an endpoint keeps hundreds of machines", endpoint(variant(**scaling(400, 400)))),
    attack("an endpoint starts with hundreds of machines", endpoint(variant(initialInstanceCount=400))),
    attack("a shadow of an endpoint grows to thousands of machines", endpoint(
        variant(), shadows=(variant(**scaling(1, 5_000)),))),
    attack("each training of a search has hundreds of machines", search(resourceConfig=MACHINES)),
    attack("each training of a search has hundreds of machines, by its own setting", search(
        hyperParameterTuningResourceConfig=MACHINES)),
    attack("hundreds of machines of a cluster wait for work", aws("eks/NodeGroup", {
        "clusterName": "core", "nodeRoleArn": ROLE, "subnetIds": ["subnet-1"], "tags": TAGS,
        "instanceTypes": ["m6i.large"], "scalingConfig": {"minSize": 1, "desiredSize": 1, "maxSize": 2},
        "warmPoolConfig": {"minSize": 1, "maxGroupPreparedCapacity": 900, "poolState": "RUNNING"}})),
    attack("a service grows to a thousand copies", aws("apprunner/AutoScalingConfigurationVersion", {
        "autoScalingConfigurationName": "api", "minSize": 1, "maxSize": 1_000, "tags": TAGS})),
    attack("hundreds of machines wait for builds", aws("codebuild/Fleet", {
        "name": "builds", "baseCapacity": 400, "computeType": "BUILD_GENERAL1_LARGE",
        "environmentType": "LINUX_CONTAINER", "tags": TAGS})),
    attack("thousands of pollers read a queue", aws("lambda/EventSourceMapping", {
        "functionName": "claims", "eventSourceArn": f"arn:aws:sqs:{R}:{ME}:claims", "tags": TAGS,
        "provisionedPollerConfig": {"minimumPollers": 200, "maximumPollers": 10_000}})),
    attack("a group of a cluster has hundreds of machines", aws("emr/InstanceGroup", {
        "clusterId": "j-1", "instanceType": "m6g.xlarge", "instanceCount": 900})),
    attack("a fleet of a cluster has thousands of units", aws("emr/InstanceFleet", {
        "clusterId": "j-1", "targetOnDemandCapacity": 9_000, "instanceTypeConfigs": [{
            "instanceType": "m6g.xlarge", "weightedCapacity": 1}]})),
    attack("a move of data has all units", aws("dms/ReplicationConfig", {
        "replicationConfigIdentifier": "core", "replicationType": "cdc", "sourceEndpointArn": "arn:aws:dms:1",
        "targetEndpointArn": "arn:aws:dms:2", "tableMappings": "{}", "tags": TAGS,
        "computeConfig": {"replicationSubnetGroupId": "data", "minCapacityUnits": 384, "maxCapacityUnits": 384}})),
    attack("a database has thousands of capacity units", aws("rds/ShardGroup", {
        "dbClusterIdentifier": "core", "dbShardGroupIdentifier": "core", "maxAcu": 6_144, "tags": TAGS})),
    attack("a graph has terabytes of memory", aws("neptunegraph/Graph", {
        "graphName": "fraud", "provisionedMemory": 24_576, "tags": TAGS})),
    attack("a table has a million reads a second", aws("keyspaces/Table", {
        "keyspaceName": "core", "tableName": "ledger", "tags": TAGS, "schemaDefinition": {
            "columns": [{"name": "id", "type": "text"}], "partitionKeys": [{"name": "id"}]},
        "capacitySpecification": {"throughputMode": "PROVISIONED", "readCapacityUnits": 1_000_000,
                                  "writeCapacityUnits": 1_000}})),
    attack("a thousand processing units wait for queries", aws("athena/CapacityReservation", {
        "name": "queries", "targetDpus": 1_000, "tags": TAGS})),
    attack("a model has hundreds of units of its own", aws("bedrock/ProvisionedModelThroughput", {
        "provisionedModelName": "risk", "modelUnits": 200, "tags": TAGS,
        "modelArn": f"arn:aws:bedrock:{R}:{ME}:custom-model/risk"})),
)  # fmt: skip

AZURE = (
    attack("machines that train grow to thousands", compute(
        "AmlCompute", vmSize="Standard_NC24ads_A100_v4", vmPriority="LowPriority",
        scaleSettings={"minNodeCount": 0, "maxNodeCount": 5_000, "nodeIdleTimeBeforeScaleDown": "PT10M"})),
    attack("nodes of Spark of a workspace grow to hundreds", compute(
        "SynapseSpark", nodeSize="Large", autoScaleProperties={
            "enabled": True, "minNodeCount": 3, "maxNodeCount": 200})),
    attack("a deployment of a model grows to thousands of machines", online(properties={
        "endpointComputeType": "Managed", "instanceType": "Standard_DS3_v2", "scaleSettings": {
            "scaleType": "TargetUtilization", "minInstances": 1, "maxInstances": 5_000}})),
    attack("a deployment of a model has hundreds of machines", online(sku={
        "name": "Default", "capacity": 400}, properties={
            "endpointComputeType": "Managed", "instanceType": "Standard_DS3_v2"})),
    attack("a deployment of a model has thousands of units", az("machinelearningservices:EndpointDeployment", {
        **RG, "workspaceName": "risk", "endpointName": "chat", "deploymentName": "chat", "properties": {
            "type": "Azure.OpenAI", "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
            "sku": {"name": "ProvisionedManaged", "capacity": 2_000}}})),
    attack("thousands of sessions of code wait for calls", az("app:ContainerAppsSessionPool", {
        **HERE, "sessionPoolName": "code", "scaleConfiguration": {
            "maxConcurrentSessions": 5_000, "readySessionInstances": 5_000}})),
    attack("an environment of apps keeps hundreds of machines", az("app:ManagedEnvironment", {
        **HERE, "environmentName": "apps", "workloadProfiles": [{
            "name": "large", "workloadProfileType": "E32", "minimumCount": 200, "maximumCount": 200}]})),
    attack("a pool for batches has thousands of machines", az("batch:Pool", {
        **RG, "accountName": "batch", "poolName": "night", "vmSize": "STANDARD_D4S_V3", "scaleSettings": {
            "fixedScale": {"targetDedicatedNodes": 5_000}}})),
    *(attack(f"a pool for batches has {name} machines by its formula", az("batch:Pool", {
        **RG, "accountName": "batch", "poolName": "night", "vmSize": "STANDARD_D4S_V3", "scaleSettings": {
            "autoScale": {"formula": formula}}}))
      for name, formula in (("thousands of", "$TargetDedicatedNodes=5000;"),
                            ("as many as it has tasks", "$TargetDedicatedNodes=$PendingTasks.GetSample(1);"))),
    attack("a job that finds a model starts hundreds of trials at once", az("machinelearningservices:Job", {
        **RG, "workspaceName": "risk", "id": "find", "properties": {"jobType": "AutoML", "taskDetails": {
            "taskType": "Classification", "limitSettings": {"maxConcurrentTrials": 500, "maxTrials": 5_000},
            "trainingData": {"jobInputType": "mltable", "uri": "azureml:claims:1"}}}})),
    attack("a request starts thousands of machines", az("computebulkactions:BulkAction", {
        **RG, "location": "uaenorth", "name": "night", "tags": TAGS, "properties": {
            "capacity": 5_000, "priorityProfile": {"type": "Spot"}, "computeProfile": {"virtualMachineProfile": {}},
            "vmSizesProfile": [{"name": "Standard_D4s_v5"}]}})),
    attack("a pool of agents starts hundreds of machines", az("devopsinfrastructure:Pool", {
        **HERE, "poolName": "builds", "maximumConcurrency": 1_000, "agentProfile": {"kind": "Stateless"},
        "devCenterProjectResourceId": f"{GROUP}/providers/Microsoft.DevCenter/projects/builds",
        "fabricProfile": {"kind": "Vmss", "sku": {"name": "Standard_D4s_v5"}, "images": []},
        "organizationProfile": {"kind": "AzureDevOps", "organizations": [{"url": "https://dev.azure.com/bank"}]}})),
    attack("a cluster grows to hundreds of machines on some days", az("hdinsight:Cluster", {
        **HERE, "clusterName": "records", "properties": {"computeProfile": {"roles": [{
            "name": "workernode", "targetInstanceCount": 3, "autoscaleConfiguration": {"recurrence": {
                "timeZone": "Arabian Standard Time", "schedule": [{"days": ["Monday"], "timeAndCapacity": {
                    "time": "08:00", "minInstanceCount": 900, "maxInstanceCount": 900}}]}}}]}}})),
    attack("a cluster of records grows to hundreds of machines", az("kusto:Cluster", {
        **HERE, "clusterName": "records", "sku": {"name": "Standard_E16ads_v5", "tier": "Standard", "capacity": 2},
        "optimizedAutoscale": {"isEnabled": True, "version": 1, "minimum": 2, "maximum": 900}})),
    attack("a pool of Spark grows to hundreds of nodes", az("synapse:BigDataPool", {
        **HERE, "workspaceName": "risk", "bigDataPoolName": "spark", "nodeSize": "Large", "sparkVersion": "3.5",
        "nodeSizeFamily": "MemoryOptimized", "autoScale": {"enabled": True, "minNodeCount": 3, "maxNodeCount": 200}})),
    attack("hundreds of containers wait for a group", az("standbypool:StandbyContainerGroupPool", {
        **HERE, "standbyContainerGroupPoolName": "wait", "elasticityProfile": {"maxReadyCapacity": 1_000},
        "containerGroupProperties": {"containerGroupProfile": {
            "id": f"{GROUP}/providers/Microsoft.ContainerInstance/containerGroupProfiles/app"}}})),
    attack("a hundred copies of an app always run", az("web:WebApp", {
        **HERE, "name": "api", "siteConfig": {"minimumElasticInstanceCount": 100}})),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*AWS, *AZURE)
