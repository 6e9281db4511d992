"""Attacks on exposure, second blind set: lists that others use, sharing that is public, and services of operators.

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it (2026-11-27).
"""

from ..blind import GROUP, IMAGE, ME, TAGS, aws, az, crd, k8s
from . import Attack

REGION = "me-central-1"
AT = {"resourceGroupName": "g", "location": "uaenorth", "tags": TAGS}
IN = {"resourceGroupName": "g"}
TASK = f"arn:aws:ecs:{REGION}:{ME}:task-definition/orders:1"
RUN = {"taskDefinitionArn": TASK, "launchType": "FARGATE", "taskCount": 1, "tags": TAGS, "networkConfiguration": {
    "subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": True}}  # fmt: skip
PUBLIC = "http://acs.amazonaws.com/groups/global/AllUsers"
OPENSHIFT = {
    **AT, "resourceName": "aro", "apiserverProfile": {"visibility": "Public"},
    "ingressProfiles": [{"name": "default", "visibility": "Public"}],
    "clusterProfile": {"domain": "aro", "resourceGroupId": f"{GROUP}-aro", "version": "4.18.1"},
    "networkProfile": {"podCidr": "10.128.0.0/14", "serviceCidr": "172.30.0.0/16",
                       "outboundType": "UserDefinedRouting"},
    "masterProfile": {"vmSize": "Standard_D8s_v5", "encryptionAtHost": "Enabled", "subnetId": f"{GROUP}/m"},
    "workerProfiles": [{"name": "w", "count": 3, "vmSize": "Standard_D4s_v5", "diskSizeGB": 128,
                        "encryptionAtHost": "Enabled", "subnetId": f"{GROUP}/w"}],
}  # fmt: skip

