"""Good idioms that come close to the rows after the sixteenth set on AWS and Azure: records of names, rights of
controllers, pipelines and operators, sources of programs (2026-11-30).

Shapes by the documents named, as known; names and numbers invented.
"""

import json

from ..blind import GROUP, ME, RG, SUB, TAGS, Props, aws, az, document, policy, role, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .families import BUILD

R = "me-central-1"
PROOF = "Yb3mUq0c2vJ5oXf1sD8kLw7eRtN6aGhPz4iKxQyVbCM"
OF_NAMESPACE = "secret:apps/${aws:PrincipalTag/kubernetes-namespace}/*"
ROUTE53 = "Amazon Route 53 Developer Guide"
IAM = "IAM User Guide"
LEARN = "learn.microsoft.com/azure"
IN_THE_REGION = {"securityhub": {
    "enable_in_regions": {"@@assign": [R]}, "disable_in_regions": {"@@assign": ["eu-west-1"]}}}  # fmt: skip
SCANNED = {"inspector": {"enablement": {"ec2_scanning": {
    "enable_in_regions": {"@@append": [R]}, "disable_in_regions": {"@@assign": []}}}}}  # fmt: skip


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{resource}"


def _record(name: str, kind: str, *values: object, **more: object) -> Given:
    return aws("route53/Record", {"zoneId": UNKNOWN, "name": name, "type": kind, "ttl": 300, "records": list(values)},
               f"{name}-{kind}", **more)  # fmt: skip


def _zone_record(token: str, zone: object, name: str, kind: str, **values: object) -> Given:
    key = "zoneName" if token.startswith("dns:") else "privateZoneName"
    more = {"links": {key: ("zone",)}} if zone is UNKNOWN else {}
    return az(token, {**RG, key: zone, "recordType": kind, "relativeRecordSetName": name, "ttl": 300, **values},
              f"{name}-{kind}", **more)  # fmt: skip


def _content(kind: str, content: Props, name: str) -> Given:
    return aws("organizations/Policy", {"name": name, "type": kind, "content": json.dumps(content), "tags": TAGS}, name)


