"""What uses each paid part of a stack: kinds of resources that refer to it, outputs of the stack, or why the chain ends
with it."""

from collections.abc import Mapping

ANY = "*"
"""Any resource that is not an attachment of the part."""

OUTPUT = "output"
"""An output of the stack that a user reads: `READ_OUTPUTS`."""

READ_OUTPUTS: Mapping[str, str] = {
    "registry": "docs/sites.md: images are pushed to it",
    "imageCaches": "docs/sites.md: images of workloads begin with it",
    "vaultUris": "docs/workloads.md: datasets are uploaded there",
    "kubeconfig": "README.md: kubectl",
}
"""Output of a site -> who reads it. The names of storage classes are not among them: a class is used by a claim."""

ATTACHMENTS = (
    "aws:kms/alias:Alias",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "azure-native:monitor:DiagnosticSetting",
    "azure-native:authorization:RoleAssignment",
    "azure-native:authorization:ManagementLockByScope",
    "azure-native:network:PrivateEndpoint",
    "azure-native:storage:BlobServiceProperties",
    "azure-native:storage:ManagementPolicy",
)
"""Types that configure a part and do not use it."""

STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
VOLUME, CLAIM = "kubernetes:core/v1:PersistentVolume", "kubernetes:core/v1:PersistentVolumeClaim"
PODS = (
    "kubernetes:batch/v1:Job",
    "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet",
    "kubernetes:trainer.kubeflow.org/v1alpha1:TrainingRuntime",
    "kubernetes:ray.io/v1:RayJob",
    "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:StatefulSet",
)

USED_BY: Mapping[str, tuple[str, ...]] = {
    "aws:ec2/eip:Eip": ("aws:ec2/natGateway:NatGateway",),
    "aws:ec2/natGateway:NatGateway": ("aws:ec2/route:Route",),
    "aws:ecr/repository:Repository": (OUTPUT,),
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": (OUTPUT,),
    "aws:efs/fileSystem:FileSystem": (STORAGE_CLASS,),
    "aws:fsx/lustreFileSystem:LustreFileSystem": (VOLUME,),
    "aws:backup/vault:Vault": ("aws:backup/plan:Plan",),
    "aws:kms/key:Key": (ANY,),
    "aws:s3/bucket:Bucket": (OUTPUT, "aws:bcmdata/export:Export"),
    "azure-native:containerregistry:Registry": (OUTPUT,),
    "azure-native:containerregistry:CacheRule": (OUTPUT,),
    "azure-native:keyvault:Key": (ANY,),
    "azure-native:network:NatGateway": ("azure-native:network:Subnet",),
    "azure-native:network:PublicIPAddress": ("azure-native:network:NatGateway",),
    "azure-native:operationalinsights:Workspace": ("azure-native:monitor:DiagnosticSetting",),
    "azure-native:storage:FileShare": (STORAGE_CLASS,),
    "azure-native:storage:StorageAccount": (OUTPUT, "azure-native:network:FlowLog", STORAGE_CLASS),
    "kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor": ("kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue",),
    STORAGE_CLASS: (CLAIM,),
    VOLUME: (CLAIM,),
    CLAIM: PODS,
}
"""Type -> what uses it."""

ENDS: Mapping[str, str] = {
    "aws:cloudwatch/logGroup:LogGroup": "records that auditors read; the control plane writes to it by its name",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "tells people",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "nodes and pods use it through the DNS and the routes of the network",
    "aws:eks/cluster:Cluster": "everything runs in it",
    "aws:eks/nodeGroup:NodeGroup": "pods run on it; an empty one scales to its minimum",
    "azure-native:containerservice:AgentPool": "pods run on it; an empty one scales to its minimum",
    "azure-native:containerservice:ManagedCluster": "everything runs in it",
    "azure-native:resources:Deployment": "changes parts of resources that are checked by themselves",
    "azure-native:network:FlowLog": "records that auditors read",
    "azure-native:network:PrivateEndpoint": "nodes and pods use it through private DNS",
    "azure-native:privatedns:PrivateZone": "names of private endpoints and of the API server, 0.50 USD a month each",
    "kubernetes:core/v1:Service": "only load balancers are paid for; clients use them",
    "kubernetes:gateway.networking.k8s.io/v1:Gateway": "clients use its load balancer",
    "kubernetes:helm.sh/v3:Release": "only volumes of charts are paid for, which the chart's own pods mount",
    "kubernetes:karpenter.sh/v1:NodePool": "pods run on it; it starts nothing without them",
}
"""Type -> why nothing in the plan has to refer to it."""

FREE_BUT_READ = (
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    "azure-native:containerregistry:CacheRule",
    VOLUME,
)
"""Types without a price of their own that lead to paid storage, and that something has to read."""

ON_REQUEST = (*FREE_BUT_READ, "azure-native:storage:FileShare")
"""Types that no shipped stack has."""

SHARED = "falaj-shared"
"""Storage class of the shared files. The classes of volumes cost nothing without a claim."""
