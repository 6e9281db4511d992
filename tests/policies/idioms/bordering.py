"""Idioms that border on what the rules refuse: limits that count, reads that are broad, names of other regions."""

import json

from ..blind import GROUP, KEY, ME, SUB, TAGS, aws, az, crd, document, k8s, meta, pod, policy, role, statement
from ..harness import UNKNOWN, Given
from . import Idiom
from .aws_platform import BUDGET, EKS, GROUPS, REGION, SUBNETS
from .azure_network import AT, AVM, IN
from .kubernetes import RESOURCES, chart, on_eks

ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
READER, CONTRIBUTOR = f"{ROLES}/acdd72a7-3385-48ef-bd42-f606fba81ae7", f"{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c"
TENANT = "00000000-1111-2222-3333-444444444444"
GLOBAL_SERVICES = ["iam:*", "organizations:*", "route53:*", "support:*", "budgets:*", "ce:*", "sts:*"]
HOST = {"hostNetwork": True, "hostPID": True}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("service control policy that denies other regions", (aws("organizations/Policy", {
        "name": "regions", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Deny", "NotAction": GLOBAL_SERVICES, "Resource": "*", "Condition": {
                    "StringNotEquals": {"aws:RequestedRegion": [REGION, "us-east-1"]}}}]})}),),
        "docs.aws.amazon.com/organizations, example service control policies"),
    Idiom("permission set of auditors with a listed managed policy", (
        aws("ssoadmin/PermissionSet", {"name": "audit", "instanceArn": "arn:aws:sso:::instance/ssoins-1",
                                       "sessionDuration": "PT4H", "tags": TAGS}, "ps"),
        aws("ssoadmin/ManagedPolicyAttachment", {
            "instanceArn": "arn:aws:sso:::instance/ssoins-1", "permissionSetArn": UNKNOWN,
            "managedPolicyArn": "arn:aws:iam::aws:policy/SecurityAudit"}, "mp", links={"permissionSetArn": ("ps",)})),
        "aws-ia/terraform-aws-permission-sets",
        {"identity": {"managed_policies": {"SecurityAudit": "auditors read settings, and no data"}}}),
    Idiom("developers who read logs and metrics", (policy(
        statement(["logs:DescribeLogGroups", "logs:StartQuery", "logs:GetQueryResults", "logs:FilterLogEvents"],
                  f"arn:aws:logs:{REGION}:{ME}:log-group:/orders/*"),
        statement(["cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "cloudwatch:DescribeAlarms"])),),
        "docs.aws.amazon.com/AmazonCloudWatch, identity-based policies"),
    Idiom("pipeline that pushes to registries of a prefix", (policy(
        statement("ecr:GetAuthorizationToken"),
        statement(["ecr:BatchCheckLayerAvailability", "ecr:PutImage", "ecr:InitiateLayerUpload",
                   "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"],
                  f"arn:aws:ecr:{REGION}:{ME}:repository/orders/*")),),
        "aws-actions/amazon-ecr-login README.md"),
    Idiom("cross-account role of a listed partner with an external id", (role(
        {"AWS": "arn:aws:iam::222222222222:root"}, {"StringEquals": {"sts:ExternalId": "5f2c1c1e-platform"}}),),
        "docs.aws.amazon.com/IAM, third-party access",
        {"identity": {"trusted": {"222222222222": "auditor of the bank, contract 2026-17"}}}),
    Idiom("role that only a named pipeline of the account assumes", (role(
        {"AWS": f"arn:aws:iam::{ME}:role/pipeline-prod"}),), "docs.aws.amazon.com/IAM, role chaining"),
    Idiom("EKS endpoint for the office and the pipeline only", (BUDGET, aws("eks/Cluster", {
        **EKS.props, "vpcConfig": {"endpointPrivateAccess": True, "endpointPublicAccess": True,
                                   "publicAccessCidrs": ["185.93.1.10/32", "185.93.2.0/28"],
                                   "subnetIds": SUBNETS}}, "cluster")),
        "docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"),
    Idiom("cluster of pulumi-eks, and a namespace in it by its kubeconfig", (
        Given("pulumi:providers:eks", {"version": "4.0.1"}, "default_4_0_1"), BUDGET, EKS,
        Given("pulumi:providers:kubernetes", {"kubeconfig": UNKNOWN}, "cluster-k8s", links={
            "kubeconfig": ("cluster",)}),
        Given("kubernetes:core/v1:Namespace", {
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team-a", "labels": {
                **TAGS, "pod-security.kubernetes.io/enforce": "baseline"}}}, "ns",
            provider={"kubeconfig": UNKNOWN}, provider_name="cluster-k8s")), "pulumi/pulumi-eks",
        {"escape": {"allowed_types": {"eks:*": "pulumi-eks, whose resources are of aws and kubernetes",
                                      "pulumi:providers:eks": "provider of pulumi-eks itself"}}}),
    Idiom("state machine that calls a function and a queue of the account", (aws("sfn/StateMachine", {
        "name": "orders", "roleArn": f"arn:aws:iam::{ME}:role/sfn", "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination":
                                 f"arn:aws:logs:{REGION}:{ME}:log-group:/sfn/orders:*"},
        "tracingConfiguration": {"enabled": True}, "definition": json.dumps({"StartAt": "A", "States": {
            "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "B", "Parameters": {
                "FunctionName": f"arn:aws:lambda:{REGION}:{ME}:function:orders", "Payload.$": "$"}},
            "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True, "Parameters": {
                "QueueUrl": f"https://sqs.{REGION}.amazonaws.com/{ME}/orders", "MessageBody.$": "$"}}}})}),),
        "terraform-aws-modules/terraform-aws-step-functions"),
    Idiom("schedule that starts a task of ECS", (aws("scheduler/Schedule", {
        "name": "nightly", "kmsKeyArn": KEY, "flexibleTimeWindow": {"mode": "OFF"},
        "scheduleExpression": "cron(0 2 * * ? *)", "scheduleExpressionTimezone": "Asia/Dubai", "target": {
            "arn": f"arn:aws:ecs:{REGION}:{ME}:cluster/platform", "roleArn": f"arn:aws:iam::{ME}:role/scheduler",
            "ecsParameters": {"taskDefinitionArn": f"arn:aws:ecs:{REGION}:{ME}:task-definition/orders:3",
                              "launchType": "FARGATE", "propagateTags": "TASK_DEFINITION", "networkConfiguration": {
                                  "subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False}}}}),),
        "docs.aws.amazon.com/scheduler, templated targets"),
    Idiom("function that a bucket of the account invokes", (aws("lambda/Permission", {
        "function": "orders", "action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com",
        "sourceArn": "arn:aws:s3:::platform-data", "sourceAccount": ME}),),
        "docs.aws.amazon.com/lambda/latest/dg/with-s3.html"),
    Idiom("private REST API for one endpoint of the network", (aws("apigateway/RestApi", {
        "name": "orders", "tags": TAGS, "disableExecuteApiEndpoint": False,
        "endpointConfiguration": {"types": "PRIVATE", "vpcEndpointIds": ["vpce-0123456789abcdef0"]},
        "policy": document({"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke",
                            "Resource": "execute-api:/*", "Condition": {"StringEquals": {
                                "aws:SourceVpce": "vpce-0123456789abcdef0"}}})}, "api"),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET",
                                  "authorization": "AWS_IAM"}, "get", links={"restApi": ("api",),
                                                                             "resourceId": ("api",)})),
        "docs.aws.amazon.com/apigateway, private REST APIs"),
    Idiom("task of ECS with logs in the country", (aws("ecs/TaskDefinition", {
        "family": "orders", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "512",
        "memory": "1024", "executionRoleArn": f"arn:aws:iam::{ME}:role/exec", "tags": TAGS,
        "taskRoleArn": f"arn:aws:iam::{ME}:role/orders", "containerDefinitions": json.dumps([{
            "name": "app", "image": f"{ME}.dkr.ecr.{REGION}.amazonaws.com/orders:1.4.2", "essential": True,
            "readonlyRootFilesystem": True, "user": "10001", "privileged": False,
            "environment": [{"name": "AWS_REGION", "value": REGION}],
            "secrets": [{"name": "DB", "valueFrom": f"arn:aws:secretsmanager:{REGION}:{ME}:secret:orders/db-AbCdEf"}],
            "logConfiguration": {"logDriver": "awslogs", "options": {
                "awslogs-group": "/ecs/orders", "awslogs-region": REGION, "awslogs-stream-prefix": "app"}}}])}),),
        "terraform-aws-modules/terraform-aws-ecs"),
    Idiom("detector of GuardDuty and recorder of Config", (
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS}, "d"),
        aws("cfg/Recorder", {"name": "default", "roleArn": f"arn:aws:iam::{ME}:role/config",
                             "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": True}}, "r")),
        "aws-ia, AWS Security Reference Architecture"),
    Idiom("Reader of a subscription for the monitoring team", (az("authorization:RoleAssignment", {
        "scope": SUB, "roleDefinitionId": READER, "principalId": TENANT, "principalType": "Group"}),),
        "Azure/Enterprise-Scale, roles of the platform"),
    Idiom("Contributor of one resource group for a pipeline", (
        az("authorization:RoleAssignment", {"scope": GROUP, "roleDefinitionId": CONTRIBUTOR, "principalId": TENANT,
                                            "principalType": "ServicePrincipal"}),
        az("managedidentity:FederatedIdentityCredential", {
            **IN, "resourceName": "id-pipeline", "federatedIdentityCredentialResourceName": "prod",
            "issuer": "https://token.actions.githubusercontent.com", "audiences": ["api://AzureADTokenExchange"],
            "subject": "repo:example/platform:environment:prod"}, "fic")),
        "learn.microsoft.com/azure/developer/github/connect-from-azure-openid-connect"),
    Idiom("custom role of an operator of clusters", (az("authorization:RoleDefinition", {
        "roleName": "AKS operator", "roleType": "CustomRole", "scope": SUB, "assignableScopes": [SUB],
        "permissions": [{"actions": ["Microsoft.ContainerService/managedClusters/read",
                                     "Microsoft.ContainerService/managedClusters/agentPools/write",
                                     "Microsoft.Resources/subscriptions/resourceGroups/read"],
                         "notActions": [], "dataActions": [], "notDataActions": []}]}),),
        "learn.microsoft.com/azure/role-based-access-control/custom-roles"),
    Idiom("policy that audits public access", (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "audit-public", "policyType": "Custom", "mode": "Indexed", "displayName": "Audit",
        "policyRule": {"if": {"allOf": [
            {"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
            {"field": "Microsoft.Storage/storageAccounts/publicNetworkAccess", "notEquals": "Disabled"}]},
            "then": {"effect": "audit"}}}),), "Azure/azure-policy samples"),
    Idiom("alert on a metric to the team's action group", (az("monitor:MetricAlert", {
        **AT, "location": "global", "ruleName": "cpu", "severity": 2, "enabled": True, "evaluationFrequency": "PT5M",
        "windowSize": "PT15M", "scopes": [f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"],
        "criteria": {"odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
            "criterionType": "StaticThresholdCriterion", "name": "cpu", "metricName": "node_cpu_usage_percentage",
            "operator": "GreaterThan", "threshold": 80, "timeAggregation": "Average"}]},
        "actions": [{"actionGroupId": f"{GROUP}/providers/Microsoft.Insights/actionGroups/ops"}]}),),
        f"{AVM}, avm-res-insights-metricalert"),
    Idiom("node exporter in the namespace that may be privileged", (
        k8s("core/v1:Namespace", {"metadata": {"name": "monitoring", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "privileged"}}}, "ns"),
        k8s("apps/v1:DaemonSet", {"metadata": meta("node-exporter", "monitoring"), "spec": {
            "selector": {"matchLabels": {"app": "x"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod({
                    "ports": [{"containerPort": 9100, "name": "metrics"}],
                    "volumeMounts": [{"name": "root", "mountPath": "/host", "readOnly": True}]},
                    volumes=[{"name": "root", "hostPath": {"path": "/"}}], **HOST)}}}, "ds")),
        "prometheus/node_exporter README.md",
        {"kubernetes": {"privileged_namespaces": {"monitoring": "node exporters read figures of the host"}}},
        doubt="host access is refused for the pod although its namespace is listed; teams need an exemption"),
    Idiom("log collector that reads the node's log folder", (k8s("apps/v1:DaemonSet", {
        "metadata": meta("fluent-bit", "logging"), "spec": {
            "selector": {"matchLabels": {"app": "x"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod({
                    "volumeMounts": [{"name": "logs", "mountPath": "/var/log", "readOnly": True}]},
                    volumes=[{"name": "logs", "hostPath": {"path": "/var/log"}}])}}}),),
        "fluent/helm-charts charts/fluent-bit",
        doubt="a path of the host; every collector of logs needs it, read-only"),
    Idiom("webhook of one's own operator in the cluster", (k8s(
        "admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", {
            "metadata": {"name": "widgets", "annotations": {"cert-manager.io/inject-ca-from": "widgets/serving"}},
            "webhooks": [{
                "name": "widgets.example.ae", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "failurePolicy": "Fail", "timeoutSeconds": 5, "clientConfig": {"service": {
                    "name": "widgets", "namespace": "widgets", "path": "/validate"}},
                "namespaceSelector": {"matchExpressions": [{
                    "key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}]},
                "rules": [{"apiGroups": ["example.ae"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                           "resources": ["widgets"]}]}]}),), "book.kubebuilder.io, admission webhooks",
        doubt="the CA bundle is injected by cert-manager after deployment"),
    Idiom("Kyverno policy that requires labels", (k8s("kyverno.io/v1:ClusterPolicy", {
        "metadata": {"name": "labels"}, "spec": {"rules": [{
            "name": "owner", "match": {"any": [{"resources": {"kinds": ["Namespace"]}}]},
            "validate": {"failureAction": "Enforce", "message": "owner is missing",
                         "pattern": {"metadata": {"labels": {"owner": "?*"}}}}}]}}),), "kyverno.io/policies"),
    Idiom("Gateway API: internal gateway with TLS and a route", on_eks(
        k8s("gateway.networking.k8s.io/v1:Gateway", {"metadata": meta("internal"), "spec": {
            "gatewayClassName": "envoy-internal", "infrastructure": {"annotations": {
                "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                "service.beta.kubernetes.io/aws-load-balancer-internal": "true"}},
            "listeners": [{"name": "https", "port": 443, "protocol": "HTTPS", "hostname": "orders.example.ae",
                           "tls": {"mode": "Terminate", "certificateRefs": [{"name": "tls"}]},
                           "allowedRoutes": {"namespaces": {"from": "Same"}}}]}}, "gw"),
        crd("gateway.networking.k8s.io/v1:HTTPRoute", {
            "parentRefs": [{"name": "internal"}], "hostnames": ["orders.example.ae"],
            "rules": [{"backendRefs": [{"name": "x", "port": 8080}]}]})), "gateway-api.sigs.k8s.io/guides/tls",
        {"kubernetes": {"authenticated_gateways": {"team-a/internal": "applications check the bank's tokens"}}}),
    Idiom("KEDA by its chart with identity of a workload", (chart(
        "keda", "https://kedacore.github.io/charts", "2.17.2", {
            "resources": {"operator": RESOURCES, "metricServer": RESOURCES}, "additionalLabels": TAGS,
            "podIdentity": {"azureWorkload": {"enabled": True, "clientId": TENANT, "tenantId": TENANT}}}),),
        "keda.sh/docs/latest/deploy"),
    Idiom("addresses of IPv6 come from AWS, and those of IPv4 are the bank's own", (
        aws("ec2/VpcIpamPool", {
            "addressFamily": "ipv6", "ipamScopeId": "ipam-scope-1", "locale": "me-central-1", "awsService": "ec2",
            "publicIpSource": "amazon", "tags": TAGS}, "six"),
        aws("ec2/VpcIpamPoolCidr", {"ipamPoolId": "ipam-pool-1", "netmaskLength": 52}, "range"),
        aws("ec2/VpcIpamPool", {
            "addressFamily": "ipv4", "ipamScopeId": "ipam-scope-1", "locale": "me-central-1", "awsService": "ec2",
            "publicIpSource": "byoip", "tags": TAGS}, "four")),
        "docs.aws.amazon.com/vpc/latest/ipam/intro-create-ipv6-pools.html"),
)  # fmt: skip
