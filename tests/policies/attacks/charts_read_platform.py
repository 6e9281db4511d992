"""Attacks by values of charts of platforms, read key by key, and by what they do unless a value differs (2026-11-29).

Sources: values.yaml of jenkinsci/helm-charts 22055414 (charts/jenkins), hashicorp/consul-k8s a507b1d1, bitnami/charts
5165628a (etcd), envoyproxy/gateway d32f2829 and project-zot/helm-charts b4760c26; read 2026-11-29. Each passed before.
"""

import json

from ..chart_values import release, with_value, without
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
JENKINS = {"controller": {"admin": {"createSecret": False, "existingSecret": "jenkins-admin"}}}
CONSUL = {"global": {
    "tls": {"enabled": True, "enableAutoEncrypt": True}, "acls": {"manageSystemACLs": True},
    "gossipEncryption": {"autoGenerate": True}}}  # fmt: skip
ETCD = {
    "replicaCount": 3, "persistence": {"enabled": True}, "auth": {
        "rbac": {"create": True, "allowNoneAuthentication": False, "existingSecret": "etcd"},
        "client": {"secureTransport": True, "enableAuthentication": True, "existingSecret": "etcd-tls"},
        "peer": {"secureTransport": True, "enableAuthentication": True, "existingSecret": "etcd-tls"}}}  # fmt: skip
GATEWAY = {"config": {"envoyGateway": {"provider": {"type": "Kubernetes"}}}}
ZOT_HTTP = {
    "address": "0.0.0.0", "port": "5000", "auth": {"htpasswd": {"path": "/etc/zot/htpasswd"}},  # noqa: S104
    "accessControl": {"repositories": {"**": {
        "policies": [{"groups": ["ml"], "actions": ["read", "create"]}], "defaultPolicy": []}}}}  # fmt: skip


def _zot(path: str = "", value: object = None, **more: object) -> dict[str, object]:
    config = {"storage": {"rootDirectory": "/var/lib/registry"}, "http": ZOT_HTTP, **more}
    return {"service": {"type": "ClusterIP"}, "mountConfig": True, "configFiles": {
        "config.json": json.dumps(with_value(config, path, value) if path else config)}}  # fmt: skip


def _attack(name: str, chart: str, values: dict[str, object], harm: str, severity: str = "critical") -> Attack:
    return Attack(name, OPEN, (release(chart, values),), severity, f"{harm} (values.yaml of the chart)")


def _jenkins(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "jenkins", with_value(JENKINS, path, value), harm, severity)


def _consul(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "consul", with_value(CONSUL, path, value), harm, severity)


def _agent(name: str, harm: str, **settings: object) -> Attack:
    return _consul(name, "server/extraConfig", json.dumps(settings), harm)


_PIPELINES = "whoever writes a pipeline has the keys of each"
_EVERYBODY = "whoever reaches the page has the keys of each pipeline"
_MATRIX = """jenkins:
  authorizationStrategy:
    globalMatrix:
      entries:
      - user:
          name: anonymous
          permissions: [Job/Build, Job/Read]
"""
_POD = "apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n"
_DAEMON = "admin:\n  address:\n    socket_address:\n      address: 0.0.0.0\n      port_value: 9901\n"

