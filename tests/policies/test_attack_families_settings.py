"""Families of settings that open programs, weaken databases, end records or start large jobs; ordinary values pass.

Each family varies what a table of cases would fix: the program, the place of the setting, the spelling and the number.
"""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .blind import TAGS, aws, az, crd, k8s, meta, pod, policy, statement, workload
from .harness import Given, Pack, blocking, rules

PACK = Pack()
EXAMPLES = settings(max_examples=25, deadline=None)
DEBUGGERS = (
    "-agentlib:jdwp=transport=dt_socket,server=y,address=*:{port}",
    "-Xmx1g -agentlib:jdwp=server=y,address=0.0.0.0:{port},transport=dt_socket",
    "-Xrunjdwp:transport=dt_socket,address={port},server=y",
    "node --inspect=0.0.0.0:{port} app.js", "python -m debugpy --listen 0.0.0.0:{port} app.py",
    "-Xrunjdwp:transport=dt_socket,server=y,address=*:{port}", "node --inspect-wait=0.0.0.0:{port} app.js",
    "debugpy.listen(('0.0.0.0', {port}))", "dlv exec -l 0.0.0.0:{port} /app",
    "dlv exec --listen=:{port} /app", "-Dcom.sun.management.jmxremote.port={port} "
    "-Dcom.sun.management.jmxremote.authenticate=false",
    "node --inspect=$(POD_IP):{port} app.js", "node --inspect-brk=10.20.0.5:{port} app.js",
    "node --inspect=[2001:db8::9]:{port} app.js", "python -m debugpy --listen $(POD_IP):{port} app.py",
    "dlv exec --listen=10.20.0.5:{port} /app",
)  # fmt: skip


def findings(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


@EXAMPLES
@given(text=st.sampled_from(DEBUGGERS), port=st.integers(1024, 65535), place=st.sampled_from(("env", "args", "data")))
def test_a_debugger_that_listens_for_everybody_is_refused(text: str, port: int, place: str) -> None:
    value = text.format(port=port)
    container = {"env": [{"name": "OPTS", "value": value}]} if place == "env" else {"args": ["sh", "-c", value]}
    plan = k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"run.sh": value}})
    assert "FJ-IDN-308" in findings(plan if place == "data" else workload("apps/v1:Deployment", container))


@pytest.mark.parametrize(
    "text", ["-agentlib:jdwp=server=y,address=127.0.0.1:5005", "-agentlib:jdwp=server=y,address=localhost:5005",
             "node --inspect app.js", 'AUTH_ROLE_PUBLIC = "Public"',
             "-Dcom.sun.management.jmxremote.authenticate=true", "node --inspect=9229 app.js",
             "node --inspect=localhost:9229 app.js", "node --inspect=127.0.0.1:9229", "node --inspect=[::1]:9229",
             "python -m debugpy --listen 5678 app.py", "python -m debugpy --listen localhost:5678 app.py",
             "dlv exec --listen=127.0.0.1:2345 /app", "dlv exec --listen=localhost:2345 /app"],
)  # fmt: skip
def test_debuggers_of_the_pod_itself_pass(text: str) -> None:
    assert "FJ-IDN-308" not in findings(k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"x": text}}))


@pytest.mark.parametrize("text", DEBUGGERS)
def test_each_debugger_is_found(text: str) -> None:
    value = text.format(port=5005)
    assert "FJ-IDN-308" in findings(k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"run.sh": value}}))


@pytest.mark.parametrize(("text", "expected"), [
    ("c.ServerApp.token = ''\n", True), ("c.ServerApp.token = ''\nc.ServerApp.password = 'argon2:x'\n", False),
    ("c.ServerApp.password = ''\n", False), ("xpack.security.enabled=false\n", True),
    ("export POSTGRES_HOST_AUTH_METHOD=trust\n", True), ("# POSTGRES_HOST_AUTH_METHOD=trust\n", False),
])  # fmt: skip
def test_a_password_is_a_sign_in_and_files_are_read(text: str, *, expected: bool) -> None:
    file = k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"settings": text}})
    assert ("FJ-IDN-308" in findings(file)) is expected


@EXAMPLES
@given(role=st.sampled_from(("Admin", "Op", "User", "Viewer")), quote=st.sampled_from("\"'"), space=st.booleans())
def test_a_public_role_of_airflow_is_refused(role: str, quote: str, space: bool) -> None:
    line = f"AUTH_ROLE_PUBLIC{' = ' if space else '='}{quote}{role}{quote}"
    assert "FJ-IDN-308" in findings(
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"webserver_config.py": line}})
    )


