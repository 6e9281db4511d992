"""Attacks on encryption that nobody had written down: a rule beside the listener, JSON, files and meshes (2026-11-27).

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it.
"""

import json

from ..blind import GROUP, IMAGE, KEY, ME, TAGS, aws, az, crd, k8s
from . import Attack

LOAD_BALANCER = f"arn:aws:elasticloadbalancing:me-central-1:{ME}:loadbalancer/app/x/1"

ATTACKS: tuple[Attack, ...] = (
    Attack(  # high; Elastic Load Balancing, "Listener rules": a rule goes before the default action
        "HTTP listener that redirects, and a rule beside it that forwards",
        ("FJ-ENC-403",),
        (aws("lb/Listener", {"loadBalancerArn": LOAD_BALANCER, "port": 80, "protocol": "HTTP", "tags": TAGS,
                             "defaultActions": [{"type": "redirect", "redirect": {
                                 "protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}]}, "listener"),
         aws("lb/ListenerRule", {
             "listenerArn": LOAD_BALANCER.replace("loadbalancer", "listener") + "/1", "priority": 1, "tags": TAGS,
             "actions": [{"type": "forward", "targetGroupArn":
                          f"arn:aws:elasticloadbalancing:me-central-1:{ME}:targetgroup/x/1"}],
             "conditions": [{"pathPattern": {"values": ["/*"]}}]}, "rule", links={"listenerArn": ("listener",)})),
    ),
    Attack(  # high; DMS User Guide, "Using Apache Kafka as a target": SecurityProtocol plaintext
        "DMS target Kafka in plaintext",
        ("FJ-ENC-402",),
        (aws("dms/Endpoint", {"endpointId": "e", "endpointType": "target", "engineName": "kafka", "tags": TAGS,
                              "kmsKeyArn": KEY, "kafkaSettings": {
                                  "broker": "b-1.x.kafka.me-central-1.amazonaws.com:9092", "topic": "t",
                                  "securityProtocol": "plaintext"}}),),
    ),
    Attack(  # high; Batch User Guide, "Amazon EFS volumes": transitEncryption is DISABLED by default
        "Batch job whose EFS volume is not encrypted in transit, in its JSON",
        ("FJ-ENC-402",),
        (aws("batch/JobDefinition", {
            "name": "j", "type": "container", "propagateTags": True, "tags": TAGS, "timeout": {
                "attemptDurationSeconds": 3600},
            "containerProperties": json.dumps({
                "image": IMAGE, "user": "10001", "readonlyRootFilesystem": True,
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}],
                "volumes": [{"name": "v", "efsVolumeConfiguration": {
                    "fileSystemId": "fs-1", "transitEncryption": "DISABLED"}}]})}),),
    ),
    Attack(  # medium; aws-efs-csi-driver, "Encryption in transit": the volume attribute turns it off
        "EFS volume of a cluster without encryption in transit",
        ("FJ-ENC-",),
        (k8s("core/v1:PersistentVolume", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
            "capacity": {"storage": "5Gi"}, "accessModes": ["ReadWriteMany"], "storageClassName": "",
            "csi": {"driver": "efs.csi.aws.com", "volumeHandle": "fs-1",
                    "volumeAttributes": {"encryptInTransit": "false"}}}}),),
    ),
    Attack(  # high; Glue, "Connection properties": JDBC_ENFORCE_SSL false, and Kafka without TLS
        "Glue connection to Kafka without TLS",
        ("FJ-ENC-402",),
        (aws("glue/Connection", {"name": "x", "connectionType": "KAFKA", "tags": TAGS, "connectionProperties": {
            "KAFKA_BOOTSTRAP_SERVERS": "b-1.x.kafka.me-central-1.amazonaws.com:9092", "KAFKA_SSL_ENABLED": "false"},
            "physicalConnectionRequirements": {"subnetId": "subnet-1", "securityGroupIdLists": ["sg-1"]}}),),
    ),
    Attack(  # medium; S3 User Guide, "Specifying SSE-S3": the header of an object overrides the bucket's key
        "object that asks for AES256 instead of the bucket's key",
        ("FJ-ENC-",),
        (aws("s3/BucketObjectv2", {"bucket": "b", "key": "dump.sql", "content": "x", "serverSideEncryption": "AES256",
                                   "tags": TAGS}),),
    ),
    Attack(  # high; Azure NetApp Files, "Configure NFSv4.1 Kerberos encryption": without it NFS is plaintext
        "NetApp volume with NFSv4.1 and no Kerberos",
        ("FJ-ENC-",),
        (az("netapp:CapacityPoolVolume", {
            "resourceGroupName": "g", "accountName": "a", "poolName": "p", "volumeName": "v", "location": "uaenorth",
            "tags": TAGS, "creationToken": "v", "usageThreshold": 107374182400, "protocolTypes": ["NFSv4.1"],
            "kerberosEnabled": False, "encryptionKeySource": "Microsoft.KeyVault",
            "keyVaultPrivateEndpointResourceId": f"{GROUP}/providers/Microsoft.Network/privateEndpoints/kv",
            "subnetId": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v/subnets/anf"}),),
    ),
    Attack(  # high; API Management, REST reference: protocols of an API may include http
        "API of API Management that is also served over http",
        ("FJ-ENC-",),
        (az("apimanagement:Api", {"resourceGroupName": "g", "serviceName": "s", "apiId": "a", "path": "orders",
                                  "displayName": "orders", "protocols": ["http", "https"]}),),
    ),
    Attack(  # high; Strimzi, "Listener configuration": a listener without tls carries plaintext
        "Strimzi listener without TLS",
        ("FJ-ENC-",),
        (crd("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"version": "3.9.0", "listeners": [
            {"name": "plain", "port": 9092, "type": "internal", "tls": False}]}}),),
    ),
    Attack(  # high; Traefik, "IngressRoute": without tls the router serves the plain entry point
        "Traefik IngressRoute on the plain entry point",
        ("FJ-ENC-421",),
        (crd("traefik.io/v1alpha1:IngressRoute", {"entryPoints": ["web"], "routes": [{
            "kind": "Rule", "match": "Host(`a.example.ae`)", "services": [{"name": "a", "port": 80}]}]}),),
    ),
)  # fmt: skip