AWS = (
    Attack(  # critical; VPC, "Managed prefix lists": a rule of a security group refers to the list, its entry is apart
        "security group opened by a prefix list, whose entry for every address is a resource of its own",
        ("FJ-EXP-101",),
        (aws("ec2/ManagedPrefixList", {"name": "x", "addressFamily": "IPv4", "maxEntries": 5, "tags": TAGS}, "list"),
         aws("ec2/ManagedPrefixListEntry", {"prefixListId": "pl-1", "cidr": "0.0.0.0/0"}, "entry"),
         aws("vpc/SecurityGroupIngressRule", {"securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 22,
                                              "toPort": 22, "prefixListId": "pl-1", "tags": TAGS}, "rule")),
    ),
    Attack(  # high; EventBridge, "Amazon ECS tasks as targets": assignPublicIp of the target
        "rule that starts a task with a public address",
        ("FJ-EXP-103",),
        (aws("cloudwatch/EventTarget", {"rule": "r", "arn": f"arn:aws:ecs:{REGION}:{ME}:cluster/c",
                                        "roleArn": f"arn:aws:iam::{ME}:role/events", "ecsTarget": RUN}),),
    ),
    Attack(  # high; EventBridge Scheduler, "Templated targets": assignPublicIp of the target
        "schedule that starts a task with a public address",
        ("FJ-EXP-103",),
        (aws("scheduler/Schedule", {
            "name": "s", "scheduleExpression": "rate(1 day)", "flexibleTimeWindow": {"mode": "OFF"},
            "kmsKeyArn": f"arn:aws:kms:{REGION}:{ME}:key/11111111-2222-3333-4444-555555555555",
            "target": {"arn": f"arn:aws:ecs:{REGION}:{ME}:cluster/c", "roleArn": f"arn:aws:iam::{ME}:role/s",
                       "ecsParameters": RUN}}),),
    ),
    Attack(  # high; Elastic Disaster Recovery, "Replication settings": servers with public addresses
        "replication servers with public addresses, to which disks go over the internet",
        ("FJ-EXP-",),
        (aws("drs/ReplicationConfigurationTemplate", {
            "associateDefaultSecurityGroup": False, "bandwidthThrottling": 0, "createPublicIp": True,
            "dataPlaneRouting": "PUBLIC_IP", "defaultLargeStagingDiskType": "GP3", "ebsEncryption": "CUSTOM",
            "ebsEncryptionKeyArn": f"arn:aws:kms:{REGION}:{ME}:key/11111111-2222-3333-4444-555555555555",
            "replicationServerInstanceType": "t3.small", "replicationServersSecurityGroupsIds": ["sg-1"],
            "stagingAreaSubnetId": "subnet-1", "stagingAreaTags": TAGS, "useDedicatedReplicationServer": False,
            "tags": TAGS}),),
    ),
    Attack(  # medium; Network Firewall, "Suricata compatible rule groups": one rule that passes everything
        "rules of Network Firewall that pass everything in both directions",
        ("FJ-EXP-", "FJ-ESC-115"),
        (aws("networkfirewall/RuleGroup", {
            "name": "x", "capacity": 10, "type": "STATEFUL", "tags": TAGS, "encryptionConfiguration": {
                "type": "CUSTOMER_KMS", "keyId":
                    f"arn:aws:kms:{REGION}:{ME}:key/11111111-2222-3333-4444-555555555555"},
            "rules": "pass ip any any <> any any (sid:1; rev:1;)"}),),
    ),
    Attack(  # medium; S3, "Enabling server access logging": grants on the delivered logs
        "access logs that everybody may read",
        ("FJ-EXP-126", "FJ-ESC-115"),
        (aws("s3/BucketLogging", {"bucket": "data", "targetBucket": "logs", "targetPrefix": "a/", "targetGrants": [
            {"permission": "READ", "grantee": {"type": "Group", "uri": PUBLIC}}]}),),
    ),
    Attack(  # medium; S3, CopyObject: x-amz-grant-read for all users
        "copy of an object that everybody may read",
        ("FJ-EXP-126", "FJ-ESC-115"),
        (aws("s3/ObjectCopy", {"bucket": "data", "key": "a", "source": "data/b", "tags": TAGS, "grants": [
            {"type": "Group", "uri": PUBLIC, "permissions": ["READ"]}],
            "kmsKeyId": f"arn:aws:kms:{REGION}:{ME}:key/11111111-2222-3333-4444-555555555555",
            "serverSideEncryption": "aws:kms"}),),
    ),
    Attack(  # medium; EBS, "Block public access for snapshots": lifts the account's block
        "account without the block on public snapshots",
        ("FJ-EXP-",),
        (aws("ebs/SnapshotBlockPublicAccess", {"state": "unblocked"}),),
    ),
    Attack(  # high; Transfer Family, "Web apps": without endpointDetails its endpoint is public
        "web app for file transfer that is reached from the internet",
        ("FJ-EXP-",),
        (aws("transfer/WebApp", {"tags": TAGS, "webAppUnits": [{"provisioned": 1}], "identityProviderDetails": {
            "identityCenterConfig": {"instanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef",
                                     "role": f"arn:aws:iam::{ME}:role/web"}}}),),
    ),
)  # fmt: skip

