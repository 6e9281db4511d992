"""Good idioms of stacks that cross AWS or Azure and their clusters, as whole plans (set 20, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, k8s, meta, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .aws_platform import LAUNCH, bucket
from .eleventh_charts import SMALL, inside
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .fourth import R
from .kubernetes import on_eks
from .ninth_aws import GROUPS, SUBNETS, arn
from .sixteenth_stores import reached
from .thirteenth_cluster_access import account
from .twelfth_aws_platform import rights
from .twelfth_charts import LARGE, ours
from .twentieth_goodb_charts import apart, merged, namespace
from .twentieth_goodb_data import GPU, TAINTED

APP_DOMAIN = "apps.bank.ae"
READER = "4633458b-17de-408a-b874-0445c86b69e6"
PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d"
BLOBS = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
ENDED = {"resilience": {"kept_elsewhere": dict.fromkeys(("bucket", "database", "files", "registry", "vault", "store"),
                                                       "copied every night to the site in Dubai")}}  # fmt: skip


def pods_role(name: str, namespace: str, *statements: dict[str, object]) -> tuple[Given, ...]:
    """Returns a role that one service account of the cluster has through EKS Pod Identity, and its rights."""
    return (
        aws("iam/Role", {"name": name, "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": [
                "sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {
                    "aws:SourceAccount": ME, "aws:RequestTag/kubernetes-namespace": namespace,
                    "aws:RequestTag/kubernetes-service-account": name}}})}, name),
        rights(name, *statements),
        aws("eks/PodIdentityAssociation", {
            "clusterName": UNKNOWN, "namespace": namespace, "serviceAccount": name, "roleArn": UNKNOWN, "tags": TAGS},
            f"{name}-identity", links={"clusterName": ("cluster",), "roleArn": (name,)}),
    )  # fmt: skip


def deployment(name: str, namespace: str, replicas: int = 2, labels: dict[str, str] | None = None,
               resources: object = SMALL, **more: object) -> tuple[Given, ...]:  # fmt: skip
    """Returns an app of closed pods with a readiness probe, and its budget of disruption."""
    fields = more.pop("pod", {})
    assert isinstance(fields, dict)
    return (
        k8s("apps/v1:Deployment", {"metadata": meta(name, namespace), "spec": {
            "replicas": replicas, "selector": {"matchLabels": {"app": name}}, "template": {
                "metadata": {"labels": {**TAGS, "app": name, **(labels or {})}}, "spec": pod(
                    name, resources, ports=[{"containerPort": 8443, "name": "https"}], readinessProbe={
                        "httpGet": {"path": "/ready", "port": "https", "scheme": "HTTPS"}}, pod={
                            "topologySpreadConstraints": apart(name), **fields}, **more)}}}, name),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(name, namespace), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": name}}}}, f"{name}-budget"),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("an app of EKS reads its database of RDS by a password that Secrets Manager turns each month", (
        *on_eks(*namespace("orders"), account("orders", "orders"),
            inside("external-secrets.io/v1:SecretStore", "aws", {"provider": {"aws": {
                "service": "SecretsManager", "region": R}}}, "orders"),
            inside("external-secrets.io/v1:ExternalSecret", "database", {
                "refreshInterval": "10m", "secretStoreRef": {"kind": "SecretStore", "name": "aws"}, "target": {
                    "name": "database", "creationPolicy": "Owner"}, "dataFrom": [{"extract": {"key":
                        "orders/database"}}]},
                "orders"),
            *deployment("orders", "orders", 3, envFrom=[{"secretRef": {"name": "database"}}],
                volumeMounts=SCRATCH_MOUNTS,
                        pod={"volumes": SCRATCH})),
        *pods_role("orders", "orders", statement(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                                                 arn("secretsmanager", "secret:orders/database-*")),
                   statement("kms:Decrypt", KEY, {"StringEquals": {"kms:ViaService":
                       f"secretsmanager.{R}.amazonaws.com"}})),
        aws("rds/ParameterGroup", {"name": "orders", "family": "postgres17", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}, {"name": "log_statement", "value": "ddl"},
            {"name": "log_connections", "value": "1"}, {"name": "shared_preload_libraries", "value":
                                                       "pgaudit,pg_stat_statements", "applyMethod": "pending-reboot"},
            {"name": "pgaudit.role", "value": "rds_pgaudit"}]}, "parameters"),
        aws("rds/SubnetGroup", {"name": "orders", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/Instance", {
            "identifier": "orders", "engine": "postgres", "engineVersion": "17.6", "instanceClass": "db.r7g.large",
            "allocatedStorage": 100, "maxAllocatedStorage": 500, "storageType": "gp3", "storageEncrypted": True,
            "kmsKeyId": KEY, "multiAz": True, "username": "orders", "manageMasterUserPassword": True,
            "masterUserSecretKmsKeyId": KEY, "dbSubnetGroupName": UNKNOWN, "parameterGroupName": UNKNOWN,
            "vpcSecurityGroupIds": GROUPS, "publiclyAccessible": False, "iamDatabaseAuthenticationEnabled": True,
            "backupRetentionPeriod": 35, "backupWindow": "21:00-22:00", "maintenanceWindow": "sat:22:30-sat:23:30",
            "copyTagsToSnapshot": True, "deletionProtection": True, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "orders-final", "deleteAutomatedBackups": False, "autoMinorVersionUpgrade": True,
            "caCertIdentifier": "rds-ca-rsa2048-g1", "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId":
            KEY, "performanceInsightsRetentionPeriod": 7, "monitoringInterval": 60, "monitoringRoleArn":
            f"arn:aws:iam::{ME}:role/rds-monitoring", "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
            "tags": TAGS}, "database", protect=True, links={
                "dbSubnetGroupName": ("subnets",), "parameterGroupName": ("parameters",)}),
        aws("secretsmanager/Secret", {"name": "orders/database", "kmsKeyId": KEY, "recoveryWindowInDays": 30, "tags":
                                      TAGS}, "secret"),
        aws("secretsmanager/SecretRotation", {
            "secretId": UNKNOWN, "rotationLambdaArn": arn("lambda", "function:rotate-postgres"), "rotationRules": {
                "automaticallyAfterDays": 30}}, "rotation", links={"secretId": ("secret",)})),
        "docs.aws.amazon.com/eks/latest/userguide/pod-identities.html; external-secrets.io/latest/provider/aws-secrets-"
        "manager, as known", merged({**ours(), **ENDED}, unpriced("aws:rds/instance:Instance::database"))),
    Idiom("apps of EKS are reached inside by an ALB with the bank's certificate, access logs and a firewall", (
        *on_eks(*namespace("shop"), account("shop", "shop"), *deployment("shop", "shop", 3,
            volumeMounts=SCRATCH_MOUNTS, pod={
            "volumes": SCRATCH}),
            k8s("core/v1:Service", {"metadata": meta("shop", "shop"), "spec": {
                "type": "ClusterIP", "selector": {"app": "shop"}, "ports": [{"name": "https", "port": 443, "targetPort":
                                                                            "https"}]}}, "shop-service"),
            k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("shop", "shop", annotations={
                "alb.ingress.kubernetes.io/scheme": "internal", "alb.ingress.kubernetes.io/target-type": "ip",
                "alb.ingress.kubernetes.io/backend-protocol": "HTTPS", "alb.ingress.kubernetes.io/listen-ports":
                "[{\"HTTP\": 80}, {\"HTTPS\": 443}]", "alb.ingress.kubernetes.io/ssl-redirect": "443",
                "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                "alb.ingress.kubernetes.io/certificate-arn": arn("acm",
                    "certificate/11111111-2222-3333-4444-555555555555"),
                "alb.ingress.kubernetes.io/wafv2-acl-arn": arn("wafv2", "regional/webacl/shop/11111111"),
                "alb.ingress.kubernetes.io/healthcheck-path": "/ready",
                    "alb.ingress.kubernetes.io/healthcheck-protocol":
                "HTTPS", "alb.ingress.kubernetes.io/load-balancer-attributes":
                "deletion_protection.enabled=true,routing.http.drop_invalid_header_fields.enabled=true,access_logs.s3."
                "enabled=true,access_logs.s3.bucket=bank-traces,access_logs.s3.prefix=shop",
                "alb.ingress.kubernetes.io/tags": ",".join(f"{key}={value}" for key, value in TAGS.items()),
                "alb.ingress.kubernetes.io/group.name": "inner", "alb.ingress.kubernetes.io/inbound-cidrs":
                    "10.0.0.0/8"}),
                "spec": {"ingressClassName": "alb", "tls": [{"hosts": [f"shop.{APP_DOMAIN}"]}], "rules": [{
                    "host": f"shop.{APP_DOMAIN}", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                        "service": {"name": "shop", "port": {"name": "https"}}}}]}}]}}, "shop-ingress"),
            reached("shop", "shop", {"app": "shop"}, 8443, "gateway")),
        aws("wafv2/WebAcl", {
            "name": "shop", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "tags": TAGS, "visibilityConfig": {
                "cloudwatchMetricsEnabled": True, "metricName": "shop", "sampledRequestsEnabled": True}, "rules": [
                {"name": name, "priority": index, "overrideAction": {"none": {}}, "statement": {
                    "managedRuleGroupStatement": {"vendorName": "AWS", "name": name}}, "visibilityConfig": {
                        "cloudwatchMetricsEnabled": True, "metricName": name, "sampledRequestsEnabled": True}}
                for index, name in enumerate(("AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet",
                                              "AWSManagedRulesSQLiRuleSet"))]}, "firewall"),
        aws("route53/Zone", {"name": APP_DOMAIN, "vpcs": [{"vpcId": "vpc-0123456789abcdef0", "vpcRegion": R}],
                             "comment": "Inner apps", "forceDestroy": False, "tags": TAGS}, "zone")),
        "kubernetes-sigs/aws-load-balancer-controller, docs/guide/ingress/annotations.md, as known on 2026-11-30",
        {**ours(), "presets": ["alb-controller"]}),
    Idiom("Karpenter of EKS makes nodes of three families on sealed disks, and spot ones for batches", (
        *on_eks(
            top("karpenter.k8s.aws/v1:EC2NodeClass", "general", {
                "role": "platform-node", "amiFamily": "Bottlerocket", "amiSelectorTerms": [
                    {"alias": "bottlerocket@v1.49.0"}], "subnetSelectorTerms": [{"tags": {
                        "karpenter.sh/discovery": "platform"}}], "securityGroupSelectorTerms": [{"tags": {
                            "karpenter.sh/discovery": "platform"}}], "associatePublicIPAddress": False,
                "metadataOptions": {"httpEndpoint": "enabled", "httpProtocolIPv6": "disabled",
                                    "httpPutResponseHopLimit": 1, "httpTokens": "required"},
                "blockDeviceMappings": [{"deviceName": name, "ebs": {
                    "volumeSize": size, "volumeType": "gp3", "encrypted": True, "kmsKeyID": KEY, "deleteOnTermination":
                    True, "throughput": 125}} for name, size in (("/dev/xvda", "8Gi"), ("/dev/xvdb", "100Gi"))],
                "detailedMonitoring": True, "tags": TAGS, "kubelet": {"maxPods": 110, "evictionHard": {
                    "memory.available": "5%"}}}),
            top("karpenter.sh/v1:NodePool", "general", {
                "template": {"metadata": {"labels": {"falaj.io/workload-profile": "general"}}, "spec": {
                    "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "general"},
                    "expireAfter": "336h", "terminationGracePeriod": "1h", "requirements": [
                        {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
                        {"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]},
                        {"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": ["m6i", "c6i", "r6i"]},
                        {"key": "karpenter.k8s.aws/instance-cpu", "operator": "In", "values": ["4", "8", "16"]}]}},
                "limits": {"cpu": "200", "memory": "800Gi"}, "weight": 10, "disruption": {
                    "consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "5m", "budgets": [
                        {"nodes": "10%"}, {"nodes": "0", "schedule": "0 5 * * 1-5", "duration": "10h", "reasons": [
                            "Drifted", "Underutilized"]}]}}),
            top("karpenter.sh/v1:NodePool", "batch", {
                "template": {"metadata": {"labels": {"falaj.io/workload-profile": "batch"}}, "spec": {
                    "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "general"},
                        "taints": [
                        {"key": "batch", "value": "true", "effect": "NoSchedule"}], "expireAfter": "168h",
                            "requirements": [
                        {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot", "on-demand"]},
                        {"key": "karpenter.k8s.aws/instance-category", "operator": "In", "values": ["c", "m"]},
                        {"key": "karpenter.k8s.aws/instance-generation", "operator": "Gt", "values": ["5"]},
                        {"key": "topology.kubernetes.io/zone", "operator": "In", "values": [f"{R}a", f"{R}b",
                            f"{R}c"]}]}},
                "limits": {"cpu": "400"}, "disruption": {"consolidationPolicy": "WhenEmpty", "consolidateAfter":
                    "1m"}}),
            account("nightly", "batch"),
            k8s("batch/v1:CronJob", {"metadata": meta("nightly", "batch"), "spec": {
                "schedule": "0 20 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
                    "backoffLimit": 3, "activeDeadlineSeconds": 14400, "template": {"metadata": {"labels": TAGS},
                        "spec": {
                        **pod("nightly", LARGE, volumeMounts=SCRATCH_MOUNTS, pod={
                            "volumes": SCRATCH, "tolerations": [{"key": "batch", "operator": "Equal", "value": "true",
                                                                 "effect": "NoSchedule"}], "nodeSelector": {
                                "falaj.io/workload-profile": "batch"}}), "restartPolicy": "OnFailure"}}}}}},
                                    "nightly")),),
        "karpenter.sh/docs/concepts/nodepools; .../nodeclasses; docs.aws.amazon.com/eks/latest/best-practices, "
        "as known on 2026-11-30", {**ours(), "presets": ["karpenter"]}),
    Idiom("files of EKS lie on EFS, sealed and by TLS, each app in its own directory, with nightly copies", (
        *on_eks(
            k8s("storage.k8s.io/v1:StorageClass", {
                "metadata": {"name": "files", "labels": TAGS}, "provisioner": "efs.csi.aws.com", "reclaimPolicy":
                    "Retain",
                "mountOptions": ["tls", "iam"], "parameters": {
                    "provisioningMode": "efs-ap", "fileSystemId": UNKNOWN, "directoryPerms": "700", "basePath": "/apps",
                    "subPathPattern": "${.PVC.namespace}/${.PVC.name}", "ensureUniqueDirectory": "true",
                        "gidRangeStart":
                    "10000", "gidRangeEnd": "20000", "reuseAccessPoint": "false"}}, "class"),
            account("scans", "papers"),
            k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("scans", "papers"), "spec": {
                "accessModes": ["ReadWriteMany"], "storageClassName": "files", "resources": {"requests": {
                    "storage": "100Gi"}}}}, "claim"),
            *deployment("scans", "papers", volumeMounts=[*SCRATCH_MOUNTS, {"name": "scans", "mountPath": "/scans"}],
                pod={
                "volumes": [*SCRATCH, {"name": "scans", "persistentVolumeClaim": {"claimName": "scans"}}]})),
        aws("efs/FileSystem", {
            "creationToken": "apps", "encrypted": True, "kmsKeyId": KEY, "performanceMode": "generalPurpose",
            "throughputMode": "elastic", "lifecyclePolicies": [{"transitionToIa": "AFTER_30_DAYS"}], "protection": {
                "replicationOverwrite": "ENABLED"}, "tags": TAGS}, "files", protect=True),
        *(aws("efs/MountTarget", {"fileSystemId": UNKNOWN, "subnetId": subnet, "securityGroups": GROUPS},
            f"mount-{subnet}",
              links={"fileSystemId": ("files",)}) for subnet in SUBNETS),
        aws("efs/BackupPolicy", {"fileSystemId": UNKNOWN, "backupPolicy": {"status": "ENABLED"}}, "copies",
            links={"fileSystemId": ("files",)}),
        aws("efs/FileSystemPolicy", {"fileSystemId": UNKNOWN, "policy": document(
            {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {
                "Bool": {"aws:SecureTransport": "false"}}},
            {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/efs-csi"}, "Action": [
                "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], "Resource": "*", "Condition": {
                    "Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}})}, "who", links={
                        "fileSystemId": ("files",)}),
        aws("eks/Addon", {
            "clusterName": UNKNOWN, "addonName": "aws-efs-csi-driver", "addonVersion": "v2.1.13-eksbuild.1",
            "resolveConflictsOnUpdate": "PRESERVE", "preserve": True, "podIdentityAssociations": [{
                "roleArn": f"arn:aws:iam::{ME}:role/efs-csi", "serviceAccount": "efs-csi-controller-sa"}], "tags": TAGS,
            "configurationValues": json.dumps({"controller": {"deleteAccessPointRootDir": False, "replicaCount": 2,
                                                              "tags": TAGS}})}, "driver", links={
                                                                  "clusterName": ("cluster",)})),
        "kubernetes-sigs/aws-efs-csi-driver, docs/README.md; docs.aws.amazon.com/efs/latest/ug, as known on 2026-11-30",
        {**ours(), **ENDED}),
    Idiom("a team trains on EKS from a bucket by its own role, in a group of GPUs that starts from none", (
        *on_eks(account("trainer", "training"),
            k8s("batch/v1:Job", {"metadata": meta("letters", "training"), "spec": {
                "backoffLimit": 2, "activeDeadlineSeconds": 43200, "ttlSecondsAfterFinished": 86400, "template": {
                    "metadata": {"labels": TAGS}, "spec": {**pod(
                        "trainer", GPU, args=["--data=s3://bank-models/letters", "--checkpoints=s3://bank-models/runs"],
                        env=[{"name": "AWS_REGION", "value": R}, {"name": "WANDB_MODE", "value": "offline"},
                             {"name": "AWS_STS_REGIONAL_ENDPOINTS", "value": "regional"}], volumeMounts=[
                                 *SCRATCH_MOUNTS, {"name": "shm", "mountPath": "/dev/shm"}], pod={  # noqa: S108
                                "tolerations": TAINTED, "volumes": [*SCRATCH, {"name": "shm", "emptyDir": {
                                    "medium": "Memory", "sizeLimit": "16Gi"}}]}), "restartPolicy": "Never"}}}},
                "letters")),
        *bucket("bank-models"),
        *pods_role("trainer", "training", statement(["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"],
                                                    "arn:aws:s3:::bank-models/*"),
                   statement("s3:ListBucket", "arn:aws:s3:::bank-models"),
                   statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)), LAUNCH,
        aws("eks/NodeGroup", {
            "clusterName": UNKNOWN, "nodeGroupName": "gpus", "nodeRoleArn": f"arn:aws:iam::{ME}:role/node", "subnetIds":
            SUBNETS, "amiType": "BOTTLEROCKET_x86_64_NVIDIA", "capacityType": "SPOT", "instanceTypes": [
                "g5.8xlarge", "g5.16xlarge"], "scalingConfig": {"minSize": 0, "maxSize": 4, "desiredSize": 0},
            "launchTemplate": {"id": UNKNOWN, "version": "1"}, "labels": {"falaj.io/workload-profile": "training"},
            "taints": [{"key": "nvidia.com/gpu", "value": "present", "effect": "NO_SCHEDULE"}], "updateConfig": {
                "maxUnavailable": 1}, "nodeRepairConfig": {"enabled": True}, "tags": TAGS}, "gpus", links={
                    "clusterName": ("cluster",), "launchTemplate": ("lt",)})),
        "docs.aws.amazon.com/eks/latest/best-practices/aiml-compute; .../userguide/ml-eks-optimized-ami, as known",
        {**ours(), **ENDED}),
)  # fmt: skip
