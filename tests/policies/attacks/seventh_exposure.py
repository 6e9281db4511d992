"""Attacks that open or lay bare by omissions, constants and defaults of programs (2026-11-28)."""

from collections.abc import Mapping
from types import MappingProxyType

from ..blind import GROUP, KEY, ME, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import UNKNOWN, Given
from . import Attack

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ENC-", "FJ-ESC-")
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
NOBODY_ASKED = "whoever reaches the pod reads and writes everything, without a password"
NODE = """MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  kubelet:
    config:
      authentication: {anonymous: {enabled: true}}
      authorization: {mode: AlwaysAllow}
--x--
"""


def _program(
    *args: str, command: tuple[str, ...] = (), settings: Mapping[str, str] = MappingProxyType({}), **env: str
) -> tuple[Given, ...]:
    """Returns a deployment of one compliant pod whose program has arguments, a command and variables.

    `settings` are variables whose names are no names of Python.
    """
    variables = {**env, **settings}
    container: dict[str, object] = {"env": [{"name": key, "value": value} for key, value in variables.items()]}
    container |= {"args": list(args)} if args else {}
    container |= {"command": list(command)} if command else {}
    return (workload("apps/v1:Deployment", container, replicas=1),)


def _outside_the_mesh(**labels: str) -> tuple[Given, ...]:
    """Returns a deployment of one compliant pod with labels of the mesh."""
    return (k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {
        "replicas": 2, "selector": {"matchLabels": {"app": "x"}},
        "template": {"metadata": {"labels": {**TAGS, "app": "x", **labels}}, "spec": pod({})}}}),)  # fmt: skip