@pytest.mark.parametrize(
    ("family", "name", "bad", "good"),
    [("mysql8.4", "tls_version", "TLSv1.1,TLSv1.2", "TLSv1.2,TLSv1.3"),
     ("mariadb11.4", "tls_version", "TLSv1", "TLSv1.3"),
     ("postgres16", "password_encryption", "md5", "scram-sha-256"),
     ("postgres16", "ssl_min_protocol_version", "TLSv1", "TLSv1.2")],
)  # fmt: skip
def test_weak_parameters_of_databases_are_refused(family: str, name: str, bad: str, good: str) -> None:
    def group(value: str) -> Given:
        encrypted = {"name": "require_secure_transport", "value": "1"}
        parameters = [{"name": name, "value": value}, *([] if family.startswith("postgres") else [encrypted])]
        return aws("rds/ParameterGroup", {"family": family, "tags": TAGS, "parameters": parameters})

    assert "FJ-ENC-404" in findings(group(bad))
    assert findings(group(good)) == set()


@pytest.mark.parametrize(
    ("kind", "name", "bad", "good"),
    [("dbforpostgresql", "pgaudit.log", "none", "ddl,role"), ("dbforpostgresql", "log_connections", "off", "on"),
     ("dbformysql", "audit_log_enabled", "OFF", "ON"), ("dbforpostgresql", "log_statement", None, "none")],
)  # fmt: skip
def test_database_servers_write_records(kind: str, name: str, bad: str | None, good: str) -> None:
    def setting(value: str) -> Given:
        return az(f"{kind}:Configuration", {"configurationName": name, "value": value, "serverName": "s"})

    assert bad is None or "FJ-RSL-117" in findings(setting(bad))
    assert "FJ-RSL-117" not in findings(setting(good))


@EXAMPLES
@given(days=st.integers(1, 29), prefix=st.sampled_from(("", "AWS", "AWSLogs/", "AWSLogs/123456789012/CloudTrail/")),
       by_name=st.booleans(), in_filter=st.booleans())  # fmt: skip
def test_records_of_a_trail_do_not_expire_within_a_month(
    days: int, prefix: str, by_name: bool, in_filter: bool
) -> None:
    bucket = aws("s3/Bucket", {"tags": TAGS}, "bucket")
    source = () if by_name else ("bucket",)
    trail = aws("cloudtrail/Trail", {"s3BucketName": "audit" if by_name else "?"}, "trail",
                links={"s3BucketName": source})  # fmt: skip
    place = {"filter": {"prefix": prefix}} if in_filter else {"prefix": prefix}

    def expiry(number: int, **more: object) -> Given:
        rule = {"id": "x", "status": "Enabled", "expiration": {"days": number}, **place, **more}
        props = {"bucket": "audit" if by_name else "!", "rules": [rule]}
        return aws("s3/BucketLifecycleConfiguration", props, links={"bucket": source})

    other = aws("cloudtrail/Trail", {"s3BucketName": "elsewhere"}, "other")
    assert "FJ-RSL-117" in findings(bucket, trail, expiry(days))
    assert "FJ-RSL-117" in findings(bucket, other, trail, expiry(days))
    assert "FJ-RSL-117" not in findings(bucket, other, expiry(days + 6))
    assert "FJ-RSL-117" not in findings(bucket, trail, expiry(365))
    assert "FJ-RSL-117" not in findings(bucket, trail, expiry(days, status="Disabled"))
    assert "FJ-RSL-117" not in findings(bucket, trail, expiry(days, filter={"prefix": "tmp/"}, prefix="tmp/"))
    assert "FJ-RSL-117" not in findings(bucket, expiry(days + 6))


def job(cpus: str, **spec: object) -> dict[str, object]:
    """Returns the spec of a job whose pods ask for processors."""
    container = {"resources": {"requests": {"cpu": cpus, "memory": "1Gi"}, "limits": {"memory": "1Gi"}}}
    return {"activeDeadlineSeconds": 3600, **spec, "template": {"spec": pod(container, restartPolicy="Never")}}


