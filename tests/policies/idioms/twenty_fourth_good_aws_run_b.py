"""Good programs of platform teams on AWS: services, machines and licences (set 24, before any rule ran)."""

from dataclasses import replace

from ..blind import KEY, TAGS, aws, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import log
from .twenty_fourth_good_aws_run import SPREAD, task, template
from .twenty_second_xaws import attached
from .twenty_third_aws_flow import TRACED, function

IDIOMS: tuple[Idiom, ...] = (
    Idiom("ECS Service Connect: services call each other by TLS with short certificates of the bank's own authority", (
        BUDGET,
        aws("acmpca/CertificateAuthority", {
            "type": "SUBORDINATE", "usageMode": "SHORT_LIVED_CERTIFICATE", "keyStorageSecurityStandard":
            "FIPS_140_2_LEVEL_3_OR_HIGHER", "certificateAuthorityConfiguration": {
                "keyAlgorithm": "EC_prime256v1", "signingAlgorithm": "SHA256WITHECDSA", "subject": {
                    "commonName": "services.bank.ae", "organization": "Bank", "country": "AE"}},
            "permanentDeletionTimeInDays": 30, "tags": {**TAGS, "AmazonECSManaged": "true"}}, "authority",
            protect=True),
        trusted("ecs.amazonaws.com", "connect-tls"), *attached(
            "connect-tls", "service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity"),
        aws("servicediscovery/HttpNamespace", {"name": "lending", "description": "Services of lending", "tags": TAGS},
            "namespace"),
        aws("ecs/Cluster", {"name": "lending", "settings": [{"name": "containerInsights", "value": "enabled"}],
                            "serviceConnectDefaults": {"namespace": UNKNOWN}, "configuration": {
            "executeCommandConfiguration": {"kmsKeyId": KEY, "logging": "OVERRIDE", "logConfiguration": {
                "cloudWatchEncryptionEnabled": True, "cloudWatchLogGroupName": "/ecs/exec"}},
            "managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": KEY}}, "tags": TAGS}, "cluster", links={
                "serviceConnectDefaults": ("namespace",)}),
        *(given for name in ("scores", "offers") for given in (
            log(f"/ecs/{name}", f"{name}-log", 90),
            task(name, {"portMappings": [{"containerPort": 8080, "name": "api", "appProtocol": "http"}]},
                 requiresCompatibilities=["FARGATE"]),
            aws("ecs/Service", {
                "name": name, "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 3, "launchType": "FARGATE",
                "platformVersion": "LATEST", "networkConfiguration": {"subnets": SUBNETS, "securityGroups": GROUPS,
                                                                      "assignPublicIp": False},
                "serviceConnectConfiguration": {"enabled": True, "namespace": UNKNOWN, "services": [{
                    "portName": "api", "discoveryName": name, "clientAlias": [{"port": 443, "dnsName": name}],
                    "timeout": {"perRequestTimeoutSeconds": 15}, "tls": {
                        "issuerCertAuthority": {"awsPcaAuthorityArn": UNKNOWN}, "kmsKey": KEY, "roleArn": UNKNOWN}}],
                    "logConfiguration": {"logDriver": "awslogs", "options": {
                        "awslogs-group": f"/ecs/{name}", "awslogs-region": R, "awslogs-stream-prefix": "connect"}}},
                "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "propagateTags": "SERVICE", "tags":
                TAGS}, name, links={"cluster": ("cluster",), "taskDefinition": (f"{name}-task",),
                                    "serviceConnectConfiguration": ("namespace", "authority", "connect-tls")})))),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/enable-service-connect-tls.html, as known",
        OURS),
    Idiom("warm pool: a program that starts slowly has machines stopped in reserve and drains before they end", (
        BUDGET, trusted("autoscaling.amazonaws.com", "hooks"), rights("hooks", statement("sns:Publish", arn(
            "sns", "draining"))),
        aws("sns/Topic", {"name": "draining", "kmsMasterKeyId": "alias/platform", "tags": TAGS}, "draining"),
        template("core", 100, imageId="ami-0123456789abcdef0", instanceType="m7i.xlarge", iamInstanceProfile={
            "name": "core"}),
        aws("lb/TargetGroup", {"name": "core", "port": 8443, "protocol": "HTTPS", "protocolVersion": "HTTP2", "vpcId":
                               VPC, "targetType": "instance", "deregistrationDelay": 60, "slowStart": 60,
                               "loadBalancingAlgorithmType": "least_outstanding_requests", "healthCheck": {
            "enabled": True, "protocol": "HTTPS", "path": "/health", "matcher": "200", "interval": 15}, "tags": TAGS},
            "targets"),
        aws("lb/LoadBalancer", {"name": "core", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS,
            "securityGroups": GROUPS, "dropInvalidHeaderFields": True, "enableDeletionProtection": True,
            "desyncMitigationMode": "strictest", "accessLogs": {"bucket": "bank-balancer-logs", "enabled": True,
                                                                "prefix": "core"}, "tags": TAGS}, "balancer"),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE,
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "defaultActions": [
                                {"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS}, "https", links={
            "loadBalancerArn": ("balancer",), "defaultActions": ("targets",)}),
        aws("autoscaling/Group", {
            "name": "core", "minSize": 3, "maxSize": 12, "vpcZoneIdentifiers": SUBNETS, "healthCheckType": "ELB",
            "healthCheckGracePeriod": 300, "defaultInstanceWarmup": 240, "maxInstanceLifetime": 1209600,
            "launchTemplate": {"id": UNKNOWN, "version": "$Latest"}, "targetGroupArns": [UNKNOWN], "warmPool": {
                "poolState": "Stopped", "minSize": 2, "maxGroupPreparedCapacity": 8, "instanceReusePolicy": {
                    "reuseOnScaleIn": True}}, "initialLifecycleHooks": [
                {"name": "ready", "lifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING", "defaultResult":
                 "ABANDON", "heartbeatTimeout": 900},
                {"name": "drain", "lifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING", "defaultResult":
                 "CONTINUE", "heartbeatTimeout": 300, "notificationTargetArn": UNKNOWN, "roleArn": UNKNOWN}],
            "instanceRefresh": {"strategy": "Rolling", "preferences": {
                "minHealthyPercentage": 100, "maxHealthyPercentage": 133, "autoRollback": True, "skipMatching": True,
                "alarmSpecification": {"alarms": ["core-errors"]}}}, "instanceMaintenancePolicy": {
                    "minHealthyPercentage": 100, "maxHealthyPercentage": 120}, "availabilityZoneDistribution": {
                        "capacityDistributionStrategy": "balanced-best-effort"}, "tags": SPREAD}, "group", links={
                "launchTemplate": ("core-template",), "targetGroupArns": ("targets",), "initialLifecycleHooks": (
                    "draining", "hooks")}),
        aws("autoscaling/Policy", {"name": "load", "autoscalingGroupName": "core",
            "policyType": "TargetTrackingScaling",
            "targetTrackingConfiguration": {"targetValue": 50.0, "predefinedMetricSpecification": {
                "predefinedMetricType": "ASGAverageCPUUtilization"}}}, "load", links={"autoscalingGroupName": (
                    "group",)}),
        alarm("core-errors", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", 10.0, LoadBalancer="app/core/1")),
        f"{AWS_DOCS}/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html; terraform-aws-modules/"
        "terraform-aws-autoscaling examples/complete, as known", merged(OURS, {"residency": {"known": {
            "bank-balancer-logs": "our own bucket, in me-central-1"}}})),
    Idiom("licences: SQL Server with the bank's own licences runs on dedicated hosts that Licence Manager counts", (
        BUDGET,
        aws("licensemanager/LicenseConfiguration", {
            "name": "sql-server", "description": "SQL Server Enterprise by cores", "licenseCountingType": "Core",
            "licenseCount": 64, "licenseCountHardLimit": True, "licenseRules": ["#allowedTenancy=EC2-DedicatedHost",
                                                                              "#minimumCores=4"], "tags": TAGS},
            "licences"),
        *(aws("ec2/DedicatedHost", {"availabilityZone": f"{R}{zone}", "instanceFamily": "r5", "autoPlacement": "off",
                                    "hostRecovery": "on", "tags": {**TAGS, "Name": f"sql-{zone}"}}, f"host-{zone}")
          for zone in "ab"),
        *(aws("ec2/Instance", {
            "ami": "ami-0123456789abcdef0", "instanceType": "r5.2xlarge", "tenancy": "host", "hostId": UNKNOWN,
            "subnetId": subnet, "vpcSecurityGroupIds": GROUPS, "associatePublicIpAddress": False,
            "iamInstanceProfile": "sql", "monitoring": True, "ebsOptimized": True, "disableApiTermination": True,
            "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
            "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 100, "tags":
                                TAGS},
            "ebsBlockDevices": [{"deviceName": "/dev/sdf", "encrypted": True, "kmsKeyId": KEY, "volumeType": "gp3",
                                 "volumeSize": 500, "iops": 8000, "tags": TAGS}], "tags": {**TAGS, "Name": f"sql-{zone}"
                                                                                        }}, f"sql-{zone}", links={
                "hostId": (f"host-{zone}",)}, protect=True) for zone, subnet in zip("ab", SUBNETS, strict=False)),
        *(aws("licensemanager/Association", {"licenseConfigurationArn": UNKNOWN, "resourceArn": UNKNOWN}, f"use-{zone}",
              links={"licenseConfigurationArn": ("licences",), "resourceArn": (f"sql-{zone}",)}) for zone in "ab")),
        f"{AWS_DOCS}/license-manager/latest/userguide/license-configurations.html; .../prescriptive-guidance, "
        "SQL Server on dedicated hosts, as known",
        merged(OURS, {**unpriced("aws:ec2/dedicatedHost:DedicatedHost::host-a",
                                 "aws:ec2/dedicatedHost:DedicatedHost::host-b"), "resilience": {"kept_elsewhere": {
            "sql-a": "copied each night to the vault of copies", "sql-b": "likewise, each night"}}})),
    Idiom("ready hours: a function from the bank's image has eight copies ready while the branches are open", (
        BUDGET,
        *(replace(given, props={
            **{key: value for key, value in given.props.items() if key not in ("runtime", "handler", "s3Bucket",
                "s3Key",
                                                                               "codeSigningConfigArn")},
            "packageType": "Image", "imageUri": f"{ECR}/limits{DIGEST}", "memorySize": 2048, "imageConfig": {
                "commands": ["app.handler"]}}) if given.name == "limits-code" else given
          for given in function("limits", TRACED, statement(["dynamodb:GetItem", "dynamodb:Query"], arn(
              "dynamodb", "table/limits")))),
        aws("appautoscaling/Target", {"serviceNamespace": "lambda", "scalableDimension":
            "lambda:function:ProvisionedConcurrency", "resourceId": "function:limits:live", "minCapacity": 0,
            "maxCapacity": 8, "tags": TAGS}, "ready", links={"resourceId": ("limits-live",)}),
        *(aws("appautoscaling/ScheduledAction", {
            "name": name, "serviceNamespace": "lambda", "scalableDimension": "lambda:function:ProvisionedConcurrency",
            "resourceId": "function:limits:live", "schedule": f"cron(0 {hour} ? * MON-FRI *)", "timezone": "Asia/Dubai",
            "scalableTargetAction": {"minCapacity": low, "maxCapacity": 8}}, name, links={"resourceId": ("ready",)})
          for name, hour, low in (("open", 7, 8), ("close", 18, 0))),
        alarm("limits-throttled", "AWS/Lambda", "Throttles", 1.0, FunctionName="limits"),
        alarm("limits-slow", "AWS/Lambda", "Duration", 2000.0, FunctionName="limits")),
        f"{AWS_DOCS}/lambda/latest/dg/provisioned-concurrency.html; terraform-aws-modules/terraform-aws-lambda "
        "examples/alias, as known", OURS),
)  # fmt: skip
