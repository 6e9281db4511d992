"""Attacks that open what is private, by properties and defaults that few rules name (2026-11-28)."""

import json

from ..blind import GROUP, KEY, ME, TAGS, THEM, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ENC-", "FJ-ESC-", "FJ-RES-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
LB = f"arn:aws:elasticloadbalancing:{R}:{ME}"
CERTIFICATE = f"arn:aws:acm:{R}:{ME}:certificate/11111111-2222-3333-4444-555555555555"
FIREWALL = {"encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY}, "tags": TAGS}
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "portal", "sampledRequestsEnabled": True}
TO_TARGETS = {"type": "forward", "targetGroupArn": f"{LB}:targetgroup/portal/0123456789abcdef"}
DEBUGGED = "-Xmx2g -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005"
AIRFLOW = 'from airflow.www.fab_security.manager import AUTH_DB\nAUTH_TYPE = AUTH_DB\nAUTH_ROLE_PUBLIC = "Admin"\n'


def _annotated(**annotations: str) -> Given:
    """Returns an internal ingress of an ALB with annotations, `__` for a slash."""
    host = "portal.example.ae"
    return k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta(annotations={key.replace("__", "/"): value for key, value in annotations.items()}),
        "spec": {"ingressClassName": "alb", "tls": [{"hosts": [host], "secretName": "tls"}], "rules": [{
            "host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": "app", "port": {"number": 8443}}}}]}}]}})  # fmt: skip


ALB = {"alb.ingress.kubernetes.io__scheme": "internal", "alb.ingress.kubernetes.io__listen-ports": '[{"HTTPS":443}]',
       "alb.ingress.kubernetes.io__ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
       "alb.ingress.kubernetes.io__certificate-arn": CERTIFICATE,
       "alb.ingress.kubernetes.io__backend-protocol": "HTTPS"}  # fmt: skip