@pytest.mark.parametrize(
    ("kind", "spec", "is_refused"),
    [("batch/v1:Job", job("16", parallelism=257), True), ("batch/v1:Job", job("16000m", parallelism=257), True),
     ("batch/v1:Job", job("16", parallelism=100), False),
     ("batch/v1:CronJob", {"schedule": "*/2 * * * *", "jobTemplate": {"spec": job("8", parallelism=20)}}, True),
     ("batch/v1:CronJob", {"schedule": "*/2 * * * *", "concurrencyPolicy": "Forbid",
                           "jobTemplate": {"spec": job("8", parallelism=20)}}, False),
     ("batch/v1:CronJob", {"schedule": "0 2 * * *", "jobTemplate": {"spec": job("8", parallelism=20)}}, False),
     ("core/v1:ResourceQuota", {"hard": {"requests.nvidia.com/gpu": "257"}}, True),
     ("core/v1:ResourceQuota", {"hard": {"limits.cpu": "9k"}}, True),
     ("core/v1:ResourceQuota", {"hard": {"requests.cpu": "64", "requests.nvidia.com/gpu": 8}}, False)],
)  # fmt: skip
def test_very_large_jobs_and_quotas_need_approval(kind: str, spec: Mapping[str, object], is_refused: bool) -> None:
    assert ("FJ-COST-126" in findings(crd(kind, spec))) == is_refused


@pytest.mark.parametrize(
    ("more", "is_refused"),
    [({"value": 1_000_000_000, "globalDefault": True}, True), ({"value": 0, "globalDefault": True}, False),
     ({"value": 1_000_000_000}, False), ({"value": 2e6, "globalDefault": True, "preemptionPolicy": "Never"}, False)],
)  # fmt: skip
def test_pods_without_a_class_displace_nobody(more: Mapping[str, object], is_refused: bool) -> None:
    given_one = k8s("scheduling.k8s.io/v1:PriorityClass", {"metadata": {"name": "x", "labels": TAGS}, **more})
    assert ("FJ-COST-126" in findings(given_one)) == is_refused


@pytest.mark.parametrize(
    ("origin", "is_refused"),
    [("https://*.github.io", True), ("https://*.azurewebsites.net", True), ("https://*.com", True), ("*", True),
     ("https://*.example.ae", False), ("https://bank.github.io", False)],
)  # fmt: skip
def test_origins_below_a_domain_of_everybody_are_refused(origin: str, is_refused: bool) -> None:
    function = aws("lambda/FunctionUrl", {"functionName": "f", "authorizationType": "AWS_IAM", "cors": {
        "allowOrigins": [origin]}})  # fmt: skip
    annotation = {"nginx.ingress.kubernetes.io/cors-allow-origin": origin}
    ingress = k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations=annotation), "spec": {}})
    assert ("FJ-EXP-122" in rules(PACK.evaluate_resource(function))) == is_refused
    assert ("FJ-ESC-115" in findings(ingress)) == is_refused


@pytest.mark.parametrize(
    ("rule", "is_refused"),
    [({"when": [{"key": "request.headers[x-internal]", "values": ["true"]}]}, True),
     ({"when": [{"key": "request.headers[x]", "values": ["1"]}, {"key": "request.headers[y]", "values": ["1"]}]}, True),
     ({"when": [{"key": "request.headers[x]", "values": ["1"]}, {"key": "source.namespace", "values": ["a"]}]}, False),
     ({"from": [{"source": {"principals": ["cluster.local/ns/a/sa/b"]}}],
       "when": [{"key": "request.headers[x]", "values": ["1"]}]}, False)],
)  # fmt: skip
def test_a_header_is_no_sign_in(rule: Mapping[str, object], is_refused: bool) -> None:
    given_one = crd("security.istio.io/v1:AuthorizationPolicy", {"action": "ALLOW", "rules": [rule]})
    assert ("FJ-EXP-331" in findings(given_one)) == is_refused


@pytest.mark.parametrize("action", ["ec2:PurchaseHostReservation", "rds:Purchase*", "aws-marketplace:Subscribe",
                                    "servicequotas:RequestServiceQuotaIncrease"])  # fmt: skip
def test_purchases_on_every_resource_are_changes(action: str) -> None:
    assert "FJ-IDN-109" in findings(policy(statement([action])))
    assert "FJ-IDN-109" not in findings(policy(statement(["ec2:DescribeHostReservations"])))


@pytest.mark.parametrize(
    ("content", "is_refused"),
    [({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:*"}}, True),
     ({"ArnNotLikeIfExists": {"aws:PrincipalArn": ["arn:aws:iam::*:role/admin", "*"]}}, True),
     ({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}, True),
     ({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/break-glass"}}, False),
     ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}, False)],
)  # fmt: skip
def test_a_denial_that_excepts_everybody_is_refused(content: Mapping[str, object], is_refused: bool) -> None:
    document = {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": content}]}
    given_one = aws("organizations/Policy", {
        "name": "x", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps(document)})  # fmt: skip
    assert ("FJ-ESC-115" in findings(given_one)) == is_refused
