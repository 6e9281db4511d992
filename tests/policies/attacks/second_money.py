"""Attacks on money and tags, second blind set: services that scale by a number, and what changes tags afterwards.

Severity stands beside each; the source is the vendor's price list or document that says that the cloud accepts it
(2026-11-27).
"""

from ..blind import GROUP, KEY, ME, SUB, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

REGION = "me-central-1"
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
AT = {"resourceGroupName": "g", "location": "uaenorth", "tags": TAGS}
GPUS = {"resources": {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "8"},
                      "limits": {"memory": "64Gi", "nvidia.com/gpu": "8"}}}  # fmt: skip
ROLES = "/providers/microsoft.authorization/roleDefinitions"
POOL = {
    "resourceGroupName": "g", "accountName": "batch", "poolName": "p", "vmSize": "Standard_NC96ads_A100_v4",
    "tags": TAGS, "scaleSettings": {"fixedScale": {"targetDedicatedNodes": 500, "targetLowPriorityNodes": 0}},
    "deploymentConfiguration": {"virtualMachineConfiguration": {
        "nodeAgentSkuId": "batch.node.ubuntu 22.04", "imageReference": {
            "publisher": "microsoft-dsvm", "offer": "ubuntu-hpc", "sku": "2204", "version": "latest"}}},
}  # fmt: skip
HADOOP = {
    "clusterVersion": "5.1", "osType": "Linux", "tier": "Premium", "minSupportedTlsVersion": "1.2",
    "clusterDefinition": {"kind": "spark"}, "computeProfile": {"roles": [{
        "name": "workernode", "targetInstanceCount": 400, "hardwareProfile": {"vmSize": "Standard_E64_v3"},
        "virtualNetworkProfile": {"id": f"{GROUP}/v", "subnet": f"{GROUP}/v/s"}}]},
}  # fmt: skip
MODIFY = {
    "if": {"field": "type", "equals": "Microsoft.Compute/virtualMachines"},
    "then": {"effect": "modify", "details": {
        "roleDefinitionIds": [f"{ROLES}/4a9ae827-6dc8-4573-8ac7-8239d42aa03f"],
        "operations": [{"operation": "addOrReplace", "field": "tags['cost-centre']", "value": "cc-9999"}]}},
}  # fmt: skip
RELABEL = {"rules": [{"name": "r", "match": {"any": [{"resources": {"kinds": ["Pod", "Namespace"]}}]}, "mutate": {
    "patchStrategicMerge": {"metadata": {"labels": {"cost-centre": "cc-9999"}}}}}]}  # fmt: skip