ATTACKS = (
    Attack("a listener lets in who has not signed in", EXP, (aws("lb/Listener", {
        "loadBalancerArn": f"{LB}:loadbalancer/app/portal/0123456789abcdef", "port": 443, "protocol": "HTTPS",
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "certificateArn": CERTIFICATE, "tags": TAGS,
        "defaultActions": [{"type": "authenticate-cognito", "order": 1, "authenticateCognito": {
            "userPoolArn": f"arn:aws:cognito-idp:{R}:{ME}:userpool/{R}_abcdefghi", "userPoolClientId": "c",
            "userPoolDomain": "portal", "onUnauthenticatedRequest": "allow"}}, {**TO_TARGETS, "order": 2}]}),),
        "critical", "the sign-in is an offer, and every request is forwarded"),
    Attack("an authorizer remembers the answer by the name of a tenant", EXP, (aws("apigatewayv2/Authorizer", {
        "apiId": "api", "authorizerType": "REQUEST", "name": "tokens", "authorizerPayloadFormatVersion": "2.0",
        "identitySources": ["$request.header.X-Tenant"], "authorizerResultTtlInSeconds": 3600,
        "authorizerUri": f"arn:aws:apigateway:{R}:lambda:path/2015-03-31/functions/"
                         f"arn:aws:lambda:{R}:{ME}:function:auth/invocations"}),),
        "critical", "for an hour everybody who names the tenant is let in with no token"),
    Attack("stateless rules pass everything by the firewall", EXP, (aws("networkfirewall/FirewallPolicy", {
        "name": "egress", **FIREWALL, "firewallPolicy": {
            "statelessDefaultActions": ["aws:pass"], "statelessFragmentDefaultActions": ["aws:pass"],
            "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER"},
            "statefulRuleGroupReferences": [{"priority": 1, "resourceArn":
                f"arn:aws:network-firewall:{R}:{ME}:stateful-rulegroup/allowed"}]}}),),
        "critical", "no packet reaches the list of allowed domains"),
    Attack("a web ACL counts what its rules would block", EXP, (aws("wafv2/WebAcl", {
        "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": SEEN, "tags": TAGS,
        "rules": [{"name": "common", "priority": 1, "overrideAction": {"count": {}}, "visibilityConfig": SEEN,
                   "statement": {"managedRuleGroupStatement": {
                       "vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet"}}}]}),),
        "major", "the firewall looks configured and blocks nothing"),
    Attack("guardrails of the model let everything through", EXP, (aws("bedrock/Guardrail", {
        "name": "chat", "kmsKeyArn": KEY, "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "tags": TAGS,
        "contentPolicyConfig": {"filtersConfigs": [{
            "type": "PROMPT_ATTACK", "inputStrength": "NONE", "outputStrength": "NONE"}]}}),),
        "minor", "prompts take the assistant over, and the review sees a guardrail"),
    Attack("a fields' directive opens a query to a key", EXP, (aws("appsync/Type", {
        "apiId": "api", "format": "SDL",
        "definition": "type Query @aws_api_key { customers: [Customer] @aws_api_key }"}),),
        "major", "who has the key of the web page reads every customer"),
    Attack("pods reach the role of their machine over sixty hops", EXP, (aws("ec2/LaunchTemplate", {
        "name": "nodes", "tags": TAGS, "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
            "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 40}}],
        "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
            "instance", "volume", "network-interface")], "metadataOptions": {
            "httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 64}}),),
        "major", "every container asks the metadata service for the role of the node"),
    Attack("notebooks pull images of a stranger's account", EXP, (aws("sagemaker/Domain", {
        "domainName": "d", "authMode": "IAM", "vpcId": "vpc-1", "subnetIds": ["subnet-1"], "kmsKeyId": KEY,
        "appNetworkAccessType": "VpcOnly", "tags": TAGS, "appSecurityGroupManagement": "Customer",
        "defaultUserSettings": {"executionRole": f"arn:aws:iam::{ME}:role/notebooks", "securityGroups": ["sg-1"]},
        "domainSettings": {"securityGroupIds": ["sg-1"], "executionRoleIdentityConfig": "USER_PROFILE_NAME",
                           "dockerSettings": {"enableDockerAccess": "ENABLED",
                                              "vpcOnlyTrustedAccounts": [THEM]}}}),),
        "critical", "Docker in notebooks runs a stranger's images, and pushes to the stranger's registry"),
    Attack("the host of an app has no certificate", EXP, (az("web:WebAppHostNameBinding", {
        **RG, "name": "portal", "hostName": "portal.example.ae", "sslState": "Disabled",
        "customHostNameDnsRecordType": "CName"}),), "minor", "the name is served in plaintext"),
    Attack("a published shell takes what its user types", EXP, (az("desktopvirtualization:Application", {
        **RG, "applicationGroupName": "g", "applicationName": "tools", "filePath": "C:\\Windows\\System32\\cmd.exe",
        "commandLineSetting": "Allow", "showInPortal": True}),),
        "major", "the published program is every program"),
    Attack("an ALB of a cluster lets in who has not signed in", EXP, (_annotated(
        **ALB, **{
            "alb.ingress.kubernetes.io__auth-type": "cognito",
            "alb.ingress.kubernetes.io__auth-idp-cognito": json.dumps({
                "userPoolARN": f"arn:aws:cognito-idp:{R}:{ME}:userpool/{R}_abcdefghi", "userPoolClientID": "c",
                "userPoolDomain": "portal"}),
            "alb.ingress.kubernetes.io__auth-on-unauthenticated-request": "allow"}),),
        "critical", "the sign-in is an offer, and every request is forwarded"),
    Attack("an ingress answers pages of everybody's domain with its cookies", EXP, (_annotated(**ALB, **{
        "nginx.ingress.kubernetes.io__enable-cors": "true", "nginx.ingress.kubernetes.io__cors-allow-origin": "https://*.github.io",
        "nginx.ingress.kubernetes.io__cors-allow-credentials": "true"}),),
        "major", "pages of strangers read answers in the name of the user"),
    Attack("a program in Java waits for a debugger", EXP, (workload("apps/v1:Deployment", {
        "ports": [{"containerPort": 8443}, {"containerPort": 5005}],
        "readinessProbe": {"tcpSocket": {"port": 8443}},
        "env": [{"name": "JAVA_TOOL_OPTIONS", "value": DEBUGGED}]}, replicas=1),),
        "critical", "who reaches the port runs code in the program"),
    Attack("everybody is an administrator of Airflow by a line of Python", EXP, (k8s("core/v1:ConfigMap", {
        "metadata": meta("webserver", "airflow"), "data": {"webserver_config.py": AIRFLOW}}),),
        "critical", "who opens the page starts workflows with the platform's roles"),
    Attack("vectors of documents need no key", EXP, (workload("apps/v1:Deployment", {
        "env": [{"name": "AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED", "value": "true"},
                {"name": "AUTHORIZATION_ADMINLIST_ENABLED", "value": "false"}]}, replicas=1),),
        "critical", "every pod reads and deletes what the documents say"),
    Attack("calls to the database are redirected to a pod on each node", EXP, (
        crd("cilium.io/v2:CiliumLocalRedirectPolicy", {
            "redirectFrontend": {"serviceMatcher": {"serviceName": "orders-db", "namespace": "team-a"}},
            "redirectBackend": {"localEndpointSelector": {"matchLabels": {"app": "probe"}},
                                "toPorts": [{"port": "5432", "protocol": "TCP"}]}}),),
        "critical", "a pod of the attacker receives the passwords and answers the queries"),
    Attack("network policies of some nodes are never enforced", EXP, (k8s("cilium.io/v2:CiliumNodeConfig", {
        "metadata": meta("gpu", "kube-system"), "spec": {
            "nodeSelector": {"matchLabels": {"pool": "gpu"}}, "defaults": {"enable-policy": "never"}}}),),
        "critical", "no policy separates the pods of the nodes"),
    Attack("pods of Calico may call every node and leave without a trace", EXP, (
        k8s("crd.projectcalico.org/v1:FelixConfiguration", {
            "metadata": {"name": "default", "labels": TAGS}, "spec": {
                "defaultEndpointToHostAction": "ACCEPT", "wireguardEnabled": False, "chainInsertMode": "Append",
                "failsafeInboundHostPorts": [{"protocol": "tcp", "port": 10250}]}}),),
        "major", "pods reach the kubelet and every port of the host"),
    Attack("the add-on of the network enforces no policies", EXP, (aws("eks/Addon", {
        "clusterName": "bank", "addonName": "vpc-cni", "tags": TAGS, "configurationValues": json.dumps({
            "enableNetworkPolicy": "false", "env": {"POD_SECURITY_GROUP_ENFORCING_MODE": "standard"}})}),),
        "critical", "network policies of the cluster are objects without effect"),
    Attack("a pod asks for devices that others use", EXP, (
        crd("resource.k8s.io/v1:ResourceClaim", {"devices": {"requests": [{"name": "gpu", "exactly": {
            "deviceClassName": "gpus", "adminAccess": True, "allocationMode": "All"}}]}}),
        k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
            **TAGS, "resource.kubernetes.io/admin-access": "true", "pod-security.kubernetes.io/enforce": "restricted",
            "istio-injection": "enabled"}}}, "ns")),
        "critical", "memory of the GPUs of other tenants is read"),
    Attack("the metrics of the cluster are served by a tenant's pod", EXP, (
        k8s("apiregistration.k8s.io/v1:APIService", {
            "metadata": {"name": "v1beta1.external.metrics.k8s.io", "labels": TAGS}, "spec": {
            "group": "external.metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100,
            "versionPriority": 100,
            "caBundle": "LS0tLS1CRUdJTg==", "service": {"name": "probe", "namespace": "team-a", "port": 443}}}),),
        "major", "autoscalers of every team do what the tenant's pod says"),
    Attack("a job's pods on EKS share the network of the node by default", EXP, (aws("batch/JobDefinition", {
        "name": "train", "type": "container", "tags": TAGS, "propagateTags": True, "eksProperties": {"podProperties": {
            "metadata": {"labels": TAGS}, "serviceAccountName": "train",
            "containers": [{"image": pod({})["containers"][0]["image"], "securityContext": {  # type: ignore[index]
                "privileged": False, "runAsNonRoot": True, "runAsUser": 10001, "readOnlyRootFileSystem": True,
                "allowPrivilegeEscalation": False}, "resources": {"limits": {"cpu": "1", "memory": "1Gi"}}}]}}}),),
        "critical", "hostNetwork is true where the definition is silent: the job has the node's role and ports"),
)  # fmt: skip
