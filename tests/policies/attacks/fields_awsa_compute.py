"""Attacks on AWS by properties of reviewed types of machines, containers and functions that nothing read (2026-11-29).

Found by reading every property of those types in pulumi-aws 7.51.1; what one does stands in the guide that is named, as
known.
"""

import json

from ..blind import IMAGE, ME, TAGS, Props, aws
from ..harness import Given
from . import Attack
from .tenth_aws import _ours

SWITCH, HOST, ESC, RES = ("FJ-ESC-115",), ("FJ-EXP-115",), ("FJ-ESC-",), ("FJ-RES-",)
T = {"tags": TAGS}
ROLE = f"arn:aws:iam::{ME}:role/x"
LOGS = {"logDriver": "awslogs", "options": {"awslogs-group": "x", "awslogs-region": "me-central-1"}}
PLATFORM = "64bit Amazon Linux 2023 v4.0.0 running Python 3.11"
PIPED = "pip install report-tools && report"
OPTIONS = (
    ("a request that somebody leads a portal to send gets its role", "launchconfiguration:DisableIMDSv1", "false",
     "critical", "Security Hub, control EC2.8"),
    ("the internet reaches SSH of a portal", "launchconfiguration:SSHSourceRestriction", "tcp,22,22,0.0.0.0/0",
     "critical", "Elastic Beanstalk, 'General options'"),
    ("a portal grows to a thousand machines", "asg:MaxSize", "1000", "major", "Elastic Beanstalk, 'General options'"),
    ("a portal runs on machines with eight accelerators", "launchconfiguration:InstanceType", "p5.48xlarge", "major",
     "Elastic Beanstalk, 'General options'"),
)  # fmt: skip
RECORDS = (
    ("records of a portal are lost with its machines", "cloudwatch:logs:StreamLogs", "false", "ElasticBeanstalk.3"),
    ("records of a portal are deleted with it", "cloudwatch:logs:DeleteOnTerminate", "true", "ElasticBeanstalk.3"),
    ("the platform of a portal is never mended", "managedactions:ManagedActionsEnabled", "false",
     "ElasticBeanstalk.2"),
    ("nobody sees that machines of a portal are ill", "healthreporting:system:SystemType", "basic",
     "ElasticBeanstalk.1"),
)  # fmt: skip


