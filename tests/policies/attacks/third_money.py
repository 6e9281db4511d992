"""Cost that nobody approved, and machines without an owner: unseen attacks, written on 2026-11-28 before evaluation."""

from ..blind import GROUP, IMAGE, ME, SUB, TAGS, aws, az, crd, pod
from ..harness import Given
from . import Attack

RG = {"resourceGroupName": "rg-platform"}
COSTS = ("FJ-COST-", "FJ-ESC-112")
TAGGED = ("FJ-TAG-", "FJ-ESC-112")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
GPU_POD = pod({"image": IMAGE, "resources": {"limits": {"nvidia.com/gpu": "8", "memory": "64Gi"},
                                             "requests": {"cpu": "8", "memory": "64Gi"}}},
                                             restartPolicy="Never")  # fmt: skip

ATTACKS = (
    Attack("Savings Plan of 1,000 dollars an hour", COSTS, (STACK,
        aws("savingsplans/SavingsPlan", {"commitment": "1000.0", "tags": TAGS,
            "savingsPlanOfferingId": "11111111-2222-3333-4444-555555555555"})), "critical",
        "The commitment is due for one or three years, and cannot be cancelled (AWS Savings Plans, User Guide)"),
    Attack("Hundred reserved databases", COSTS, (STACK,
        aws("rds/ReservedInstance", {"offeringId": "649fd0c8-cf6d-47a0-bfa6-060f8e75e95f", "instanceCount": 100,
                                     "tags": TAGS})), "critical",
        "The purchase is due for one or three years (Amazon RDS, 'Reserved DB instances')"),
    Attack("Schedule raises an existing group to 500 machines", COSTS, (STACK,
        aws("autoscaling/Schedule", {"autoscalingGroupName": "gpu-workers", "scheduledActionName": "night",
            "desiredCapacity": 500, "minSize": 500, "maxSize": 500, "recurrence": "0 20 * * *"})), "critical",
        "The group starts 500 machines every night (Amazon EC2 Auto Scaling, 'Scheduled scaling')"),
    Attack("Schedule raises an endpoint to 400 machines", COSTS, (STACK,
        aws("appautoscaling/ScheduledAction", {"name": "peak", "serviceNamespace": "sagemaker",
            "resourceId": "endpoint/llm/variant/main", "schedule": "cron(0 6 * * ? *)",
            "scalableDimension": "sagemaker:variant:DesiredInstanceCount",
            "scalableTargetAction": {"minCapacity": 400, "maxCapacity": 400}})), "critical",
        "The endpoint starts 400 machines every day (Application Auto Scaling, 'Scheduled scaling')"),
    Attack("Cluster of EMR scales to 10,000 units", COSTS, (STACK,
        aws("emr/ManagedScalingPolicy", {"clusterId": "j-1", "computeLimits": [
            {"unitType": "InstanceFleetUnits", "minimumCapacityUnits": 2, "maximumCapacityUnits": 10000}]})), "major",
        "A careless query starts thousands of machines (Amazon EMR, 'Using managed scaling')"),
    Attack("Function with 5,000 provisioned instances", COSTS, (STACK,
        aws("lambda/ProvisionedConcurrencyConfig", {"functionName": "f", "qualifier": "live",
                                                    "provisionedConcurrentExecutions": 5000})), "major",
        "They are charged whether they are called or not (AWS Lambda, 'Provisioned concurrency')"),
    Attack("Tag resource gives another team's cost centre to a machine", TAGGED, (
        aws("ec2/Tag", {"resourceId": "i-0123456789abcdef0", "key": "cost-centre", "value": "CC-9999"}),), "major",
        "The bill of the machine goes to others (Amazon EC2, 'Tag your resources')"),
    Attack("Capacity provider of ECS launches GPU machines without tags", TAGGED + COSTS, (STACK,
        aws("ecs/CapacityProvider", {"name": "gpu", "cluster": "ai", "tags": TAGS, "managedInstancesProvider": {
            "infrastructureRoleArn": f"arn:aws:iam::{ME}:role/ecs-infra", "instanceLaunchTemplate": {
                "ec2InstanceProfileArn": f"arn:aws:iam::{ME}:instance-profile/ecs",
                "networkConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]},
                "instanceRequirements": {"memoryMib": {"min": 1024}, "vcpuCount": {"min": 1},
                                         "acceleratorCount": {"min": 8}}}}})), "major",
        "Nobody is charged for the machines: propagateTags is off by default (Amazon ECS, 'Managed instances')"),
    Attack("Capacity of Fabric with 2,048 units", COSTS, (STACK,
        az("fabric:FabricCapacity", {**RG, "capacityName": "fab", "location": "uaenorth", "tags": TAGS,
            "administration": {"members": ["ops@example.ae"]}, "sku": {"name": "F2048", "tier": "Fabric"}})),
        "critical", "F2048 costs more than a quarter of a million dollars a month (Microsoft Fabric pricing)"),
    Attack("Standby pool of 2,000 running machines", COSTS, (STACK,
        az("standbypool:StandbyVirtualMachinePool", {**RG, "standbyVirtualMachinePoolName": "warm", "tags": TAGS,
            "location": "uaenorth", "virtualMachineState": "Running", "attachedVirtualMachineScaleSetId":
            f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/gpu",
            "elasticityProfile": {"maxReadyCapacity": 2000, "minReadyCapacity": 2000}})), "critical",
        "Running machines of the pool are charged (Azure, 'Standby pools for Virtual Machine Scale Sets')"),
    Attack("Spark pool that scales to 200 large nodes", COSTS, (STACK,
        az("synapse:BigDataPool", {**RG, "workspaceName": "syn", "bigDataPoolName": "spark", "location": "uaenorth",
            "tags": TAGS, "nodeSize": "XXLarge", "nodeSizeFamily": "MemoryOptimized", "sparkVersion": "3.4",
            "autoPause": {"enabled": False}, "autoScale": {"enabled": True, "minNodeCount": 100,
                                                           "maxNodeCount": 200}})), "major",
        "A hundred nodes run day and night (Azure Synapse, 'Apache Spark pool configurations')"),
    Attack("Tags of a subscription are replaced", TAGGED, (
        az("resources:TagAtScope", {"scope": SUB[1:], "properties": {"tags": {"project": "other"}}}),), "major",
        "What inherits them is charged to another project (Azure Resource Manager, 'Tags - Create Or Update')"),
    Attack("Scaler starts up to 5,000 jobs with eight GPUs each", COSTS, (STACK,
        crd("keda.sh/v1alpha1:ScaledJob", {"maxReplicaCount": 5000, "pollingInterval": 10,
            "jobTargetRef": {"template": {"metadata": {"labels": TAGS}, "spec": GPU_POD}},
            "triggers": [{"type": "aws-sqs-queue", "metadata": {
                "queueURL": f"https://sqs.me-central-1.amazonaws.com/{ME}/jobs", "queueLength": "1",
                "awsRegion": "me-central-1", "identityOwner": "operator"}}]})), "critical",
        "A full queue starts 40,000 GPUs (KEDA, 'Scaling Jobs', maxReplicaCount)"),
)  # fmt: skip
