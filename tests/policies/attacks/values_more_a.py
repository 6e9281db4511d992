"""Attacks by the values of one chart, from Airflow to JupyterHub, each read in upstream (2026-11-29; FJ-ESC-124).

The files of upstream stand in `chart_values.csv`. Each value passed before,
beside what the other rows ask of the chart.
"""

from ..chart_values import release
from . import Attack

VALUES: tuple[tuple[str, str, dict[str, object]], ...] = (
    (
        "airflow",
        "examples of upstream run what whoever starts them writes",
        {"config": {"core": {"load_examples": "True"}}},
    ),
    (
        "airflow",
        "figures on the use go to the vendor abroad",
        {"config": {"usage_data_collection": {"enabled": "True"}}},
    ),
    (
        "airflow",
        "pages of strangers call the server as whoever opens them",
        {"config": {"api": {"access_control_allow_origins": "*"}}},
    ),
    (
        "airflow",
        "passwords of connections stand on pages and in logs",
        {"config": {"core": {"hide_sensitive_var_conn_fields": "False"}}},
    ),
    (
        "airflow",
        "passwords of users stand in a file of the server, which upstream advises for trials only",
        {
            "config": {
                "core": {
                    "auth_manager": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"
                }
            }
        },
    ),
    (
        "airflow",
        "the password of a user stands in the program and in its state",
        {"createUserJob": {"args": ["bash", "-c", "airflow users create -r Admin -p Sup3rS3cretValue99"]}},
    ),
    (
        "airflow",
        "the password of the database crosses the network in plain text (sslmode is disable)",
        {"postgresql": {"enabled": False}, "data": {"metadataConnection": {"host": "pg.data.svc", "user": "airflow"}}},
    ),
    (
        "airflow",
        "whoever is in between changes workflows, which are programs (without knownHosts no server is checked)",
        {"dags": {"gitSync": {"enabled": True, "repo": "git@git.x.svc:a", "knownHosts": ""}}},
    ),
    (
        "airflow",
        "workflows, which are programs, cross the network in plain text",
        {"dags": {"gitSync": {"enabled": True, "repo": "http://git.x.svc/a.git"}}},
    ),
    (
        "argo-cd",
        "a secret stands in the program and in its state",
        {"configs": {"secret": {"githubSecret": "Sup3rS3cretValue99"}}},
    ),
    ("argo-cd", "a stolen session stays valid for days", {"configs": {"cm": {"users.session.duration": "8760h"}}}),
    (
        "argo-cd",
        "names of applications and their failures go to the vendor abroad",
        {"notifications": {"notifiers": {"service.slack": "token: $slack-token\n"}}},
    ),
    (
        "argo-cd",
        "signatures of commits are not checked",
        {"controller": {"env": [{"name": "ARGOCD_GPG_ENABLED", "value": "false"}]}},
    ),
    (
        "argo-cd",
        "tokens and what is deployed cross the network in plain text",
        {"repoServer": {"extraArgs": ["--disable-tls"]}},
    ),
    (
        "argo-cd",
        "whoever is in between changes what Argo CD deploys",
        {"configs": {"repositories": {"x": {"url": "https://git.x.svc/a", "insecure": "true"}}}},
    ),
    (
        "argo-cd",
        "whoever reaches the port reads the memory of the program",
        {"configs": {"params": {"server.profile.enabled": "true"}}},
    ),
    (
        "argo-workflows",
        "passwords and workflows cross the network in plain text",
        {
            "controller": {
                "persistence": {"postgresql": {"host": "pg", "ssl": False, "sslMode": "disable"}, "archive": True}
            }
        },
    ),
    (
        "argo-workflows",
        "who writes a ConfigMap has containers beside the agent of each workflow",
        {"controller": {"extraArgs": ["--executor-plugins"]}},
    ),
    (
        "aws-for-fluent-bit",
        "files of the machine go where logs go",
        {"cloudWatchLogs": {"region": "me-central-1"}, "input": {"path": "/etc/*"}},
    ),
    (
        "backstage",
        "what is recorded is lost with its pod",
        {"backstage": {"appConfig": {"backend": {"database": {"client": "better-sqlite3", "connection": ":memory:"}}}}},
    ),
    (
        "backstage",
        "who registers a file makes himself a member of each group",
        {"backstage": {"appConfig": {"catalog": {"rules": [{"allow": ["User", "Group"]}]}}}},
    ),
    (
        "capsule",
        "members of the group are not held to their tenant",
        {
            "webhooks": {"hooks": {"config": {"failurePolicy": "Fail"}}},
            "manager": {"options": {"ignoreUserWithGroups": ["team-a"]}},
        },
    ),
    (
        "capsule",
        "what the tenant forbids is checked for nobody",
        {
            "webhooks": {
                "hooks": {"config": {"failurePolicy": "Fail"}},
                "matchConditions": [{"name": "none", "expression": "false"}],
            }
        },
    ),
    (
        "cert-manager",
        "who approves requests for certificates elsewhere is not checked",
        {"webhook": {"validatingWebhookConfiguration": {"namespaceSelector": {"matchLabels": {"check": "yes"}}}}},
    ),
    (
        "cilium",
        "callers say themselves from which address they come",
        {"ingressController": {"enabled": True, "service": {"type": "ClusterIP"}, "useRemoteAddress": False}},
    ),
    ("cilium", "each start of an agent cuts the connections of its machine", {"cleanState": True}),
    ("cilium", "no network policy holds", {"extraConfig": {"enable-policy": "never"}}),
    (
        "cilium",
        "policies let in pods of other clusters with the same labels",
        {"clustermesh": {"policyDefaultLocalCluster": False}},
    ),
    (
        "cilium",
        "the agents read each secret of the cluster",
        {"tls": {"secretSync": {"enabled": True}, "readSecretsOnlyFromSecretsNamespace": False}},
    ),
    (
        "cilium",
        "tokens of callers stand in records of calls",
        {"hubble": {"redact": {"enabled": True, "http": {"headers": {"allow": ["authorization"]}}}}},
    ),
    (
        "dask",
        "packages are loaded from the internet at each start",
        {"worker": {"env": [{"name": "EXTRA_PIP_PACKAGES", "value": "s3fs"}]}},
    ),
    ("dex", "a stolen token stays valid for days", {"config": {"expiry": {"idTokens": "8760h"}}}),
    (
        "dex",
        "hashes of passwords stand in the program and in its state",
        {
            "config": {
                "enablePasswordDB": True,
                "staticPasswords": [
                    {"email": "a@b", "hash": "$2a$10$2b2cU8CPhOTaGrs1HRQuAueS7JTT5ZHsHSzYiFPm1leZck7Mc8T4W"}
                ],
            }
        },
    ),
    (
        "dex",
        "passwords cross the network in plain text",
        {"config": {"connectors": [{"type": "keystone", "config": {"keystoneHost": "http://k"}}]}},
    ),
    (
        "external-dns",
        "keys of the zone stand in the program and in its state",
        {"secretConfiguration": {"enabled": True, "data": {"x": "Sup3rS3cretValue99"}}},
    ),
    (
        "gatekeeper",
        "no constraint holds in the namespaces with the label",
        {"validatingWebhookExemptNamespacesLabels": {"team": ["a"]}},
    ),
    (
        "ingress-nginx",
        "a host of its own answers past the ingresses and their sign-in",
        {
            "controller": {
                "config": {
                    "http-snippet": "server { listen 18080; location / { proxy_pass https://kubernetes.default.svc; } }"
                }
            }
        },
    ),
    (
        "ingress-nginx",
        "annotations of teams put text of their own into the settings of nginx",
        {"controller": {"config": {"allow-snippet-annotations": "true", "annotations-risk-level": "Critical"}}},
    ),
    (
        "ingress-nginx",
        "callers say themselves from which address they come (proxy-real-ip-cidr is 0.0.0.0/0)",
        {"controller": {"config": {"use-forwarded-headers": "true"}}},
    ),
    (
        "ingress-nginx",
        "settings of nginx in annotations are not looked through",
        {"controller": {"extraArgs": {"deep-inspect": "false"}}},
    ),
    (
        "istiod",
        "a stolen certificate of a workload stays valid for months",
        {"env": {"CITADEL_SELF_SIGNED_CA_CERT_TTL": "87600h", "MAX_WORKLOAD_CERT_TTL": "8760h"}},
    ),
    (
        "istiod",
        "tokens that never end and are made out to nobody get certificates of the mesh",
        {"global": {"jwtPolicy": "first-party-jwt"}},
    ),
    (
        "jupyterhub",
        "each user reads and writes the files of the others",
        {"singleuser": {"storage": {"static": {"pvcName": "shared", "subPath": ""}}}},
    ),
    (
        "jupyterhub",
        "everybody in the network reaches the port past the proxy",
        {"singleuser": {"networkPolicy": {"allowedIngressPorts": [8888]}}},
    ),
    ("jupyterhub", "notebooks hold machines and GPUs that nobody uses", {"cull": {"enabled": False}}),
    (
        "jupyterhub",
        "notebooks reach every address of the network and the credentials of machines",
        {"singleuser": {"networkPolicy": {"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]}}},
    ),
    (
        "jupyterhub",
        "notebooks reach every program and database of the network",
        {"singleuser": {"networkPolicy": {"egressAllowRules": {"privateIPs": True}}}},
    ),
    (
        "jupyterhub",
        "who may sign in and whose notebooks run is lost with the pod",
        {"hub": {"db": {"type": "sqlite-memory"}}},
    ),
)

ATTACKS = tuple(
    Attack(f"{chart}: {harm}", ("FJ-ESC-124",), (release(chart, values),), "major", f"{harm} (values.yaml of {chart})")
    for chart, harm, values in VALUES
)