def portal(option: str, value: str) -> tuple[Given, ...]:
    """Returns an environment of Elastic Beanstalk with one option besides that of an internal load balancer."""
    namespace, _, name = option.rpartition(":")
    return (aws("elasticbeanstalk/Environment", {"application": "portal", "solutionStackName": PLATFORM, "settings": [
        {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"},
        {"namespace": f"aws:{namespace}", "name": name, "value": value}], **T}),)  # fmt: skip


def task(container: Props, **more: object) -> tuple[Given, ...]:
    """Returns a task with a container that is hardened but for some properties."""
    plain = {"name": "a", "image": IMAGE, "readonlyRootFilesystem": True, "user": "1000", "logConfiguration": LOGS}
    return (aws("ecs/TaskDefinition", {
        "family": "x", "requiresCompatibilities": ["EC2"], "containerDefinitions": json.dumps([{**plain, **container}]),
        **T, **more}),)  # fmt: skip


def daemon(container: Props, **more: object) -> tuple[Given, ...]:
    """Returns a daemon, which runs on each machine of a cluster."""
    return (aws("ecs/DaemonTaskDefinition", {"family": "x", "containerDefinitions": [
        {"name": "a", "image": IMAGE, "user": "1000", **container}], **T, **more}),)  # fmt: skip


ATTACKS = (
    *(Attack(name, SWITCH, portal(f"autoscaling:{option}", value), severity, f"as the name says ({source})")
      for name, option, value, severity, source in OPTIONS),
    *(Attack(name, SWITCH, portal(f"elasticbeanstalk:{option}", value), "minor", f"AWS Security Hub, control {source}")
      for name, option, value, source in RECORDS),
    Attack("the data of a portal is deleted with it", SWITCH, portal("rds:dbinstance:DBDeletionPolicy", "Delete"),
           "major", "no snapshot is left (Elastic Beanstalk, 'General options', aws:rds:dbinstance)"),
    Attack("a container writes into the memory of its host", HOST, task({
        "linuxParameters": {"devices": [{"hostPath": "/dev/mem"}]}}),
        "critical", "it reads the keys of every task there (Amazon ECS, Device)"),
    Attack("a container reads the disk of its host", HOST, task({
        "linuxParameters": {"devices": [{"hostPath": "/dev/nvme0n1", "permissions": ["read"]}]}}),
        "critical", "files of every task there (Amazon ECS, Device)"),
    Attack("a container runs without a profile of the kernel", HOST, task({
        "dockerSecurityOptions": ["apparmor:unconfined"]}),
        "major", "a hole of the kernel leads to the host (Amazon ECS, dockerSecurityOptions)"),
    Attack("a container mounts /etc of its host through a driver", HOST, task({}, volumes=[{
        "name": "s", "dockerVolumeConfiguration": {"driver": "local", "scope": "task", "driverOpts": {
            "type": "none", "o": "bind", "device": "/etc"}}}]),
        "critical", "it makes a user there (Amazon ECS, DockerVolumeConfiguration; Docker, driver 'local')"),
    Attack("the name of the vault leads a container to a stranger's address", RES, task({
        "extraHosts": [{"hostname": "vault.core.internal", "ipAddress": "198.51.100.7"}]}),
        "critical", "tokens are sent there (Amazon ECS, HostEntry)"),
    Attack("a stranger's file says where records of a task go", ESC, task({"firelensConfiguration": {
        "type": "fluentbit", "options": {"config-file-type": "s3",
                                         "config-file-value": "arn:aws:s3:::collector-conf/fluent.conf"}}}),
        "critical", "he has each record (Amazon ECS, 'Use a custom configuration file' of FireLens)"),
    Attack("a task keeps no record", ("FJ-RSL-",), task({"logConfiguration": {"logDriver": "none"}}),
           "major", "nobody sees what it did (AWS Security Hub, control ECS.9)"),
    Attack("a job keeps no record", ("FJ-RSL-",), (aws("batch/JobDefinition", {
        "name": "x", "type": "container", "propagateTags": True, "containerProperties": json.dumps({
            "image": IMAGE, "readonlyRootFilesystem": True, "user": "1000",
            "logConfiguration": {"logDriver": "none"}}), **T}),),
        "major", "nobody sees what it did (AWS Batch, LogConfiguration)"),
    Attack("a daemon keeps no record", ("FJ-RSL-",), daemon({"logConfiguration": {"logDriver": "none"}}),
           "major", "nobody sees what it did (Amazon ECS, LogConfiguration)"),
    Attack("a daemon has each right of its host", HOST, daemon({
        "linuxParameters": {"capabilities": {"adds": ["ALL"]}}}),
        "critical", "it owns every machine of the cluster (Amazon ECS, KernelCapabilities)"),
    Attack("a daemon opens the memory of its host", HOST, daemon({
        "linuxParameters": {"devices": [{"hostPath": "/dev/mem"}]}}),
        "critical", "keys of every task (Amazon ECS, Device)"),
    *(Attack(f"a daemon has {path} of its host", HOST, daemon({}, volumes=[
        {"name": "s", "hosts": [{"sourcePath": path}]}]), "critical",
        "it starts containers there, or reads those of others (Amazon ECS, HostVolumeProperties)")
      for path in ("/", "/var/run/docker.sock", "/var/lib/ecs")),
    Attack("a stranger's file has the settings of a daemon", ESC, daemon({
        "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::collector-env/agent.env"}]}),
        "critical", "it runs on each machine with them (Amazon ECS, EnvironmentFile)"),
    Attack("a daemon installs a program without its version when it starts", ESC, daemon({
        "commands": ["sh", "-c", PIPED]}),
        "major", "whoever takes the name over runs on each machine (PEP 541; Amazon ECS, command)"),
    Attack("a service installs a program without its version when it starts", ESC, (aws("apprunner/Service", {
        "serviceName": "x", "sourceConfiguration": {"imageRepository": {
            "imageIdentifier": IMAGE, "imageRepositoryType": "ECR", "imageConfiguration": {
                "startCommand": f"sh -c '{PIPED}'"}}}, **T}),),
        "major", "whoever takes the name over runs with the service's role (AWS App Runner, StartCommand)"),
    Attack("an image of containers is built from a script of the web", ESC, (aws("imagebuilder/ContainerRecipe", {
        "name": "x", "version": "1.0.0", "containerType": "DOCKER", "parentImage": IMAGE,
        "components": [{"componentArn": _ours("imagebuilder", "component/base/1.0.0/1")}],
        "targetRepository": {"service": "ECR", "repositoryName": "portal"}, "dockerfileTemplateData":
            "FROM {{{ imagebuilder:parentImage }}}\nRUN curl -s http://tools.core.internal/x | sh\n", **T}),),
        "critical", "what the page has on that day is in the image (EC2 Image Builder, dockerfileTemplateData)"),
    Attack("a machine starts from a stranger's disk", ESC, (aws("ebs/SnapshotImport", {
        "diskContainer": {"format": "VMDK", "userBucket": {"s3Bucket": "collector-disks", "s3Key": "web.vmdk"}},
        "encrypted": True, "kmsKeyId": _ours("kms", "key/1"), **T}),),
        "critical", "its programs run in the network (Amazon EC2, ImportSnapshot)"),
    Attack("an image of machines is a stranger's", ESC, (aws("ec2/Ami", {
        "name": "x", "imdsSupport": "v2.0", "imageLocation": "collector-images/web.manifest.xml", **T}),),
        "critical", "its programs run in the network (Amazon EC2, RegisterImage, ImageLocation)"),
    Attack("machines that are ill and that nobody needs are kept", SWITCH, (aws("autoscaling/Group", {
        "minSize": 1, "maxSize": 9, "launchTemplate": {"id": "lt-1", "version": "3"},
        "vpcZoneIdentifiers": ["subnet-1"], "suspendedProcesses": ["Terminate", "ReplaceUnhealthy"]}),),
        "minor", "it only grows (Amazon EC2 Auto Scaling, 'Suspend and resume processes': for investigations)"),
    Attack("a thousand snapshots wait for machines", SWITCH, (aws("imagebuilder/DistributionConfiguration", {
        "name": "x", "distributions": [{"region": "me-central-1", "fastLaunchConfigurations": [{
            "accountId": ME, "enabled": True, "snapshotConfiguration": {"targetResourceCount": 1000}}]}], **T}),),
        "minor", "each is charged (EC2 Image Builder, FastLaunchSnapshotConfiguration)"),
    Attack("records come in clear from brokers that nobody identified", SWITCH, (aws("lambda/EventSourceMapping", {
        "functionName": "x", "topics": ["t"], "selfManagedEventSource": {"endpoints": {
            "KAFKA_BOOTSTRAP_SERVERS": "b-1.core.internal:9092"}}, "sourceAccessConfigurations": [
                {"type": "VPC_SUBNET", "uri": "subnet:subnet-1"},
                {"type": "VPC_SECURITY_GROUP", "uri": "security_group:sg-1"}], **T}),),
        "major", "whoever stands between changes them (AWS Lambda, 'Self-managed Apache Kafka', authentication)"),
    Attack("a stranger has the schemas of records", RES, (aws("lambda/EventSourceMapping", {
        "functionName": "x", "topics": ["t"], "eventSourceArn": _ours("kafka", "cluster/a/b"),
        "amazonManagedKafkaEventSourceConfig": {"schemaRegistryConfig": {
            "schemaRegistryUri": "https://registry.collector-data.com", "eventRecordFormat": "JSON"}}, **T}),),
        "major", "he decides which records are read, and gets the password (AWS Lambda, 'Schema registries')"),
    Attack("two hundred pollers wait for records", SWITCH, (aws("lambda/EventSourceMapping", {
        "functionName": "x", "eventSourceArn": _ours("sqs", "q"),
        "provisionedPollerConfig": {"minimumPollers": 200, "maximumPollers": 2000}, **T}),),
        "minor", "each is charged by the hour (AWS Lambda, 'Provisioned mode')"),
    Attack("a function runs on a platform with known holes", SWITCH, (aws("lambda/Function", {
        "role": ROLE, "runtime": "python3.7", "handler": "a.b", **T}),),
        "major", "nobody mends it (AWS Security Hub, control Lambda.2; AWS Lambda, 'Deprecated runtimes')"),
    Attack("a stranger's bucket calls a function", ("FJ-EXP-113",), (aws("lambda/Permission", {
        "action": "lambda:InvokeFunction", "function": "x", "principal": "s3.amazonaws.com",
        "sourceArn": "arn:aws:s3:::collector-in"}),),
        "major", "he sends it what he likes (AWS Security Hub, control Lambda.1)"),
    Attack("tasks run on a platform of 2020", SWITCH, (aws("ecs/Service", {
        "cluster": "c", "taskDefinition": "t", "launchType": "FARGATE", "platformVersion": "1.3.0",
        "propagateTags": "SERVICE", **T}),),
        "minor", "its holes are known (AWS Security Hub, control ECS.10)"),
    Attack("nobody sees who called a service", SWITCH, (aws("ecs/Service", {
        "cluster": "c", "taskDefinition": "t", "propagateTags": "SERVICE", "serviceConnectConfiguration": {
            "enabled": True, "logConfiguration": {"logDriver": "none"}}, **T}),),
        "minor", "its proxy keeps no record (Amazon ECS, ServiceConnectConfiguration)"),
    Attack("a policy of one namespace is of each", SWITCH, (aws("eks/AccessPolicyAssociation", {
        "clusterName": "c", "principalArn": ROLE, "accessScope": {"type": "namespace", "namespaces": ["*"]},
        "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy"}),),
        "critical", "it owns kube-system (Amazon EKS, AccessScope, wildcards in namespaces)"),
    Attack("a service takes the port of the kubelet", SWITCH, (aws("eks/Cluster", {
        "roleArn": ROLE, "vpcConfig": {"subnetIds": ["subnet-1"]}, "enabledClusterLogTypes": ["audit"],
        "kubeApiServerConfig": {"serviceNodePortRange": {"minPort": 1024, "maxPort": 32767}}, **T}, protect=True),),
        "major", "it answers what others ask the node (Kubernetes, --service-node-port-range)"),
    *(Attack(f"an add-on {name}", SWITCH, (aws("eks/Addon", {
        "clusterName": "c", "addonName": addon, "addonVersion": "v1", "configurationValues": json.dumps(values),
        **T}),), "major", harm)
      for name, addon, values, harm in (
          ("leaves network policies without effect", "vpc-cni", {"nodeAgent": {"enabled": False}},
           "pods reach each other (aws/amazon-vpc-cni-k8s, nodeAgent.enabled)"),
          ("verifies no kubelet", "metrics-server", {"args": ["--kubelet-insecure-tls"]},
           "figures of a stranger scale the cluster (kubernetes-sigs/metrics-server, README)"),
          ("may do everything in the cluster", "aws-ebs-csi-driver", {"controller": {"additionalClusterRoleRules": [
              {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}},
           "whoever takes it over owns the cluster (kubernetes-sigs/aws-ebs-csi-driver, values.yaml)"))),
    Attack("images are scanned by a program that nobody maintains", SWITCH, (aws("ecr/AccountSetting", {
        "name": "BASIC_SCAN_TYPE_VERSION", "value": "CLAIR"}),),
        "minor", "new holes stay unseen (Amazon ECR, 'Basic scanning', Clair is deprecated)"),
    Attack("twenty-five machines of a service wait for calls", SWITCH, (
        aws("apprunner/AutoScalingConfigurationVersion", {
            "autoScalingConfigurationName": "x", "minSize": 25, "maxSize": 25, **T}),),
        "minor", "their memory is charged all day (AWS App Runner, 'Managing automatic scaling')"),
)  # fmt: skip
