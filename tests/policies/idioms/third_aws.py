"""What careful teams on AWS add to a platform: written on 2026-11-28 before any of it was evaluated."""

from ..blind import KEY, ME, TAGS, aws, document, statement
from . import Idiom, unpriced

ROLE = f"arn:aws:iam::{ME}:role"
TOPIC = f"arn:aws:sns:me-central-1:{ME}:platform-alerts"
VPC, SUBNETS = "vpc-0123456789abcdef0", ["subnet-0aaaaaaaaaaaaaaa0", "subnet-0bbbbbbbbbbbbbbb0"]
GUIDE = "AWS documentation: "

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Findings of the account: detector, hub and analyzer", (
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS}),
        aws("guardduty/DetectorFeature", {"detectorId": "d1", "name": "EKS_AUDIT_LOGS", "status": "ENABLED"}),
        aws("securityhub/Account", {"enableDefaultStandards": True}),
        aws("accessanalyzer/Analyzer", {"analyzerName": "account", "type": "ACCOUNT", "tags": TAGS})),
        f"{GUIDE}Security Hub, 'Enabling'"),
    Idiom("Public certificate validated by DNS", (
        aws("acm/Certificate", {"domainName": "api.example.ae", "validationMethod": "DNS",
            "keyAlgorithm": "EC_prime256v1",
                                "tags": TAGS}, "cert"),
        aws("acm/CertificateValidation", {"certificateArn": f"arn:aws:acm:me-central-1:{ME}:certificate/c"})),
        f"{GUIDE}ACM, 'DNS validation'"),
    Idiom("Alias of a key and a grantless policy", (
        aws("kms/Alias", {"name": "alias/datasets", "targetKeyId": KEY}),), f"{GUIDE}KMS, 'Aliases'"),
    Idiom("Alarm and dashboard of a queue", (
        aws("cloudwatch/MetricAlarm", {"name": "backlog", "comparisonOperator": "GreaterThanThreshold",
            "evaluationPeriods": 3, "metricName": "ApproximateNumberOfMessagesVisible", "namespace": "AWS/SQS",
            "period": 300, "statistic": "Maximum", "threshold": 1000, "dimensions": {"QueueName": "orders"},
            "alarmActions": [TOPIC], "tags": TAGS}),
        aws("cloudwatch/Dashboard", {"dashboardName": "orders", "dashboardBody":
            '{"widgets":[{"type":"metric","properties":{"region":"me-central-1","metrics":[["AWS/SQS","NumberOf'
            'MessagesSent","QueueName","orders"]],"title":"orders"}}]}'})), f"{GUIDE}CloudWatch, 'Alarms'"),
    Idiom("Add-ons of an EKS cluster with pod identity", (
        aws("eks/Addon", {"clusterName": "prod", "addonName": "aws-ebs-csi-driver",
            "addonVersion": "v1.48.0-eksbuild.1",
            "resolveConflictsOnUpdate": "PRESERVE", "tags": TAGS, "podIdentityAssociations": [
                {"roleArn": f"{ROLE}/ebs-csi", "serviceAccount": "ebs-csi-controller-sa"}]}),
        aws("eks/Addon", {"clusterName": "prod", "addonName": "eks-pod-identity-agent",
                          "addonVersion": "v1.3.9-eksbuild.3", "tags": TAGS}, "agent")), f"{GUIDE}EKS, 'Add-ons'"),
    Idiom("Team may edit its own namespace of a cluster", (
        aws("eks/AccessEntry", {"clusterName": "prod", "principalArn": f"{ROLE}/team-a", "type": "STANDARD",
                                "tags": TAGS}),
        aws("eks/AccessPolicyAssociation", {"clusterName": "prod", "principalArn": f"{ROLE}/team-a",
            "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
            "accessScope": {"type": "namespace", "namespaces": ["team-a"]}})), f"{GUIDE}EKS, 'Access entries'"),
    Idiom("Repository keeps ten images and scans them", (
        aws("ecr/LifecyclePolicy", {"repository": "models", "policy":
            '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan",'
            '"countNumber":10},"action":{"type":"expire"}}]}'}),
        aws("ecr/RegistryScanningConfiguration", {"scanType": "ENHANCED", "rules": [
            {"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]}]})),
        f"{GUIDE}ECR, 'Lifecycle policies'"),
    Idiom("App client with the code flow and its own callback", (
        aws("cognito/UserPoolClient", {"userPoolId": "me-central-1_a", "name": "portal", "generateSecret": True,
            "allowedOauthFlowsUserPoolClient": True, "allowedOauthFlows": ["code"],
            "allowedOauthScopes": ["openid", "email"], "supportedIdentityProviders": ["COGNITO"],
            "callbackUrls": ["https://portal.example.ae/cb"], "logoutUrls": ["https://portal.example.ae/"],
            "enableTokenRevocation": True, "preventUserExistenceErrors": "ENABLED"}),),
            f"{GUIDE}Cognito, 'App clients'"),
    Idiom("Stage of an HTTP API with access logs and limits", (
        aws("apigatewayv2/Stage", {"apiId": "a1", "name": "v1", "autoDeploy": True, "tags": TAGS,
            "accessLogSettings": {"destinationArn": f"arn:aws:logs:me-central-1:{ME}:log-group:api", "format":
                                  '{"id":"$context.requestId","status":"$context.status"}'},
            "defaultRouteSettings": {"throttlingBurstLimit": 100, "throttlingRateLimit": 50}}),),
        f"{GUIDE}API Gateway, 'Stages'"),
    Idiom("Usage plan of an API", (
        aws("apigateway/UsagePlan", {"name": "partners", "tags": TAGS, "quotaSettings": {"limit": 10000,
            "period": "DAY"},
            "throttleSettings": {"burstLimit": 50, "rateLimit": 20}, "apiStages": [{"apiId": "a1", "stage": "v1"}]}),),
        f"{GUIDE}API Gateway, 'Usage plans'"),
    Idiom("Function with a live alias and some provisioned instances", (
        aws("lambda/Alias", {"functionName": "scorer", "name": "live", "functionVersion": "7"}),
        aws("lambda/ProvisionedConcurrencyConfig", {"functionName": "scorer", "qualifier": "live",
                                                    "provisionedConcurrentExecutions": 3})),
        f"{GUIDE}Lambda, 'Provisioned concurrency'",
        unpriced("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig::it")),
    Idiom("Group shrinks at night", (
        aws("autoscaling/Schedule", {"autoscalingGroupName": "workers", "scheduledActionName": "evening",
            "desiredCapacity": 0, "minSize": 0, "maxSize": 4, "recurrence": "0 20 * * 1-5",
            "timeZone": "Asia/Dubai"}),
        aws("autoscaling/LifecycleHook", {"name": "drain", "autoscalingGroupName": "workers",
            "defaultResult": "CONTINUE",
            "heartbeatTimeout": 300, "lifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING"})),
        f"{GUIDE}EC2 Auto Scaling, 'Scheduled scaling'"),
    Idiom("Service of ECS scales with its load", (
        aws("appautoscaling/Target", {"serviceNamespace": "ecs", "resourceId": "service/ai/api", "minCapacity": 2,
            "maxCapacity": 12, "scalableDimension": "ecs:service:DesiredCount", "tags": TAGS}),
        aws("appautoscaling/Policy", {"name": "cpu", "serviceNamespace": "ecs", "resourceId": "service/ai/api",
            "policyType": "TargetTrackingScaling", "scalableDimension": "ecs:service:DesiredCount",
            "targetTrackingScalingPolicyConfiguration": {"targetValue": 60, "predefinedMetricSpecification": {
                "predefinedMetricType": "ECSServiceAverageCPUUtilization"}}})), f"{GUIDE}ECS, 'Target tracking'"),
    Idiom("Backups every night, kept for five weeks", (
        aws("backup/Plan", {"name": "nightly", "tags": TAGS, "rules": [{"ruleName": "r", "targetVaultName": "data",
            "schedule": "cron(0 1 * * ? *)", "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS}]}, "plan"),
        aws("backup/Selection", {"name": "tagged", "planId": "p", "iamRoleArn": f"{ROLE}/backup", "selectionTags": [
            {"type": "STRINGEQUALS", "key": "project", "value": "fraud"}]})), f"{GUIDE}Backup, 'Backup plans'"),
    Idiom("Private zone and a record of the database", (
        aws("route53/Zone", {"name": "internal.example.ae", "vpcs": [{"vpcId": VPC, "vpcRegion": "me-central-1"}],
                             "tags": TAGS}, "zone"),
        aws("route53/Record", {"zoneId": "Z1", "name": "db.internal.example.ae", "type": "CNAME", "ttl": 60,
            "records": ["orders.cluster-abc.me-central-1.rds.amazonaws.com"]})), f"{GUIDE}Route 53, 'Private zones'"),
    Idiom("DNS firewall blocks a list of malware", (
        aws("route53/ResolverFirewallRuleGroup", {"name": "guard", "tags": TAGS}),
        aws("route53/ResolverFirewallRule", {"name": "malware", "action": "BLOCK", "blockResponse": "NODATA",
            "firewallRuleGroupId": "rslvr-frg-1", "firewallDomainListId": "rslvr-fdl-1", "priority": 10}),
        aws("route53/ResolverFirewallRuleGroupAssociation", {"name": "a", "firewallRuleGroupId": "rslvr-frg-1",
            "priority": 101, "vpcId": VPC, "tags": TAGS})), f"{GUIDE}Route 53 Resolver, 'DNS Firewall'"),
    Idiom("Subnet group and option group of PostgreSQL", (
        aws("rds/SubnetGroup", {"name": "orders", "subnetIds": SUBNETS, "tags": TAGS}),
        aws("rds/EventSubscription", {"name": "events", "snsTopic": TOPIC, "sourceType": "db-instance",
            "eventCategories": ["failover", "failure"], "tags": TAGS})), f"{GUIDE}RDS, 'Event notification'"),
    Idiom("Rules of the configuration recorder", (
        aws("cfg/Rule", {"name": "encrypted", "source": {"owner": "AWS", "sourceIdentifier": "ENCRYPTED_VOLUMES"},
                         "tags": TAGS}),
        aws("cfg/RecorderStatus", {"name": "default", "isEnabled": True})), f"{GUIDE}Config, 'Managed rules'"),
    Idiom("Instance profile of a machine that Session Manager reaches", (
        aws("iam/Role", {"name": "bastionless", "tags": TAGS, "assumeRolePolicy": document(
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"})}, "role"),
        aws("iam/RolePolicyAttachment", {"role": "bastionless",
            "policyArn": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}),
        aws("iam/InstanceProfile", {"name": "bastionless", "role": "bastionless", "tags": TAGS})),
        f"{GUIDE}Systems Manager, 'Instance permissions'"),
    Idiom("Reader of one secret and its key", (
        aws("iam/Policy", {"tags": TAGS, "policy": document(
            statement("secretsmanager:GetSecretValue",
                      f"arn:aws:secretsmanager:me-central-1:{ME}:secret:orders/db-AbCdEf"),
            statement("kms:Decrypt", KEY))}),), f"{GUIDE}Secrets Manager, 'Authentication and access control'"),
    Idiom("Patches every Sunday", (
        aws("ssm/PatchBaseline", {"name": "linux", "operatingSystem": "AMAZON_LINUX_2023", "tags": TAGS,
            "approvalRules": [{"approveAfterDays": 7, "patchFilters": [
                {"key": "CLASSIFICATION", "values": ["Security"]}]}]}),
        aws("ssm/MaintenanceWindow", {"name": "sunday", "schedule": "cron(0 2 ? * SUN *)", "duration": 3, "cutoff": 1,
            "scheduleTimezone": "Asia/Dubai", "tags": TAGS})), f"{GUIDE}Systems Manager, 'Patch Manager'"),
    Idiom("Builds of a repository only for its protected branch", (
        aws("codebuild/Webhook", {"projectName": "train", "buildType": "BUILD", "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": "PUSH"}, {"type": "HEAD_REF", "pattern": "^refs/heads/main$"}]}]}),),
        f"{GUIDE}CodeBuild, 'Webhook filter groups'"),
    Idiom("Spokes of a transit gateway in one's own route table", (
        aws("ec2transitgateway/VpcAttachment", {"transitGatewayId": "tgw-1", "vpcId": VPC, "subnetIds": SUBNETS,
            "transitGatewayDefaultRouteTableAssociation": False, "transitGatewayDefaultRouteTablePropagation": False,
            "tags": TAGS}),
        aws("ec2transitgateway/RouteTableAssociation", {"transitGatewayAttachmentId": "tgw-attach-1",
                                                        "transitGatewayRouteTableId": "tgw-rtb-1"})),
        f"{GUIDE}Transit gateways, 'Example: isolated VPCs'"),
    Idiom("Anomalies of cost are mailed", (
        aws("costexplorer/AnomalyMonitor", {"name": "services", "monitorType": "DIMENSIONAL",
                                            "monitorDimension": "SERVICE", "tags": TAGS}),
        aws("costexplorer/AnomalySubscription", {"name": "ops", "frequency": "DAILY", "tags": TAGS, "monitorArnLists": [
            f"arn:aws:ce::{ME}:anomalymonitor/m"], "subscribers": [{"type": "EMAIL", "address": "ops@example.ae"}],
            "thresholdExpression": {"dimension": {"key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "values": ["100"],
                                                  "matchOptions": ["GREATER_THAN_OR_EQUAL"]}}})),
        f"{GUIDE}Cost Management, 'Cost Anomaly Detection'"),
)  # fmt: skip
