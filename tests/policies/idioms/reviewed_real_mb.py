"""Good idioms near attacks that a review found: settings that name secrets, images and addresses (2026-11-30)."""

import json

from ..blind import TAGS, aws, k8s, meta, workload
from ..harness import UNKNOWN, Given
from . import Idiom

READ = "read 2026-11-30"


def _map(name: str, data: dict[str, str], **annotations: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": {**meta(name), "annotations": annotations}, "data": data}, name)


IDIOMS = (
    Idiom("names, files and providers of secrets, as credentials in the settings of a service of models", (
        _map("inferenceservice-config", {"credentials": json.dumps({
            "storageSpecSecretName": "storage-config", "storageSecretNameAnnotation": "serving.kserve.io/secretName",
            "gcs": {"gcsCredentialFileName": "gcloud-application-credentials.json"},
            "s3": {"s3AccessKeyIDName": "AWS_ACCESS_KEY_ID", "s3SecretAccessKeyName": "AWS_SECRET_ACCESS_KEY",
                   "s3Endpoint": "minio.team-a.svc:9000", "s3UseHttps": "1", "s3Region": "me-central-1",
                   "s3VerifySSL": "1", "s3UseVirtualBucket": "false", "s3CABundleConfigMap": "odh-ca-bundle",
                   "s3CABundle": "/etc/ssl/custom-certs/ca.crt"}})}),),
        f"kserve/kserve config/configmap/inferenceservice.yaml, {READ}"),
    Idiom("templates, lists, times and commands of secrets", (
        _map("operator", {
            "secret_name_template": "{username}.{cluster}.credentials", "TOKEN_TEMPLATE": "{{ .Data.token }}",
            "PASSWORD_TEMPLATE": "user-%s-password", "RESET_PASSWORD_TEMPLATE": "reset_password.html",
            "private_registry_secrets_names": '{"team-a": "registry-s3"}',
            "IMAGE_PULL_SECRET_NAMES": "harbor-pull, k8s-pull-2", "TOKEN_RETENTION": "30d",
            "password_rotation_user_retention": "180", "SECRET_RETENTION": "1h30m", "SECRETS_RETENTION": "P30D",
            "RESTIC_PASSWORD_COMMAND": "cat /keys/restic", "DATABASE_PASSWORD_CMD": "get-password"}),
        workload("apps/v1:Deployment", {"env": [{"name": "SECRET_NAMES", "value": "orders,payments-v2"}]}),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
            "minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget")),
        f"zalando/postgres-operator manifests/configmap.yaml; restic/restic doc/faq.rst, {READ}"),
    Idiom("patterns of addresses with a user and a password", (
        _map("patterns", {"a": r"http(s?)://(\w+):(\w+)@", "b": "https?://[^:]+:[^@]+@",
                          "c": "redis://default:[^@]+@", "d": r"s#amqp://app:\S+@#amqp://#"}),),
        f"grafana/loki operator/config/samples, {READ}"),
    Idiom("names of servers are asked for at a listed address, however it is written", (aws("route53/ResolverRule", {
        "domainName": "head.example.ae", "ruleType": "FORWARD", "name": "head", "resolverEndpointId": UNKNOWN,
        "targetIps": [{"ipv6": "2001:4860:4860::8888", "port": 53}], "tags": TAGS}),),
        "RFC 5952, read 2026-11-30",
        {"residency": {"known": {"2001:4860:4860:0:0:0:0:8888": "names of the head office, confirmed by networks"}}}),
    Idiom("a template of OpenShift refers people to its pages", (
        _map("page", {"a": "b"}, **{"openshift.io/documentation-url": "https://docs.example.com/shop",
                                    "openshift.io/support-url": "https://support.example.com"}),),
        "docs.openshift.com, 'Using templates', as known"),
    Idiom("an operator takes images for its parts from the bank's own registry", (
        _map("images", {"app.yaml": "serverImage:\n  repository: registry.dc1.example.ae/app\n  tag: 1.2.3\n"
                                    "sidecarImages:\n- name: registry.dc1.example.ae/agent\n  tag: 1.2.3\n"}),),
        f"zalando/postgres-operator, settings of sidecars, {READ}"),
)  # fmt: skip