ATTACKS: tuple[Attack, ...] = (
    Attack(  # high; Glue, "Worker types": 299 workers of G.8X at 8 DPU an hour each, fifty runs at once
        "job of Glue with 299 of the largest workers, fifty at a time",
        ("FJ-COST-004", "FJ-COST-126"),
        (STACK, aws("glue/Job", {"name": "j", "roleArn": f"arn:aws:iam::{ME}:role/glue", "numberOfWorkers": 299,
                          "workerType": "G.8X", "timeout": 10080, "glueVersion": "5.0", "tags": TAGS,
                          "executionProperty": {"maxConcurrentRuns": 50}, "securityConfiguration": "cmk",
                          "command": {"scriptLocation": "s3://code/a.py"}}),),
    ),
    Attack(  # high; Oracle Database@AWS: an Exadata of 32 database and 64 storage servers is contracted for years
        "Exadata of thirty-two database servers",
        ("FJ-COST-004", "FJ-RES-"),
        (STACK, aws("odb/CloudExadataInfrastructure", {
            "availabilityZoneId": "mec1-az1", "displayName": "x", "shape": "Exadata.X11M", "computeCount": 32,
            "storageCount": 64, "tags": TAGS, "maintenanceWindow": {
                "customActionTimeoutInMins": 15, "isCustomActionTimeoutEnabled": True, "patchingMode": "ROLLING",
                "preference": "NO_PREFERENCE"}}),),
    ),
    Attack(  # high; DMS Serverless, "Capacity": 384 DCU in two zones
        "serverless replication of 384 units in two zones",
        ("FJ-COST-004",),
        (STACK, aws("dms/ReplicationConfig", {
            "replicationConfigIdentifier": "x", "replicationType": "cdc", "tags": TAGS, "startReplication": True,
            "sourceEndpointArn": f"arn:aws:dms:{REGION}:{ME}:endpoint:A", "tableMappings": "{}",
            "targetEndpointArn": f"arn:aws:dms:{REGION}:{ME}:endpoint:B", "computeConfig": {
                "replicationSubnetGroupId": "s", "minCapacityUnits": 384, "maxCapacityUnits": 384, "multiAz": True,
                "kmsKeyId": KEY}}),),
    ),
    Attack(  # high; Amazon Aurora Limitless: a shard group of 6,144 capacity units
        "shard group of Aurora Limitless of six thousand units",
        ("FJ-COST-004",),
        (STACK, aws("rds/ShardGroup", {"dbClusterIdentifier": "c", "dbShardGroupIdentifier": "s", "maxAcu": 6144,
                                "minAcu": 6144, "computeRedundancy": 2, "tags": TAGS}),),
    ),
    Attack(  # high; Keyspaces, "Provisioned throughput": paid by the hour whether it is used or not
        "table of Keyspaces with forty thousand writes a second",
        ("FJ-COST-004",),
        (STACK, aws("keyspaces/Table", {
            "keyspaceName": "k", "tableName": "t", "tags": TAGS, "encryptionSpecification": {
                "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyIdentifier": KEY}, "pointInTimeRecovery": {
                "status": "ENABLED"}, "schemaDefinition": {"columns": [{"name": "a", "type": "ascii"}],
                                                           "partitionKeys": [{"name": "a"}]},
            "capacitySpecification": {"throughputMode": "PROVISIONED", "readCapacityUnits": 40000,
                                      "writeCapacityUnits": 40000}}),),
    ),
    Attack(  # high; ACM, "Private CA pricing": each authority costs by the month; twenty of them
        "twenty private certificate authorities",
        ("FJ-COST-004",),
        (STACK, *(aws("acmpca/CertificateAuthority", {
            "type": "ROOT", "tags": TAGS, "usageMode": "GENERAL_PURPOSE", "certificateAuthorityConfiguration": {
                "keyAlgorithm": "RSA_4096", "signingAlgorithm": "SHA512WITHRSA", "subject": {
                    "commonName": f"ca{n}.example.ae"}}}, f"ca{n}") for n in range(20))),
    ),
    Attack(  # high; Application Auto Scaling: up to two thousand machines of an endpoint that another stack made
        "scaling of a model endpoint of another stack up to two thousand machines",
        ("FJ-COST-004", "FJ-COST-126"),
        (STACK, aws("appautoscaling/Target", {
            "minCapacity": 500, "maxCapacity": 2000, "resourceId": "endpoint/llm/variant/all", "tags": TAGS,
            "scalableDimension": "sagemaker:variant:DesiredInstanceCount", "serviceNamespace": "sagemaker"}),),
    ),
    Attack(  # critical; Fabric, "Pricing": F2048 is paid by the hour as long as it is not paused
        "Fabric capacity F2048",
        ("FJ-COST-004",),
        (STACK, az("fabric:FabricCapacity", {**AT, "capacityName": "f", "sku": {"name": "F2048", "tier": "Fabric"},
                                      "administration": {"members": ["ops@example.ae"]}}),),
    ),
    Attack(  # critical; Azure Batch, "Pools": five hundred dedicated machines of four A100 each
        "pool of Batch with five hundred GPU machines",
        ("FJ-COST-004",),
        (STACK, az("batch:Pool", POOL),),
    ),
    Attack(  # high; HDInsight, "Pricing": four hundred workers by the minute
        "HDInsight cluster with four hundred workers",
        ("FJ-COST-004",),
        (STACK, az("hdinsight:Cluster", {**AT, "clusterName": "h", "properties": HADOOP}),),
    ),
    Attack(  # high; Elastic SAN, "Plan for deploying": base capacity is paid as it is provisioned
        "Elastic SAN of 400 TiB",
        ("FJ-COST-004",),
        (STACK, az("elasticsan:ElasticSan", {
            **AT, "elasticSanName": "e", "baseSizeTiB": 400, "extendedCapacitySizeTiB": 600,
                                      "sku": {"name": "Premium_ZRS"}, "publicNetworkAccess": "Disabled"}),),
    ),
    Attack(  # medium; Kubernetes, HorizontalPodAutoscaler: at least a thousand pods of eight GPUs each
        "autoscaler that keeps a thousand pods with eight GPUs each",
        ("FJ-COST-004", "FJ-COST-126"),
        (STACK, workload("apps/v1:Deployment", GPUS),
         k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta(), "spec": {
             "minReplicas": 1000, "maxReplicas": 5000, "scaleTargetRef": {
                 "apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}}}, "hpa")),
    ),
    Attack(  # medium; JobSet: replicated jobs of five hundred pods with eight GPUs each
        "set of jobs with four thousand GPUs",
        ("FJ-COST-004", "FJ-COST-126"),
        (STACK, crd("jobset.x-k8s.io/v1alpha2:JobSet", {"replicatedJobs": [{"name": "w", "replicas": 1, "template": {
            "spec": {"parallelism": 500, "completions": 500, "backoffLimit": 0, "template": {
                "metadata": {"labels": TAGS},
                "spec": pod(GPUS)}}}}]}),),
    ),
    Attack(  # medium; Azure Policy, "Modify effect": addOrReplace rewrites the tag of each machine
        "policy that writes another cost centre on each machine",
        ("FJ-TAG-", "FJ-ESC-"),
        (az("authorization:PolicyDefinition", {"policyDefinitionName": "p", "policyType": "Custom", "mode": "Indexed",
                                               "policyRule": MODIFY}),
         az("authorization:PolicyAssignment", {
             "policyAssignmentName": "p", "scope": SUB, "location": "uaenorth", "identity": {"type": "SystemAssigned"},
             "policyDefinitionId": f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/p"}, "assignment")),
    ),
    Attack(  # medium; Kyverno, "Mutate": labels of what is admitted change after the guardrails have read them
        "policy of Kyverno that writes another cost centre on pods and namespaces",
        ("FJ-TAG-", "FJ-ESC-"),
        (k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "x", "labels": TAGS}, "spec": RELABEL}),),
    ),
)  # fmt: skip