def _role(name: str, scope: str, *actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": scope, "roleName": name, "roleType": "CustomRole", "assignableScopes": [scope],
        "permissions": [{"actions": list(actions), "notActions": []}]}),)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("names are proven to ACM and SES by the records that they ask for", (
        _record("_3f1c.apps.bank.ae", "CNAME", "_8a2b9c0d1e2f3a4b.xlfgrmvvlj.acm-validations.aws."),
        _record("k2x7abcd._domainkey.bank.ae", "CNAME", "k2x7abcd.dkim.amazonses.com"),
        _record("bounce.bank.ae", "MX", "10 feedback-smtp.me-central-1.amazonses.com"),
        _record("bank.ae", "TXT", f"google-site-verification={PROOF}", "MS=ms12345678"),
        _record("_github-challenge-bank.bank.ae", "TXT", "0a1b2c3d4e")),
        "AWS Certificate Manager, 'DNS validation'; Amazon SES, 'Easy DKIM'"),
    Idiom("records lead to names of their own zone", (
        _record("www.bank.ae", "CNAME", "portal.bank.ae"),
        _record("*.apps.bank.ae", "CNAME", "gateway.apps.bank.ae."),
        _record("_sips._tcp.bank.ae", "SRV", "0 10 5061 sip1._tcp.bank.ae", "0 0 0 ."),
        _record("portal.bank.ae", "HTTPS", "1 . alpn=h2,h3"),
        _record("_acme-challenge.portal.bank.ae", "CNAME", "portal._acme-challenge.portal.bank.ae")),
        f"{ROUTE53}, 'Supported DNS record types'"),
    Idiom("a short name in a zone of the program leads to another in it", (
        aws("route53/Zone", {"name": "apps.bank.ae", "comment": "apps", "tags": TAGS}, "zone"),
        _record("www", "CNAME", "portal.apps.bank.ae", links={"zoneId": ("zone",)}),
        aws("route53/Record", {"zoneId": UNKNOWN, "name": "team", "type": "NS", "ttl": 60, "records": [UNKNOWN]}, "ns",
            links={"zoneId": ("zone",), "records": ("zone",)})),
        f"{ROUTE53}, 'Creating a subdomain'"),
    Idiom("a zone of Azure says who may issue, and leads to itself", (
        az("privatedns:PrivateZone", {**RG, "location": "global", "privateZoneName": "bank.ae", "tags": TAGS}, "zone"),
        _zone_record("privatedns:PrivateRecordSet", UNKNOWN, "www", "CNAME", cnameRecord={"cname": "portal.bank.ae"}),
        _zone_record("dns:RecordSet", "bank.ae", "@", "CAA", caaRecords=[
            {"flags": 0, "tag": "issue", "value": "digicert.com"}, {"flags": 0, "tag": "issuewild", "value": ";"},
            {"flags": 0, "tag": "issue", "value": "letsencrypt.org; validationmethods=dns-01"}]),
        _zone_record("dns:RecordSet", "bank.ae", "pay", "NS", nsRecords=[{"nsdname": "ns1.pay.bank.ae."}])),
        f"{LEARN}/dns", unpriced("azure-native:privatedns:PrivateZone::zone")),
    Idiom("clients of the directory find its controllers in the data centre", (
        _zone_record("privatedns:PrivateRecordSet", "corp.bank.ae", "_ldap._tcp.dc._msdcs", "SRV", srvRecords=[
            {"priority": 0, "weight": 100, "port": 389, "target": "dc1.corp.bank.ae"}]),
        aws("route53/ResolverRule", {
            "name": "corp", "domainName": "corp.bank.ae", "ruleType": "FORWARD", "tags": TAGS,
            "resolverEndpointId": "rslvr-out-1", "targetIps": [{"ip": "10.20.9.9", "port": 53}]}, "rule"),
        az("dnsresolver:ForwardingRule", {
            **RG, "dnsForwardingRulesetName": "corp", "forwardingRuleName": "corp", "domainName": "corp.bank.ae.",
            "forwardingRuleState": "Enabled", "targetDnsServers": [{"ipAddress": "10.20.9.9", "port": 53}]}, "azure")),
        f"{LEARN}/dns/private-resolver-endpoints-rulesets; {ROUTE53}, 'Forwarding rules'"),
    Idiom("endpoints of services are found by zones of the network", (
        aws("route53/Zone", {"name": "ecr.me-central-1.amazonaws.com", "comment": "endpoint", "tags": TAGS,
                             "vpcs": [{"vpcId": "vpc-1"}]}, "zone"),
        aws("route53/Zone", {"name": "packages.bank.internal", "comment": "mirror of public sources", "tags": TAGS,
                             "vpcs": [{"vpcId": "vpc-1"}]}, "mirror"),
        aws("route53/Record", {"zoneId": UNKNOWN, "name": "pypi.packages.bank.internal", "type": "A", "ttl": 300,
                               "records": ["10.20.9.9"]}, "pypi", links={"zoneId": ("mirror",)})),
        f"{ROUTE53}, 'Private hosted zones'"),
    Idiom("a refused name leads to a page of the bank", (aws("route53/ResolverFirewallRule", {
        "name": "parked", "action": "BLOCK", "blockResponse": "OVERRIDE", "blockOverrideDnsType": "CNAME",
        "blockOverrideTtl": 60, "blockOverrideDomain": "refused.bank.internal", "priority": 100,
        "firewallDomainListId": "rslvr-fdl-1", "firewallRuleGroupId": "rslvr-frg-1"}),),
        f"{ROUTE53}, 'DNS Firewall'"),
    Idiom("a pipeline changes what is its own: one service, one function, one API", (policy(
        statement(["ecs:UpdateService", "ecs:DescribeServices"], _arn("ecs", "service/prod/orders")),
        statement(["lambda:UpdateAlias", "lambda:PublishVersion"], _arn("lambda", "function:orders-*")),
        statement(["apigateway:PATCH", "apigateway:POST"], [
            "arn:aws:apigateway:me-central-1::/restapis/a1b2c3d4e5/deployments",
            "arn:aws:apigateway:me-central-1::/restapis/a1b2c3d4e5/stages/prod"]),
        statement("ssm:PutParameter", _arn("ssm", "parameter/orders/*")),
        statement("logs:PutRetentionPolicy", _arn("logs", "log-group:/aws/lambda/orders-*")),
        statement(["events:PutRule", "events:PutTargets"], _arn("events", "rule/orders-*"))),),
        "AWS CodePipeline User Guide, 'Manage the CodePipeline service role'"),
    Idiom("programs send messages, records and runs of any of the account's", (policy(
        statement(["logs:CreateLogStream", "logs:PutLogEvents"], _arn("logs", "log-group:*")),
        statement("sqs:SendMessage", _arn("sqs", "*")), statement("events:PutEvents", _arn("events", "event-bus/*")),
        statement(["kinesis:PutRecord", "kinesis:PutRecords"], _arn("kinesis", "stream/*")),
        statement("states:StartExecution", _arn("states", "stateMachine:*")),
        statement("codebuild:BatchPutTestCases", _arn("codebuild", "report-group/*"))),),
        f"{IAM}, 'Policies and permissions'"),
    Idiom("a controller changes the rules of balancers that its tag marks", (policy(
        statement(["elasticloadbalancing:ModifyRule", "elasticloadbalancing:SetRulePriorities"],
                  [_arn("elasticloadbalancing", "listener-rule/app/*/*/*/*")],
                  {"StringEquals": {"aws:ResourceTag/elbv2.k8s.aws/cluster": "platform"}}),
        statement(["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
                  [_arn("wafv2", "regional/webacl/platform/0a1b2c3d-1111-2222-3333-444444444444"),
                   _arn("elasticloadbalancing", "loadbalancer/app/*/*")])),),
        "kubernetes-sigs/aws-load-balancer-controller, docs/install/iam_policy.json"),
    Idiom("a broker says for which of two teams he takes the role", (
        role({"AWS": f"arn:aws:iam::{ME}:role/notebooks"}, {"StringEquals": {"aws:RequestTag/team": ["risk", "fraud"]}},
             ["sts:AssumeRole", "sts:TagSession"], "reader"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement(
            "s3:GetObject", "arn:aws:s3:::bank-${aws:PrincipalTag/team}/*"))}, "rights", links={"role": ("reader",)})),
        f"{IAM}, 'Pass session tags in AWS STS'", {"residency": {"known": {"bank-*": "the buckets of the teams"}}}),
    Idiom("pods read what lies below the name of their namespace", (
        role({"Service": "pods.eks.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}},
             ["sts:AssumeRole", "sts:TagSession"], "pods"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement(
            "secretsmanager:GetSecretValue", _arn("secretsmanager", OF_NAMESPACE)))},
            "rights", links={"role": ("pods",)})),
        "Amazon EKS User Guide, 'Grant Pods access to AWS resources based on tags'"),
    Idiom("the organisation watches in the Region of the country and nowhere else", (
        _content("SECURITYHUB_POLICY", IN_THE_REGION, "hub"), _content("INSPECTOR_POLICY", SCANNED, "scans")),
        "AWS Organizations User Guide, 'Security Hub policy syntax'"),
    Idiom("builds keep their files in a bucket of the program, or on the machine", (
        aws("codebuild/Project", {**BUILD, "source": {"type": "CODEPIPELINE"}, "cache": {
            "type": "LOCAL", "modes": ["LOCAL_SOURCE_CACHE"]}}, "local"),
        aws("codebuild/Project", {**BUILD, "name": "app2", "source": {"type": "CODEPIPELINE"}, "cache": {
            "type": "S3", "location": "bank-build-cache/app2"}}, "shared")),
        "AWS CodeBuild User Guide, 'Cache builds'",
        {"escape": {"code_sources": {"bank-build-cache": "the platform team"}}}),
    Idiom("a custom role of operators restarts machines and sets alerts in the subscription", _role(
        "Operators", SUB, "Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/restart/action",
        "Microsoft.Compute/virtualMachines/start/action", "Microsoft.Insights/metricAlerts/write",
        "Microsoft.Resources/tags/write", "Microsoft.ContainerService/managedClusters/agentPools/write",
        "Microsoft.PolicyInsights/remediations/write", "Microsoft.Insights/diagnosticSettings/write"),
        f"{LEARN}/role-based-access-control/custom-roles"),
    Idiom("a custom role deploys by Flux, sets records and policies of APIs in one group", _role(
        "Delivery of the platform", GROUP, "Microsoft.KubernetesConfiguration/fluxConfigurations/write",
        "Microsoft.Insights/diagnosticSettings/write", "Microsoft.ApiManagement/service/apis/policies/write",
        "Microsoft.DataFactory/factories/write", "Microsoft.Sql/servers/firewallRules/write"),
        f"{LEARN}/azure-arc/kubernetes/tutorial-use-gitops-flux2"),
    Idiom("a custom role deploys networks with their gateways and rules", _role(
        "Networks", SUB, "Microsoft.Network/virtualNetworks/write", "Microsoft.Network/virtualNetworks/subnets/write",
        "Microsoft.Network/networkSecurityGroups/securityRules/write", "Microsoft.Network/applicationGateways/write",
        "Microsoft.Network/routeTables/write"),
        "Azure/ALZ-Bicep 037912b1, customRoleDefinitions, cafNetworkManagementRole"),
)  # fmt: skip