ATTACKS = (
    Attack("a pod opens a tunnel that is a command of an editor", EXP, _program(
        command=("code", "tunnel", "--accept-server-license-terms", "--name", "team-a")),
        "critical", "whoever has the account has a shell in the network, by Microsoft's relay (Visual Studio Code, "
        "'Remote Tunnels')"),
    Attack("nodes of a group open ssh to everybody by an omission", EXP, (aws("eks/NodeGroup", {
        "clusterName": "bank", "nodeGroupName": "system", "nodeRoleArn": f"arn:aws:iam::{ME}:role/node",
        "subnetIds": ["subnet-1"], "scalingConfig": {"minSize": 1, "desiredSize": 1, "maxSize": 2}, "tags": TAGS,
        "instanceTypes": ["m7g.large"], "remoteAccess": {"ec2SshKey": "ops"}}),),
        "critical", "without source security groups port 22 is open to 0.0.0.0/0 (EKS API, RemoteAccessConfig)"),
    Attack("images of the account may be made public", EXP, (aws("ec2/ImageBlockPublicAccess", {
        "state": "unblocked"}),), "major", "disks with programs and keys are one call from everybody"),
    Attack("machines of the account take requests for credentials without a token", EXP, (
        aws("ec2/InstanceMetadataDefaults", {"httpEndpoint": "enabled", "httpTokens": "optional",
                                             "httpPutResponseHopLimit": 2}),),
        "major", "a forged request of an app reads the credentials of its machine (Amazon EC2, IMDSv2)"),
    Attack("the serial console of every machine is on", EXP, (aws("ec2/SerialConsoleAccess", {"enabled": True}),),
        "major", "a shell of a machine passes by every security group (Amazon EC2, 'EC2 Serial Console')"),
    Attack("the material of a key ends in a week", (*EXP, "FJ-RSL-"), (aws("kms/ExternalKey", {
        "description": "vaults", "enabled": True, "deletionWindowInDays": 30, "tags": TAGS,
        "keyMaterialBase64": UNKNOWN, "validTo": "2026-12-05T00:00:00Z"}),),
        "critical", "KMS deletes the material, and nothing encrypted with it can be read (AWS KMS, 'Importing key "
        "material', expiration)"),
    Attack("a line to the data centre is given to whoever has a key", EXP, (
        az("network:ExpressRouteCircuitAuthorization", {**RG, "circuitName": "er-dc", "authorizationName": "guest"}),),
        "major", "a network of another subscription joins the data centre (ExpressRoute, 'Circuit authorizations')"),
    Attack("a firewall inspects nothing, by one line of exceptions", EXP, (az("network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "fwp", "threatIntelMode": "Deny", "sku": {"tier": "Premium"},
        "intrusionDetection": {"mode": "Deny", "configuration": {"bypassTrafficSettings": [{
            "name": "fast", "protocol": "ANY", "sourceAddresses": ["*"], "destinationAddresses": ["*"],
            "destinationPorts": ["*"]}]}}}),),
        "critical", "the mode is Deny, and no packet is looked at (Azure Firewall Premium, 'IDPS bypass list')"),
    Attack("shares accept an old protocol with guessable passwords", EXP, (az("storage:FileServiceProperties", {
        **RG, "accountName": "stbank", "fileServicesName": "default", "protocolSettings": {"smb": {
            "versions": "SMB2.1;SMB3.1.1", "authenticationMethods": "NTLMv2;Kerberos",
            "kerberosTicketEncryption": "RC4-HMAC;AES-256", "channelEncryption": "AES-256-GCM"}},
        "shareDeleteRetentionPolicy": {"enabled": True, "days": 14}}),),
        "major", "SMB 2.1 has no encryption, and NTLMv2 is the account's key (Azure Files, 'SMB security settings')"),
    Attack("an app excepts every path from certificates of clients", EXP, (az("web:WebApp", {
        **HERE, "name": "app", "kind": "app,linux", "serverFarmId": f"{OURS}.Web/serverfarms/asp", "httpsOnly": True,
        "identity": {"type": "SystemAssigned"}, "publicNetworkAccess": "Disabled", "clientCertEnabled": True,
        "clientCertMode": "Required", "clientCertExclusionPaths": "/", "siteConfig": {
            "linuxFxVersion": "PYTHON|3.13", "minTlsVersion": "1.2", "scmMinTlsVersion": "1.2",
            "ftpsState": "Disabled", "http20Enabled": True, "vnetRouteAllEnabled": True, "alwaysOn": True}}),),
        "major", "certificates are required, and nobody is asked for one (App Service, 'TLS mutual authentication', "
        "exclusion paths)"),
    Attack("a policy of a model filters nothing", EXP, (az("cognitiveservices:RaiPolicy", {
        **RG, "accountName": "ai-bank", "raiPolicyName": "open", "properties": {
            "basePolicyName": "Microsoft.DefaultV2", "mode": "Asynchronous_filter", "contentFilters": [
                {"name": name, "blocking": False, "enabled": False, "severityThreshold": "High", "source": source}
                for name in ("Jailbreak", "Hate") for source in ("Prompt",)]}}),),
        "major", "prompts that take the model over reach it (Azure OpenAI, 'Content filtering')"),
    Attack("requests of payments are mirrored to a service of another team", EXP, (
        crd("networking.istio.io/v1:VirtualService", {
            "hosts": ["payments"], "http": [{
                "route": [{"destination": {"host": "payments"}}],
                "mirror": {"host": "debug.team-b.svc.cluster.local", "port": {"number": 8080}},
                "mirrorPercentage": {"value": 100}}]}),),
        "critical", "the other tenant has each body and each token of the callers (Istio, 'Mirroring')"),
    Attack("pods of payments are not in the mesh, by a label", EXP, _outside_the_mesh(
        **{"sidecar.istio.io/inject": "false", "istio.io/dataplane-mode": "none"}),
        "major", "no policy of the mesh applies to them, and calls are in plaintext (Istio, 'Resource labels')"),
    Attack("a store in memory asks for no password", EXP, _program(
        "--protected-mode", "no", "--bind", "*", "--save", "", command=("valkey-server",)),
        "critical", f"{NOBODY_ASKED} (Valkey, valkey.conf, protected-mode)"),
    Attack("a notebook takes callers without a token", EXP, _program(
        "start-notebook.py", "--ServerApp.token=", "--ServerApp.password=", "--ServerApp.allow_origin=*"),
        "critical", "whoever reaches the pod runs programs with its rights (Jupyter Server, 'Security')"),
    Attack("vectors of documents are open by a variable", EXP, _program(
        AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED="true", PERSISTENCE_DATA_PATH="/var/lib/weaviate"),
        "critical", f"{NOBODY_ASKED} (Weaviate, 'Authentication', anonymous access)"),
    Attack("a search cluster has its security off by a variable", EXP, _program(
        settings={"discovery.type": "single-node", "xpack.security.enabled": "false"}),
        "critical", f"{NOBODY_ASKED}, over plain HTTP (Elasticsearch, 'Security settings')"),
    Attack("an app serves a console of its debugger", EXP, _program(
        "run", "--host=0.0.0.0", command=("flask",), FLASK_APP="orders", FLASK_DEBUG="1"),
        "major", "an error page runs what its reader types (Werkzeug, 'Debugging Applications')"),
    Attack("a service in Java serves its memory and its settings", EXP, _program(
        MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE="*", MANAGEMENT_ENDPOINT_ENV_SHOW_VALUES="ALWAYS",
        MANAGEMENT_ENDPOINT_HEAPDUMP_ACCESS="UNRESTRICTED"),
        "critical", "/actuator/heapdump and /actuator/env have passwords, keys and rows (Spring Boot, 'Endpoints')"),
    Attack("nodes run commands in pods for everybody", EXP, (k8s("karpenter.k8s.aws/v1:EC2NodeClass", {
        "metadata": {"name": "general", "labels": TAGS}, "spec": {
            "role": "bank-node", "amiSelectorTerms": [{"alias": "al2023@v20261101"}], "tags": TAGS,
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}], "userData": NODE,
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}, "blockDeviceMappings": [{
                "deviceName": "/dev/xvda", "ebs": {"encrypted": True, "kmsKeyID": KEY, "volumeSize": "80Gi",
                                                   "volumeType": "gp3"}}]}}),),
        "critical", "the kubelet asks nobody who he is and lets him do everything (Kubernetes, 'Kubelet "
        "authentication/authorization')"),
    Attack("nobody who is anonymous is denied anything by a broker", EXP, (crd("kafka.strimzi.io/v1beta2:Kafka", {
        "kafka": {"version": "4.1.0", "replicas": 3, "listeners": [
            {"name": "tls", "port": 9093, "type": "internal", "tls": True}],
            "authorization": {"type": "simple", "superUsers": ["ANONYMOUS"]},
            "storage": {"type": "persistent-claim", "size": "50Gi", "class": "encrypted", "deleteClaim": False},
            "template": {"pod": {"metadata": {"labels": TAGS}}}}}),),
        "critical", "clients without a certificate are ANONYMOUS, and super users pass every list (Strimzi, "
        "KafkaAuthorizationSimple)"),
    Attack("a server of models takes models from every caller", EXP, _program(
        "--start", "--disable-token-auth", "--enable-model-api", command=("torchserve",),
        TS_ALLOWED_URLS=".*", TS_INFERENCE_ADDRESS="http://0.0.0.0:8080", TS_MANAGEMENT_ADDRESS="http://0.0.0.0:8081"),
        "critical", "a registered archive is a program that runs (TorchServe, 'Token authorization API'; "
        "CVE-2023-43654)"),
    Attack("the dashboard of the cluster asks nobody to sign in", EXP, _program(
        "--enable-skip-login", "--disable-settings-authorizer", "--enable-insecure-login", "--insecure-port=9090"),
        "critical", "every visitor acts as the dashboard's account (Kubernetes Dashboard, 'Dashboard arguments')"),
    Attack("every host may send mail as the bank", EXP, (aws("route53/Record", {
        "zoneId": "Z0123456789ABCDEFGHIJ", "name": "example.ae", "type": "TXT", "ttl": 300,
        "records": ["v=spf1 +all"]}, "spf"), aws("route53/Record", {
            "zoneId": "Z0123456789ABCDEFGHIJ", "name": "_dmarc.example.ae", "type": "TXT", "ttl": 300,
            "records": ["v=DMARC1; p=none"]}, "dmarc")),
        "major", "letters of fraudsters to customers pass as the bank's (RFC 7208, section 5.1)"),
    Attack("the API of workflows asks nobody to sign in", EXP, _program(
        "webserver", command=("airflow",), AIRFLOW__API__AUTH_BACKENDS="airflow.api.auth.backend.default"),
        "critical", "whoever reaches the service runs workflows and reads connections (Apache Airflow, 'API "
        "Authentication', default backend)"),
)  # fmt: skip