AZURE = (
    Attack(  # critical; Azure Storage, "Static website hosting": served to everybody whatever the account allows
        "static website of a storage account",
        ("FJ-EXP-",),
        (az("storage:StorageAccountStaticWebsite", {**IN, "accountName": "st", "indexDocument": "index.html"}),),
    ),
    Attack(  # high; Azure Compute Gallery, "Community gallery": each subscriber of Azure may use the images
        "gallery of images for the whole community of Azure",
        ("FJ-EXP-",),
        (az("compute:Gallery", {**AT, "galleryName": "g", "sharingProfile": {
            "permissions": "Community", "communityGalleryInfo": {
                "publicNamePrefix": "falaj", "eula": "https://example.ae/eula", "publisherContact": "ops@example.ae",
                "publisherUri": "https://example.ae"}}}),),
    ),
    Attack(  # critical; Azure Red Hat OpenShift, "Create a cluster": visibility Public of the API and of the ingress
        "OpenShift whose API and routes are on the internet",
        ("FJ-EXP-",),
        (az("redhatopenshift:OpenShiftCluster", OPENSHIFT),),
    ),
    Attack(  # high; Container Instances, "Container group profiles": groups of the profile get a public address
        "profile of container groups with public addresses",
        ("FJ-EXP-204",),
        (az("containerinstance:ContainerGroupProfile", {
            **AT, "containerGroupProfileName": "p", "osType": "Linux", "sku": "Standard",
            "ipAddress": {"type": "Public", "ports": [{"port": 8080, "protocol": "TCP"}]},
            "containers": [{"name": "a", "image": IMAGE, "ports": [{"port": 8080}],
                            "resources": {"requests": {"cpu": 1, "memoryInGB": 1}}}]}),),
    ),
    Attack(  # high; Web PubSub, "Anonymous connect": clients without a token connect to the hub
        "hub of Web PubSub that lets clients in without a token",
        ("FJ-EXP-", "FJ-IDN-"),
        (az("webpubsub:WebPubSubHub", {**IN, "resourceName": "w", "hubName": "h", "properties": {
            "anonymousConnectPolicy": "allow"}}),),
    ),
)  # fmt: skip

HEAD = {"serviceType": "LoadBalancer", "rayStartParams": {}, "template": {"spec": {
    "automountServiceAccountToken": False, "containers": [{"name": "ray", "image": IMAGE}]}}}  # fmt: skip
ENVOY_PROXY = {"provider": {"type": "Kubernetes", "kubernetes": {"envoyService": {
    "type": "LoadBalancer", "externalTrafficPolicy": "Cluster"}}}}  # fmt: skip
ADDITIONAL = {"selectorType": "rw", "serviceTemplate": {"metadata": {"name": "public"}, "spec": {
    "type": "LoadBalancer"}}}  # fmt: skip

KUBERNETES = (
    Attack(  # critical; KubeRay, RayCluster: the head's service serves the job API, which runs any command
        "head of a Ray cluster on a public load balancer",
        ("FJ-EXP-321",),
        (crd("ray.io/v1:RayCluster", {"rayVersion": "2.46.0", "headGroupSpec": HEAD}),),
    ),
    Attack(  # high; CloudNativePG, "Service management": an additional service of any type
        "PostgreSQL on a public load balancer, by a managed service of its operator",
        ("FJ-EXP-321",),
        (crd("postgresql.cnpg.io/v1:Cluster", {"instances": 2, "storage": {"size": "10Gi", "storageClass": "cmk"},
                                               "managed": {"services": {"additional": [ADDITIONAL]}}}),),
    ),
    Attack(  # high; Grafana Operator: the service of the instance has any type
        "Grafana on a public load balancer, by its operator",
        ("FJ-EXP-321",),
        (crd("grafana.integreatly.org/v1beta1:Grafana", {"service": {"spec": {"type": "LoadBalancer"}}}),),
    ),
    Attack(  # high; Envoy Gateway, EnvoyProxy: a service of type LoadBalancer without the cloud's annotation
        "proxy of Envoy Gateway on a public load balancer",
        ("FJ-EXP-321",),
        (crd("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", ENVOY_PROXY),),
    ),
    Attack(  # high; Calico, GlobalNetworkPolicy: a rule without source, before policies of namespaces
        "global policy of Calico that lets every address into every pod",
        ("FJ-EXP-324",),
        (k8s("projectcalico.org/v3:GlobalNetworkPolicy", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
            "order": 1, "selector": "all()", "types": ["Ingress"], "ingress": [{"action": "Allow"}]}}),),
    ),
    Attack(  # high; Multus, NetworkAttachmentDefinition: host-device moves the node's interface into the pod
        "network of pods that is the node's own interface",
        ("FJ-EXP-302", "FJ-EXP-"),
        (crd("k8s.cni.cncf.io/v1:NetworkAttachmentDefinition", {
            "config": '{"cniVersion": "1.0.0", "type": "host-device", "device": "eth0"}'}),),
    ),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*AWS, *AZURE, *KUBERNETES)