ATTACKS = (
    _jenkins("Jenkins listens on its machine", "controller/hostNetworking", True, "it is past policies of the network"),
    _jenkins("builds of Jenkins have the network of their machine", "agent/hostNetworking", True,
             "each build reaches the metadata of the machine"),
    _jenkins("pages of others start builds of Jenkins", "controller/csrf/defaultCrumbIssuer/enabled", False,
             "a page acts in the name of its reader", "major"),
    _jenkins("whoever reaches Jenkins signs himself up", "controller/JCasC/securityRealm",
             "local:\n  allowsSignup: true\n", "users may do everything"),
    _jenkins("Jenkins asks nobody without the settings of its chart", "controller/JCasC/defaultConfig", False,
             _EVERYBODY),
    _jenkins("keys of Jenkins' users never end", "controller/JCasC/security/apiToken/creationOfLegacyTokenEnabled",
             True, "who copies one is let in for good", "major"),
    _jenkins("descriptions of jobs run scripts", "controller/enableRawHtmlMarkupFormatter", True,
             "whoever writes one acts in the name of its readers", "major"),
    _jenkins("pipelines start programs in the controller of Jenkins", "controller/scriptApproval",
             ["staticMethod java.lang.Runtime getRuntime", "method java.lang.Runtime exec java.lang.String"],
             _PIPELINES),
    _jenkins("a script of the start switches the sign-in of Jenkins off", "controller/initScripts",
             {"start": "import jenkins.model.Jenkins\nJenkins.instance.disableSecurity()\n"}, _EVERYBODY),
    _jenkins("an option of Java ends the sandbox of pipelines", "controller/javaOpts",
             "-Dpermissive-script-security.enabled=no_security", _PIPELINES),
    _jenkins("a plug-in ends the sandbox of pipelines", "controller/additionalPlugins",
             ["permissive-script-security:0.7"], _PIPELINES),
    _jenkins("files of builds run scripts in Jenkins", "controller/javaOpts",
             "-Dhudson.model.DirectoryBrowserSupport.CSP=", "a build acts in the name of who looks at it", "major"),
    _jenkins("a password of pipelines is in the values of Jenkins", "controller/additionalSecrets",
             [{"name": "nexus-password", "value": "Sup3rS3cret" + "Nexus"}], "whoever reads the values has it"),
    _jenkins("callers without a name start builds", "controller/JCasC/configScripts", {"rights": _MATRIX}, _EVERYBODY),
    _jenkins("a template of builds takes the network of the machine", "agent/yamlTemplate", _POD,
             "each build reaches the metadata of the machine"),
    _jenkins("builds run in the controller of Jenkins", "controller/numExecutors", 4,
             "whoever pushes a branch reads the keys of each pipeline"),
    _jenkins("Jenkins takes passwords in plain text", "controller/ingress",
             {"enabled": True, "hostName": "jenkins.example.ae"}, "whoever is in between signs in with them"),
    _jenkins("calls of a forge reach Jenkins in plain text", "controller/secondaryingress", {
        "enabled": True, "hostName": "hooks.example.ae", "paths": ["/github-webhook"]}, "tokens are read", "major"),
    _jenkins("a port of Jenkins is open on its machine", "controller/agentListenerHostPort", 50000,
             "it is past policies of the network", "major"),
    _jenkins("the password of Jenkins' administrator is an argument", "controller/jenkinsOpts",
             "--argumentsRealm.passwd.admin=admin --argumentsRealm.roles.admin=admin", _EVERYBODY),
    _attack("Consul asks nobody for a token by default", "consul", without(CONSUL, "global/acls"),
            "each pod says which services may call which"),
    _attack("Consul has no TLS by default", "consul", without(CONSUL, "global/tls"), "tokens are read"),
    _attack("each pod joins the cluster of Consul by default", "consul", without(CONSUL, "global/gossipEncryption"),
            "a member reads where services are", "major"),
    _consul("Consul serves plain text beside TLS", "global/tls/httpsOnly", False, "tokens are read"),
    _consul("Consul serves its memory", "server/enableAgentDebug", True, "tokens stand in it", "major"),
    _consul("the page of Consul has a host without TLS", "ui/ingress", {
        "enabled": True, "hosts": [{"host": "consul.example.ae"}]}, "tokens are read"),
    _consul("the internet reaches the servers of Consul", "server/exposeService/enabled", True,
            "a token that leaked is enough"),
    _consul("the internet reaches the gateway of the mesh", "meshGateway/enabled", True, "each service is reached"),
    _consul("pods start without their proxy when Consul is gone", "connectInject/failurePolicy", "Ignore",
            "no right of the mesh counts for them", "major"),
    _consul("callers pass by the proxies of Consul", "connectInject/transparentProxy/defaultEnabled", False,
            "no right of the mesh counts", "major"),
    _consul("ports of Consul are open on every node", "server/exposeGossipAndRPCPorts", True,
            "they are past policies of the network", "major"),
    _agent("who registers a service runs programs on the servers of Consul", "its check is a program",
           enable_script_checks=True),
    _agent("Consul takes calls without a certificate", "whoever is in between is a server", verify_incoming=False),
    _agent("any certificate is a server of Consul", "a client becomes the server",
           tls={"internal_rpc": {"verify_server_hostname": False}}),
    _agent("callers without a token have one of Consul's", "it stands in the values",
           acl={"tokens": {"default": "0d1f3c2b-1111-4c4c-9a9a-abcdefabcdef"}}),
    _consul("figures of Consul go to its vendor", "telemetryCollector", {"enabled": True, "cloud": {
        "resourceId": {"secretName": "hcp", "secretKey": "id"}}}, "the names of services leave the country"),
    _attack("keys of etcd are lost with its pod", "etcd", with_value(ETCD, "persistence/enabled", False),
            "what others keep there is gone", "major"),
    _attack("the containers of etcd become root", "etcd", with_value(ETCD, "containerSecurityContext/enabled", False),
            "a break-out ends at the machine", "major"),
    _attack("etcd serves plain text beside TLS", "etcd", with_value(ETCD, "extraEnvVars", [
        {"name": "ETCD_LISTEN_CLIENT_HTTP_URLS", "value": "http://0.0.0.0:2381"}]), "keys are read"),
    _attack("policies of Envoy Gateway run any program in Lua", "gateway-helm", with_value(
        GATEWAY, "config/envoyGateway/envoyProxy/luaValidation", "Disabled"), "who writes one reads each call"),
    _attack("every pod changes the proxies of Envoy Gateway", "gateway-helm", with_value(
        GATEWAY, "config/envoyGateway/envoyProxy/bootstrap", {"type": "Replace", "value": _DAEMON}),
        "its administration has no sign-in"),
    _attack("the registry zot asks nobody who he is by default", "zot", {"service": {"type": "ClusterIP"}},
            "each pod replaces images"),
    _attack("the port of zot is open on every node by default", "zot", without(_zot(), "service"),
            "it is past policies of the network", "major"),
    _attack("callers without a name replace images in zot", "zot", _zot("http/accessControl/repositories", {
        "**": {"anonymousPolicy": ["read", "create", "update"]}}), "each pod replaces images"),
    _attack("each user replaces images of others in zot", "zot", _zot("http/accessControl/repositories", {
        "**": {"defaultPolicy": ["read", "create", "update", "delete"]}}), "they run with the rights of others"),
    _attack("zot sends passwords to the directory in plain text", "zot", _zot("http/auth/ldap", {
        "address": "ldap.auth.svc", "port": 389, "startTLS": False, "insecure": True}), "passwords are read"),
    _attack("pages of every host use zot in the name of its user", "zot", _zot("http/allowOrigin", "*"),
            "they read images", "major"),
    _attack("zot has the users of its chart", "zot", {**_zot(), "mountSecret": True},
            "everybody knows the password of its administrator"),
    _attack("images of zot go to another cloud", "zot", _zot("storage/storageDriver", {"name": "gcs", "bucket": "b"}),
            "models leave the country"),
)  # fmt: skip
