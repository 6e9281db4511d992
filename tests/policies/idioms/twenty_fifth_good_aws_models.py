"""Good programs of platform teams on AWS: models, packages and interfaces (set 25, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, VPC_ENDPOINT, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_aws import log
from .twenty_third_aws import store

USES_KEY = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)
IN_VPC = {"subnets": SUBNETS, "securityGroupIds": GROUPS}
TITAN = f"arn:aws:bedrock:{R}::foundation-model/amazon.titan-embed-text-v2:0"
NOVA = f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-lite-v1:0"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("SageMaker: trials of a credit model on spot machines in the network, sealed, and a card of what it is for", (
        BUDGET, *store("bank-trials", "trials"), trusted("sagemaker.amazonaws.com", "trials-role"),
        rights("trials-role", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-trials/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-trials"), USES_KEY, statement(
            ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], arn("ecr", "repository/trials")), statement(
            "ecr:GetAuthorizationToken")),
        aws("sagemaker/HyperParameterTuningJob", {
            "name": "credit-trials", "config": {
                "strategy": "Hyperband", "objective": {"type": "Maximize", "metricName": "validation:auc"},
                "resourceLimits": {"maxNumberOfTrainingJobs": 20, "maxParallelTrainingJobs": 2, "maxRuntimeInSeconds":
                                   28800}, "trainingJobEarlyStoppingType": "Off", "parameterRanges": {
                    "continuousParameterRanges": [{"name": "eta", "minValue": "0.01", "maxValue": "0.3", "scalingType":
                                                   "Logarithmic"}],
                    "integerParameterRanges": [{"name": "max_depth", "minValue": "3", "maxValue": "9", "scalingType":
                                                "Linear"}]}},
            "trainingJobDefinition": {
                "algorithmSpecification": {"trainingImage": f"{ECR}/trials{DIGEST}", "trainingInputMode": "File",
                    "metricDefinitions": [{"name": "validation:auc", "regex": "auc=([0-9\\.]+)"}]},
                "roleArn": UNKNOWN, "enableNetworkIsolation": True, "enableInterContainerTrafficEncryption": True,
                "enableManagedSpotTraining": True, "checkpointConfig": {"s3Uri": "s3://bank-trials/checkpoints"},
                "inputDataConfigs": [{"channelName": "train", "contentType": "application/x-parquet", "dataSource": {
                    "s3DataSource": {"s3DataType": "S3Prefix", "s3Uri": "s3://bank-trials/train/",
                                     "s3DataDistributionType": "FullyReplicated"}}}],
                "outputDataConfig": {"s3OutputPath": "s3://bank-trials/out", "kmsKeyId": KEY}, "resourceConfig": {
                    "instanceType": "ml.m5.2xlarge", "instanceCount": 1, "volumeSizeInGb": 50, "volumeKmsKeyId": KEY},
                "stoppingCondition": {"maxRuntimeInSeconds": 3600, "maxWaitTimeInSeconds": 7200}, "vpcConfig": IN_VPC},
            "tags": TAGS}, "trials-job", links={"trainingJobDefinition": ("trials-role",)}),
        aws("sagemaker/ModelCard", {
            "modelCardName": "credit", "modelCardStatus": "PendingReview", "securityConfig": {"kmsKeyId": KEY},
            "content": json.dumps({"intended_uses": {
                "purpose_of_model": "Advises on credit", "risk_rating": "High", "factors_affecting_model_efficiency":
                "Few records of new customers", "explanations_for_risk_rating": "Decides on people"}}), "tags": TAGS},
            "card")),
        f"{AWS_DOCS}/sagemaker/latest/dg/automatic-model-tuning-ex.html; .../model-cards.html, as known",
        merged(OURS, merged(kept("trials"), unpriced(
            "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob::trials-job")))),
    Idiom("Ground Truth: the bank's own staff mark forms, whose answers lie under the bank's key, and are counted", (
        BUDGET, *store("bank-forms", "forms"), trusted("sagemaker.amazonaws.com", "forms-role"),
        rights("forms-role", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-forms/*"), USES_KEY,
            statement("lambda:InvokeFunction", [arn("lambda", "function:SageMaker-forms-pre"),
                                                arn("lambda", "function:SageMaker-forms-post")])),
        aws("sagemaker/HumanTaskUI", {"humanTaskUiName": "forms", "uiTemplate": {"content":
            "<crowd-form><crowd-classifier name=\"kind\" categories=\"{{ task.input.labels | to_json }}\" "
            "header=\"Which form is it?\"><classification-target>{{ task.input.text }}</classification-target>"
            "<full-instructions header=\"Forms\">Choose one</full-instructions></crowd-classifier></crowd-form>"},
            "tags": TAGS}, "page"),
        aws("sagemaker/LabelingJob", {
            "labelingJobName": "forms", "labelAttributeName": "kind", "roleArn": UNKNOWN, "labelCategoryConfigS3Uri":
            "s3://bank-forms/labels.json", "inputConfig": {
                "dataSource": {"s3DataSource": {"manifestS3Uri": "s3://bank-forms/in.manifest"}}, "dataAttributes": {
                    "contentClassifiers": ["FreeOfPersonallyIdentifiableInformation"]}}, "outputConfig": {
                "s3OutputPath": "s3://bank-forms/out/", "kmsKeyId": KEY}, "humanTaskConfig": {
                "workteamArn": arn("sagemaker", "workteam/private-crowd/forms"), "uiConfig": {"uiTemplateS3Uri":
                                                                                           "s3://bank-forms/page.html"},
                "preHumanTaskLambdaArn": arn("lambda", "function:SageMaker-forms-pre"),
                "annotationConsolidationConfig": {"annotationConsolidationLambdaArn":
                                                  arn("lambda", "function:SageMaker-forms-post")},
                "taskTitle": "Kind of form", "taskDescription": "Choose the kind", "taskTimeLimitInSeconds": 600,
                "numberOfHumanWorkersPerDataObject": 2, "maxConcurrentTaskCount": 100}, "stoppingConditions": [
                    {"maxHumanLabeledObjectCount": 5000, "maxPercentageOfInputDatasetLabeled": 100}], "tags": TAGS},
            "marking", links={
                        "roleArn": ("forms-role",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/sms-private.html; .../sms-security-general.html, as known",
        merged(OURS, merged(kept("forms"), unpriced("aws:sagemaker/labelingJob:LabelingJob::marking")))),
    Idiom("Bedrock agent: answers of the handbook from vectors in OpenSearch, a guardrail, and one function to call", (
        BUDGET, *store("bank-handbook", "handbook"), trusted("bedrock.amazonaws.com", "agent-role"),
        rights("agent-role", statement("bedrock:InvokeModel", NOVA), statement(
            "bedrock:ApplyGuardrail", arn("bedrock", "guardrail/*")), statement(
            "bedrock:Retrieve", arn("bedrock", "knowledge-base/HANDBOOK01")), statement("kms:Decrypt", KEY)),
        trusted("bedrock.amazonaws.com", "base-role"), rights("base-role", statement("bedrock:InvokeModel", TITAN),
            statement("aoss:APIAccessAll", arn("aoss", "collection/abcdefghij0123456789")), statement(
                "s3:GetObject", "arn:aws:s3:::bank-handbook/*"), statement(
                "s3:ListBucket", "arn:aws:s3:::bank-handbook"), USES_KEY),
        aws("bedrock/Guardrail", {
            "name": "staff", "blockedInputMessaging": "Not here", "blockedOutputsMessaging": "Not here", "kmsKeyArn":
            KEY, "contentPolicyConfig": {"filtersConfigs": [
                {"type": kind, "inputStrength": "HIGH", "outputStrength": "NONE" if kind == "PROMPT_ATTACK" else "HIGH"}
                for kind in ("HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT", "PROMPT_ATTACK")]},
            "sensitiveInformationPolicyConfig": {"piiEntitiesConfigs": [
                {"type": "CREDIT_DEBIT_CARD_NUMBER", "action": "BLOCK"}, {"type": "PHONE", "action": "ANONYMIZE"}]},
            "tags": TAGS}, "guardrail"),
        aws("bedrock/AgentKnowledgeBase", {
            "name": "handbook", "roleArn": UNKNOWN, "knowledgeBaseConfiguration": {
                "type": "VECTOR", "vectorKnowledgeBaseConfiguration": {"embeddingModelArn": TITAN}},
            "storageConfiguration": {"type": "OPENSEARCH_SERVERLESS", "opensearchServerlessConfiguration": {
                "collectionArn": arn("aoss", "collection/abcdefghij0123456789"), "vectorIndexName": "handbook",
                "fieldMapping": {"vectorField": "vector", "textField": "text", "metadataField": "meta"}}}, "tags":
            TAGS}, "base", links={"roleArn": ("base-role",)}),
        aws("bedrock/AgentDataSource", {
            "name": "handbook", "knowledgeBaseId": UNKNOWN, "dataDeletionPolicy": "RETAIN", "dataSourceConfiguration": {
                "type": "S3", "s3Configuration": {"bucketArn": "arn:aws:s3:::bank-handbook", "bucketOwnerAccountId": ME,
                                                  "inclusionPrefixes": ["published/"]}},
            "serverSideEncryptionConfiguration": {"kmsKeyArn": KEY}}, "source", links={"knowledgeBaseId": ("base",)}),
        aws("bedrock/AgentAgent", {
            "agentName": "handbook", "agentResourceRoleArn": UNKNOWN, "foundationModel": "amazon.nova-lite-v1:0",
            "customerEncryptionKeyArn": KEY, "idleSessionTtlInSeconds": 900, "instruction": "Answer from the handbook "
            "of the bank alone, and name the page.", "guardrailConfigurations": [
                {"guardrailIdentifier": UNKNOWN, "guardrailVersion": "1"}], "tags": TAGS}, "agent", links={
                    "agentResourceRoleArn": ("agent-role",), "guardrailConfigurations": ("guardrail",)}),
        aws("bedrock/AgentAgentKnowledgeBaseAssociation", {
            "agentId": UNKNOWN, "knowledgeBaseId": UNKNOWN, "description": "The handbook", "knowledgeBaseState":
            "ENABLED"}, "reads", links={"agentId": ("agent",), "knowledgeBaseId": ("base",)}),
        aws("bedrock/AgentAgentActionGroup", {
            "actionGroupName": "leave", "agentId": UNKNOWN, "agentVersion": "DRAFT", "actionGroupState": "ENABLED",
            "actionGroupExecutor": {"lambda": arn("lambda", "function:leave")}, "functionSchema": {"memberFunctions": {
                "functions": [{"name": "days", "description": "Days of leave that are left", "parameters": [
                    {"mapBlockKey": "staff", "type": "string", "description": "Number of staff",
                        "required": True}]}]}}},
            "leave", links={"agentId": ("agent",)}),
        aws("bedrock/AgentAgentAlias", {"agentAliasName": "live", "agentId": UNKNOWN, "description": "Live", "tags":
                                        TAGS}, "alias", links={"agentId": ("agent",)})),
        f"{AWS_DOCS}/bedrock/latest/userguide/agents-permissions.html; .../kb-permissions.html; "
        "aws-ia/terraform-aws-bedrock, as known", merged(OURS, merged(kept("handbook"), unpriced(
            "aws:bedrock/agentAgent:AgentAgent::agent", "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase::base")))),
    Idiom("CodeArtifact: what comes from public indexes passes one repository, and teams read another one", (
        aws("codeartifact/Domain", {"domain": "bank", "encryptionKey": KEY, "tags": TAGS}, "domain", protect=True),
        aws("codeartifact/DomainPermissions", {"domain": UNKNOWN, "policyDocument": document({
            "Effect": "Allow", "Principal": {"AWS": [role_arn("builds")]}, "Action": [
                "codeartifact:GetAuthorizationToken", "codeartifact:DescribeDomain"], "Resource":
            arn("codeartifact", "domain/bank")})}, "domain-rights", links={"domain": ("domain",)}),
        aws("codeartifact/Repository", {
            "domain": UNKNOWN, "repository": "pypi-store", "description": "Mirror of PyPI", "externalConnections": {
                "externalConnectionName": "public:pypi"}, "tags": TAGS}, "mirror", links={"domain": ("domain",)}),
        aws("codeartifact/Repository", {
            "domain": UNKNOWN, "repository": "platform", "description": "What teams use", "upstreams": [
                {"repositoryName": UNKNOWN}], "tags": TAGS}, "platform", links={
                    "domain": ("domain",), "upstreams": ("mirror",)}),
        aws("codeartifact/RepositoryPermissionsPolicy", {
            "domain": UNKNOWN, "repository": UNKNOWN, "policyDocument": document({
                "Effect": "Allow", "Principal": {"AWS": [role_arn("builds")]}, "Action": [
                    "codeartifact:ReadFromRepository", "codeartifact:GetRepositoryEndpoint",
                    "codeartifact:DescribePackageVersion", "codeartifact:ListPackages"], "Resource": "*"})}, "readers",
            links={"domain": ("domain",), "repository": ("platform",)}),
        aws("ec2/VpcEndpoint", {
            "vpcId": VPC, "serviceName": f"com.amazonaws.{R}.codeartifact.repositories", "vpcEndpointType": "Interface",
            "privateDnsEnabled": True, "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "policy": document({
                "Effect": "Allow", "Principal": "*", "Action": ["codeartifact:ReadFromRepository"], "Resource": [
                    arn("codeartifact", "repository/bank/*")], "Condition": {"StringEquals": {
                        "aws:PrincipalAccount": ME}}}), "tags": TAGS}, "endpoint")),
        f"{AWS_DOCS}/codeartifact/latest/ug/external-connection.html; .../repo-policies.html; .../create-vpc-endpoints"
        ".html, as known", OURS),
    Idiom("API Gateway: partners of the bank's own network call a private API by TLS, keys and a plan of calls", (
        log("/aws/apigateway/quotes", "access-log"),
        aws("apigateway/RestApi", {
            "name": "quotes", "description": "Quotes", "apiKeySource": "HEADER", "disableExecuteApiEndpoint": False,
            "endpointConfiguration": {"types": "PRIVATE", "vpcEndpointIds": [VPC_ENDPOINT]}, "policy": document(
                {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource":
                 "execute-api:/*", "Condition": {"StringNotEquals": {"aws:SourceVpce": VPC_ENDPOINT}}},
                {"Effect": "Allow", "Principal": {"AWS": role_arn("quotes-caller")}, "Action": "execute-api:Invoke",
                 "Resource": "execute-api:/*"}), "tags": TAGS}, "api"),
        aws("apigateway/Resource", {"restApi": UNKNOWN, "parentId": UNKNOWN, "pathPart": "quotes"}, "path", links={
            "restApi": ("api",), "parentId": ("api",)}),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "authorization":
                                  "AWS_IAM", "apiKeyRequired": True}, "get", links={
            "restApi": ("api",), "resourceId": ("path",)}),
        aws("apigateway/VpcLink", {"name": "quotes", "targetArn":
            arn("elasticloadbalancing", "loadbalancer/net/quotes/0123456789abcdef"), "tags": TAGS}, "link"),
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "type": "HTTP_PROXY",
            "integrationHttpMethod": "GET", "uri": "https://quotes.bank.ae/v1/quotes", "connectionType": "VPC_LINK",
            "connectionId": UNKNOWN, "timeoutMilliseconds": 10000, "tlsConfig": {"insecureSkipVerification": False}},
            "call", links={"restApi": ("api",), "resourceId": ("path",), "connectionId": ("link",)}),
        aws("apigateway/Deployment", {"restApi": UNKNOWN, "description": "v1"}, "deployment", links={
            "restApi": ("api",)}),
        aws("apigateway/ClientCertificate", {"description": "What the backend trusts", "tags": TAGS}, "certificate"),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "live", "clientCertificateId": UNKNOWN,
            "xrayTracingEnabled": True, "accessLogSettings": {
                "destinationArn": UNKNOWN, "format": "$context.requestId $context.status $context.identity.sourceIp"},
            "tags": TAGS}, "stage", links={"restApi": ("api",), "deployment": ("deployment",), "clientCertificateId": (
                "certificate",), "accessLogSettings": ("access-log",)}),
        aws("apigateway/MethodSettings", {
            "restApi": UNKNOWN, "stageName": "live", "methodPath": "*/*", "settings": {
                "metricsEnabled": True, "loggingLevel": "ERROR", "dataTraceEnabled": False, "throttlingBurstLimit": 50,
                "throttlingRateLimit": 100.0}}, "settings", links={"restApi": ("api",), "stageName": ("stage",)}),
        aws("apigateway/UsagePlan", {
            "name": "partners", "apiStages": [{"apiId": UNKNOWN, "stage": "live"}], "quotaSettings": {
                "limit": 100000, "period": "DAY"}, "throttleSettings": {"burstLimit": 20, "rateLimit": 50.0}, "tags":
            TAGS}, "plan", links={"apiStages": ("api",)}),
        aws("apigateway/ApiKey", {"name": "broker", "enabled": True, "description": "The broker", "tags": TAGS}, "key"),
        aws("apigateway/UsagePlanKey", {"keyId": UNKNOWN, "keyType": "API_KEY", "usagePlanId": UNKNOWN}, "plan-key",
            links={"keyId": ("key",), "usagePlanId": ("plan",)})),
        f"{AWS_DOCS}/apigateway/latest/developerguide/apigateway-private-apis.html; .../getting-started-client-side-"
        "ssl-authentication.html, as known", OURS),
)  # fmt: skip
