"""Attacks by the values of one chart, from Kong to Weaviate, each read in upstream (2026-11-29; FJ-ESC-124).

The files of upstream stand in `chart_values.csv`. Each value passed before,
beside what the other rows ask of the chart.
"""

from ..chart_values import release
from . import Attack

VALUES: tuple[tuple[str, str, dict[str, object]], ...] = (
    (
        "kong",
        "everybody who reaches the host changes each route of the gateway",
        {
            "admin": {
                "enabled": True,
                "type": "ClusterIP",
                "ingress": {"enabled": True, "hostname": "a.example.ae", "tls": "t"},
            }
        },
    ),
    (
        "kong",
        "passwords and routes cross the network in plain text",
        {"env": {"database": "postgres", "pg_host": "pg", "pg_ssl": "off"}},
    ),
    (
        "kong",
        "ports of the gateway are reachable from everywhere (udpProxy.type is LoadBalancer)",
        {"udpProxy": {"enabled": True}},
    ),
    ("kong", "programs of plug-ins leave their sandbox", {"env": {"untrusted_lua_sandbox_requires": "os,io"}}),
    (
        "kube-prometheus-stack",
        "a secret stands in the program and in its state",
        {"prometheus": {"extraSecret": {"data": {"auth": "monitoring:Sup3rS3cret"}}}},
    ),
    (
        "kube-prometheus-stack",
        "figures on the use go to the vendor abroad",
        {"grafana": {"grafana.ini": {"analytics": {"reporting_enabled": True}}}},
    ),
    (
        "kube-prometheus-stack",
        "settings of Grafana may have secrets in plain text",
        {"grafana": {"assertNoLeakedSecrets": False}},
    ),
    (
        "kube-prometheus-stack",
        "who writes a ConfigMap in any namespace changes what Grafana loads and whom it tells",
        {"grafana": {"sidecar": {"plugins": {"enabled": True, "searchNamespace": "ALL"}}}},
    ),
    (
        "kueue",
        "access to another cluster may run commands and need not check the server",
        {"controllerManager": {"featureGates": [{"name": "MultiKueueAllowInsecureKubeconfigs", "enabled": True}]}},
    ),
    (
        "kyverno",
        "policies do not hold for the objects of the filter",
        {"config": {"resourceFilters": ["[*/*,team-a,*]"]}},
    ),
    ("kyverno", "policies do not hold for who is on the list", {"config": {"excludeGroups": ["team-a"]}}),
    ("kyverno", "policies do not hold in the namespace", {"config": {"resourceFiltersIncludeNamespaces": ["team-a"]}}),
    (
        "linkerd-control-plane",
        "a stolen certificate of a workload stays valid for months",
        {"proxy": {"defaultInboundPolicy": "all-authenticated"}, "identity": {"issuer": {"issuanceLifetime": "8760h"}}},
    ),
    (
        "linkerd-control-plane",
        "tokens of callers stand in logs",
        {"proxy": {"defaultInboundPolicy": "all-authenticated", "logHTTPHeaders": "insecure"}},
    ),
    (
        "linkerd-control-plane",
        "tokens that are made out to the API server get certificates of the mesh",
        {"proxy": {"defaultInboundPolicy": "all-authenticated"}, "identity": {"serviceAccountTokenProjection": False}},
    ),
    (
        "litellm-helm",
        "callers without a key reach models or the administration",
        {"proxy_config": {"general_settings": {"public_routes": ["/v1/*"]}}},
    ),
    (
        "litellm-helm",
        "every caller administers keys and models",
        {"proxy_config": {"general_settings": {"master_key": None}}},
    ),
    (
        "loki",
        "a secret stands in the program and in its state",
        {"enterprise": {"enabled": True, "license": {"contents": "Sup3rS3cretValue99"}}},
    ),
    (
        "loki",
        "a user of the store has the password that the chart publishes",
        {"minio": {"enabled": True, "existingSecret": "store"}},
    ),
    (
        "longhorn",
        "backups go to a server whose place nobody knows",
        {"defaultBackupStore": {"backupTarget": "nfs://backup.evil.io:/x"}},
    ),
    (
        "minio",
        "a user of the store administers it",
        {"customCommands": [{"command": "admin policy attach myminio consoleAdmin --user ml"}]},
    ),
    (
        "minio",
        "figures and logs of the store go to the vendor abroad",
        {"environment": {"MINIO_CALLHOME_ENABLE": "on"}},
    ),
    (
        "minio",
        "the password of a user stands in the program and in its state",
        {"customCommands": [{"command": "admin user add myminio x Sup3rS3cretValue99"}]},
    ),
    ("mlflow", "figures on the use go to the vendor abroad", {"telemetry": {"enabled": True}}),
    (
        "nats",
        "messages stand in logs",
        {"config": {"merge": {"authorization": {"token": "<< $T >>"}, "debug": True, "trace": True}}},
    ),
    (
        "nats",
        "messages that were accepted are lost with their pod",
        {
            "config": {
                "merge": {"authorization": {"token": "<< $T >>"}},
                "jetstream": {"enabled": True, "fileStore": {"pvc": {"enabled": False}}},
            }
        },
    ),
    (
        "nats",
        "the key of a user stands in the program and in its state",
        {
            "natsBox": {
                "contexts": {
                    "default": {"nkey": {"contents": "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY"}}
                }
            }
        },
    ),
    (
        "nats",
        "what the rules read of sign-in and TLS is changed afterwards",
        {"config": {"patch": [{"op": "remove", "path": "/authorization"}]}},
    ),
    (
        "nats",
        "whoever is in between reads and changes messages",
        {
            "config": {
                "merge": {"authorization": {"token": "<< $T >>"}},
                "nats": {"tls": {"enabled": True, "secretName": "t", "merge": {"verify": False, "insecure": True}}},
            }
        },
    ),
    (
        "oauth2-proxy",
        "a stolen session stays valid for months",
        {"extraArgs": {"provider": "oidc", "cookie-expire": "87600h"}},
    ),
    ("oauth2-proxy", "files of the pod are served", {"config": {"upstreams": ["file:///"]}}),
    (
        "oauth2-proxy",
        "hashes of passwords stand in the program and in its state",
        {"htpasswdFile": {"enabled": True, "entries": ["a:$2y$05$abcdefghijklmnopqrstuv"]}},
    ),
    (
        "oauth2-proxy",
        "whoever reaches a page without sign-in names in a header the user that he is",
        {"extraArgs": {"provider": "oidc", "skip-auth-strip-headers": "false"}},
    ),
    ("open-webui", "chats and accounts are lost with their pod", {"persistence": {"enabled": False}}),
    (
        "open-webui",
        "chats of users go to a site of the vendor abroad",
        {"extraEnvVars": [{"name": "ENABLE_COMMUNITY_SHARING", "value": "True"}]},
    ),
    (
        "open-webui",
        "each user reaches each model",
        {"extraEnvVars": [{"name": "BYPASS_MODEL_ACCESS_CONTROL", "value": "True"}]},
    ),
    ("open-webui", "sessions never end", {"extraEnvVars": [{"name": "JWT_EXPIRES_IN", "value": "-1"}]}),
    ("open-webui", "users get shells in the cluster", {"terminals": {"enabled": True}}),
    (
        "open-webui",
        "users have the server fetch pages inside of the network",
        {"extraEnvVars": [{"name": "ENABLE_RAG_LOCAL_WEB_FETCH", "value": "True"}]},
    ),
    (
        "open-webui",
        "users run programs of their own on the server",
        {"extraEnvVars": [{"name": "USER_PERMISSIONS_WORKSPACE_TOOLS_ACCESS", "value": "True"}]},
    ),
    (
        "open-webui",
        "users send questions to each address that they name",
        {"extraEnvVars": [{"name": "ENABLE_DIRECT_CONNECTIONS", "value": "True"}]},
    ),
    ("qdrant", "figures on the use go to the vendor abroad", {"config": {"telemetry_disabled": False}}),
    (
        "qdrant",
        "files of the pod are served without a key",
        {"config": {"service": {"enable_tls": True, "static_content_dir": "/"}}},
    ),
    ("spark-operator", "the operator starts pods in every namespace", {"spark": {"jobNamespaces": [""]}}),
    (
        "spark-operator",
        "what an application says of the rights of its pods is not applied",
        {"webhook": {"enable": False}},
    ),
    ("traefik", "logs of the gateway go to the vendor abroad", {"hub": {"sendlogs": True}}),
    (
        "vault",
        "tokens and secrets cross the network in plain text",
        {"injector": {"externalVaultAddr": "http://vault.other.svc:8200"}},
    ),
    (
        "vcluster",
        "objects of the tenant are lost with their pod",
        {
            "telemetry": {"enabled": False},
            "controlPlane": {"statefulSet": {"persistence": {"volumeClaim": {"enabled": False}}}},
        },
    ),
    (
        "vcluster",
        "pods of the tenant reach services outside of their cluster by name",
        {"telemetry": {"enabled": False}, "networking": {"advanced": {"fallbackHostCluster": True}}},
    ),
    (
        "vcluster",
        "pods of the tenant read folders of the machines",
        {"controlPlane": {"hostPathMapper": {"enabled": True}}},
    ),
    (
        "vcluster",
        "tenants make objects of the kind outside of their cluster",
        {"experimental": {"genericSync": {"export": [{"apiVersion": "v1", "kind": "Secret"}]}}},
    ),
    ("weaviate", "figures on the use go to the vendor abroad", {"env": {"DISABLE_TELEMETRY": "false"}}),
)

ATTACKS = tuple(
    Attack(f"{chart}: {harm}", ("FJ-ESC-124",), (release(chart, values),), "major", f"{harm} (values.yaml of {chart})")
    for chart, harm, values in VALUES
)
