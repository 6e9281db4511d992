"""Kinds of projects by which a controller acts for whoever writes them, as their definitions of 2026-08 have them.

Groups and kinds are those of the CustomResourceDefinitions in the repositories that `controller_rights` names.
"""

import pytest

from .blind import cluster_role
from .harness import Pack, blocking

PACK = Pack()
BY_SCHEMA = {
    "agent.k8s.elastic.co": "agents", "beat.k8s.elastic.co": "beats", "kibana.k8s.elastic.co": "kibanas",
    "logstash.k8s.elastic.co": "logstashes", "amd.com": "deviceconfigs", "deviceplugin.intel.com": "gpudeviceplugins",
    "cluster.redpanda.com": "redpandabrokerpools", "redpanda.vectorized.io": "clusters",
    "disaggregatedset.x-k8s.io": "disaggregatedsets", "flow.volcano.sh": "jobtemplates", "jaegertracing.io": "jaegers",
    "gateway-operator.konghq.com": "dataplanes", "goharbor.io": "harborclusters", "milvus.io": "milvuses",
    "inference.llmaz.io": "services", "logging-extensions.banzaicloud.io": "hosttailers", "minio.min.io": "tenants",
    "ollama.ayaka.io": "models", "ome.io": "inferenceservices", "opensearch.org": "opensearchusers",
    "opensearch.opster.io": "opensearchclusters", "orchestration.aibrix.ai": "stormservices",
    "pgv2.percona.com": "perconapgclusters", "postgres-operator.crunchydata.com": "postgresclusters",
    "production-stack.vllm.ai": "vllmrouters", "redis.redis.opstreelabs.in": "redisclusters",
    "serving.yatai.ai": "bentodeployments", "sinks.knative.dev": "jobsinks", "kaito.sh": "modelmirrors",
    "mongodb.com": "mongodbusers", "sailoperator.io": "istios", "clickhouse.altinity.com": "clickhouseinstallations",
}  # fmt: skip
"""Group -> a kind whose schema has pods, their accounts or images, or the users of a store."""
BY_MEANING = (
    ("velero.io", "backups"), ("velero.io", "schedules"), ("velero.io", "deletebackuprequests"),
    ("trust-manager.io", "clusterbundles"), ("authentication.concierge.pinniped.dev", "jwtauthenticators"),
    ("idp.supervisor.pinniped.dev", "oidcidentityproviders"), ("config.openshift.io", "oauths"),
    ("operator.openshift.io", "networks"), ("operator.tigera.io", "installations"),
    ("provisioning.cattle.io", "clusters"), ("rke.cattle.io", "rkeclusters"), ("catalog.cattle.io", "clusterrepos"),
    ("kubesphere.io", "installplans"), ("config.karmada.io", "resourceinterpretercustomizations"),
    ("operator.karmada.io", "karmadas"), ("policies.kyverno.io", "namespacedvalidatingpolicies"),
    ("extensions.istio.io", "trafficextensions"), ("dapr.io", "components"), ("kuma.io", "meshproxypatches"),
    ("security.kubearmor.com", "kubearmorhostpolicies"), ("policy.linkerd.io", "serverauthorizations"),
    ("metallb.io", "ipaddresspools"), ("metallb.io", "l2advertisements"), ("frrk8s.metallb.io", "frrconfigurations"),
    ("projectcalico.org", "bgpfilters"), ("projectcalico.org", "tiers"), ("externaldns.k8s.io", "dnsrecords"),
    ("externaldns.nginx.org", "dnsendpoints"), ("consul.hashicorp.com", "serviceresolvers"),
    ("k8s.nginx.org", "virtualservers"), ("traefik.io", "ingressroutetcps"), ("apisix.apache.org", "apisixroutes"),
    ("configuration.konghq.com", "kongconsumers"), ("zalando.org", "routegroups"), ("route.openshift.io", "routes"),
    ("workload.linkerd.io", "externalworkloads"), ("secrets.hashicorp.com", "csisecrets"),
    ("access.strimzi.io", "kafkaaccesses"), ("rabbitmq.com", "federations"), ("postgresql.cnpg.io", "databaseroles"),
    ("scheduling.run.ai", "queues"), ("kueue.x-k8s.io", "resourceflavors"), ("autoscaling.x-k8s.io", "capacityquotas"),
    ("ingress.v3.haproxy.org", "globals"),
)  # fmt: skip
ORDINARY = (
    ("monitoring.coreos.com", "servicemonitors"), ("keda.sh", "scaledobjects"), ("kafka.strimzi.io", "kafkatopics"),
    ("grafana.integreatly.org", "grafanadashboards"), ("snapshot.storage.k8s.io", "volumesnapshots"),
    ("telemetry.istio.io", "telemetries"),
    ("kueue.x-k8s.io", "localqueues"), ("postgresql.cnpg.io", "backups"), ("velero.io", "serverstatusrequests"),
)  # fmt: skip


def _is_refused(group: str, kind: str, verb: str) -> bool:
    role = cluster_role({"apiGroups": [group], "resources": [kind], "verbs": [verb]})
    return "FJ-IDN-305" in blocking(PACK.evaluate_plan(role))


@pytest.mark.parametrize(("group", "kind"), [*BY_SCHEMA.items(), *BY_MEANING])
def test_no_role_of_every_namespace_writes_what_controllers_act_on(group: str, kind: str) -> None:
    assert _is_refused(group, kind, "patch")
    assert not _is_refused(group, kind, "list")
    assert not _is_refused(group, f"{kind}/status", "patch")


@pytest.mark.parametrize(("group", "kind"), ORDINARY)
def test_kinds_of_teams_are_written_by_roles_of_every_namespace(group: str, kind: str) -> None:
    assert not _is_refused(group, kind, "patch")
