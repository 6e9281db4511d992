"""Commands by which a job deletes copies and records, or gives everybody rights, and files of servers that do."""

import re

import pytest
from guardrails.identity.program_switch_rows import program_switches

from tests.processor_time import within

from .attacks.after_twenty_first_clusters import ADDRESSED, run
from .harness import Given, Pack, blocking

PACK = Pack()
OWN = "123456789012.dkr.ecr.me-central-1.amazonaws.com/models:1"
CALLERS = """kind: AuthenticationConfiguration
jwt:
- issuer: {{url: https://id.example.ae, audiences: [cluster]}}
  claimMappings:
    username: {{claim: email, prefix: 'bank:'}}
    groups: {{claim: groups, prefix: ''}}
  userValidationRules:
  - expression: "{}"
    message: names of Kubernetes itself
"""


def _is_refused(token: str, props: dict[str, object]) -> bool:
    return "FJ-IDN-313" in blocking(PACK.evaluate_resource(Given(token, props)))


def _runs(command: str) -> bool:
    pod = {"containers": [{"name": "x", "command": ["/bin/sh", "-c", command]}]}
    return _is_refused("kubernetes:core/v1:Pod", {"spec": pod})


def _has(name: str, text: str) -> bool:
    return _is_refused("kubernetes:core/v1:ConfigMap", {"data": {name: text}})


@pytest.mark.parametrize(("refused", "good"), [
    ("wal-g delete everything FORCE --confirm", "wal-g delete retain FULL 7 --confirm"),
    ("wal-g pg delete everything --confirm", "wal-g pg delete everything"),
    ("pgbackrest --stanza=ledger stanza-delete --force", "pgbackrest --stanza=ledger stanza-create"),
    ("kopia snapshot delete --all-snapshots-for-source root@ledger:/data --delete",
     "kopia snapshot delete --all-snapshots-for-source root@ledger:/data"),
    ("kopia snapshot delete --unsafe-ignore-source --all-snapshots-for-source a@b:/c", "kopia snapshot create /data"),
    ("borg delete /repo", "borg delete /repo::2025-01-01"),
    ("borg delete --force /repo 2>&1 | logger", "borg delete /repo 2025-01-01"),
    ("borg --info -r /repo repo-delete", "borg -r /repo repo-delete --cache-only"),
    ("borg repo-delete", "borg delete --cache-only /repo; borg delete --last 1 /repo; borg -r /r delete -a 'sh:a-*'"),
    ("barman-cloud-backup-delete --retention-policy 'REDUNDANCY 1' s3://b ledger",
     "barman-cloud-backup-delete --retention-policy 'RECOVERY WINDOW OF 30 DAYS' s3://b ledger"),
    ("barman-cloud-backup-delete -r \"RECOVERY WINDOW OF 2 DAYS\" s3://b ledger",
     "barman-cloud-backup-delete -r \"REDUNDANCY 14\" s3://b ledger"),
    ("restic -r s3:https://s3.dc1.example.ae/b forget --keep-last 1 --prune",
     "restic forget --keep-last 1 --keep-daily 30 --keep-weekly 12 --prune"),
    ("restic forget --unsafe-allow-remove-all --host ledger", "restic forget --keep-last 14 --prune"),
    ("borg prune --keep-last 2 /repo", "borg prune --keep-daily 7 --keep-weekly 4 /repo"),
    ("mc retention clear --recursive --force ours/ledger", "mc retention set --default COMPLIANCE 30d ours/ledger"),
    ("mc version suspend ours/ledger", "mc version enable ours/ledger"),
    ("mc ilm rule add --expire-days 1 ours/ledger", "mc ilm rule add --expire-days 365 ours/ledger"),
    ("mc rm --recursive --force --versions ours/ledger", "mc rm --recursive --force ours/scratch --versions"),
    ("mc rb --force ours/ledger", "mc ilm rule add --expire-days 2 ours/tmp"),
    ('mc ilm rule add --expire-days "3" ours/ledger', 'mc ilm rule add --expire-days "300" ours/ledger'),
    ("mc ilm add --expiry-days=2 ours/ledger", "mc ilm rule add --noncurrent-expire-newer 3 ours/ledger"),
    ("mc ilm add --noncurrentversion-expiration-days 1 ours/a", "mc ilm add --noncurrent-expire-days 90 ours/a"),
    ("zfs destroy -r tank/ledger", "zfs destroy -r tank/ledger@2025-01-01"),
    ("zfs destroy -f -R tank/ledger", "zfs destroy -nvr tank/ledger; zfs destroy -n -r tank/ledger"),
    ("ceph osd pool delete ledger ledger --yes-i-really-really-mean-it", "ceph osd pool ls"),
    ("psql -c 'DROP DATABASE ledger'", "psql -c 'DROP DATABASE IF EXISTS restore_drill'"),
    ("dropdb -h db.bank.ae --if-exists ledger", "dropdb -h db.bank.ae --if-exists ledger_restored"),
    ("dropdb ledger --force", "createdb ledger"),
    ("mysqladmin -h db.bank.ae -f drop ledger", "mysqladmin -h db.bank.ae -f drop ledger_old"),
    ("mysql -e 'DROP SCHEMA ledger'", "mysql -e 'DROP SCHEMA IF EXISTS ledger_test'"),
    ("psql -c 'drop schema if exists ledger cascade'", "psql -c 'drop schema staging cascade'"),
    ("clickhouse-client -q 'drop database ledger'", "clickhouse-client -q 'drop database staging_ledger'"),
    ("mongosh --eval 'db.dropDatabase()'", "mongosh --eval 'db.stats()'"),
    ("influx bucket delete -n ledger", "influx bucket list"),
    ("psql -c 'ALTER SYSTEM SET fsync = off'", "psql -c 'ALTER SYSTEM SET work_mem = 64'"),
    ("curl -X DELETE https://es:9200/_all", "curl -X DELETE https://es:9200/logs-2025.01"),
    ("curl -XDELETE 'https://es:9200/*?expand_wildcards=all'", "curl https://es:9200/_all/_stats"),
    ("kafka-configs.sh --alter --entity-type topics --entity-name ledger --add-config retention.ms=1000",
     "kafka-configs.sh --alter --entity-type topics --entity-name ledger --add-config retention.ms=2592000000"),
    ("rabbitmqctl -q purge_queue payments", "rabbitmqctl list_queues"),
    ("nats stream purge payments --force", "nats stream info payments"),
    ("nats stream delete payments --force", "nats str info payments"),
    ("java -Djavax.net.debug=true -jar app.jar", "java -Djavax.net.debug=ssl:handshake -jar app.jar"),
    ("nats -s tls://nats:4222 s rm payments -f", "nats s ls"),
    ("vault audit disable file/", "vault audit enable file file_path=/vault/audit.log"),
    ("vault delete transit/keys/ledger", "vault write -f transit/keys/ledger/rotate"),
    ("vault policy write all - <<P\npath \"*\" {\n capabilities = [\"read\", \"sudo\"]\n}\nP",
     "vault policy write ledger - <<P\npath \"secret/data/ledger/*\" {\n capabilities = [\"read\"]\n}\nP"),
    ("vault write auth/kubernetes/role/a bound_service_account_names='*' \\\n bound_service_account_namespaces='*' p=l",
     "vault write auth/kubernetes/role/a bound_service_account_names='*' bound_service_account_namespaces=team-a p=l"),
    ("vault write auth/kubernetes/role/a bound_service_account_namespaces=* bound_service_account_names=*",
     "vault write auth/kubernetes/role/a bound_service_account_namespaces='*' bound_service_account_names=ledger"),
    ("kafka-acls.sh --add --allow-principal 'User:*' --operation All --topic '*'",
     "kafka-acls.sh --add --allow-principal User:ledger --operation Read --topic ledger"),
    ("kafka-acls --add --allow-principal User:ANONYMOUS --operation Read --topic ledger",
     "kafka-acls --remove --allow-principal 'User:*' --operation All --topic ledger"),
    ("redis-cli ACL SETUSER default on nopass '~*' +@all", "redis-cli ACL SETUSER app on '#hash' '~app:*' +@read"),
    ("argocd account generate-token --account ci", "argocd account generate-token --account ci --expires-in 24h"),
    ("argocd account generate-token --expires-in 0s", "argocd account list"),
    ("radosgw-admin user create --uid=a --display-name=a --system", "radosgw-admin user create --uid=a"),
    ("radosgw-admin caps add --uid=a --caps='users=*'", "radosgw-admin caps add --uid=a --caps='usage=read'"),
    ("radosgw-admin caps add --uid=a --caps='user-policy=write'",
     "radosgw-admin caps add --uid=a --caps='user-info-without-keys=read;buckets=read'"),
    ("radosgw-admin caps add --uid=a --caps='oidc-provider=*'", "radosgw-admin caps rm --uid=a --caps='users=*'"),
    ("cilium-dbg config PolicyEnforcement=never", "cilium-dbg config PolicyEnforcement=always"),
    ("kcadm.sh add-roles -r bank --uusername a --cclientid realm-management --rolename realm-admin",
     "kcadm.sh add-roles -r bank --uusername a --rolename viewer"),
    ("consul acl policy create -name all -rules 'acl = \"write\"'",
     "consul acl policy create -name ledger -rules 'service \"ledger\" { policy = \"write\" }'"),
    ("rabbitmqctl set_user_tags ledger administrator", "rabbitmqctl set_user_tags ledger monitoring"),
    ("rabbitmqctl -q set_user_tags ledger management administrator", "rabbitmqctl add_user administrator $PASSWORD"),
    ("mc admin policy attach ours readwrite --user ledger", "mc admin policy attach ours ledger-readwrite --user a"),
    ("mc admin policy attach ours consoleAdmin --group staff", "mc admin policy attach ours readonly --user ledger"),
    ("vault token create -policy=root", "vault token create -policy=ledger -ttl=1h"),
    ("bao token create -ttl=1h -policy root", "bao token create -policy=root-of-team"),
    ("etcdctl --endpoints=https://etcd:2379 auth disable", "etcdctl auth enable"),
    ("ceph auth get-or-create client.ledger mon 'allow *' osd 'allow *'",
     "ceph auth get-or-create client.ledger mon 'allow r' osd 'allow rw pool=ledger'"),
    ("consul acl token create -policy-name global-management", "consul acl token create -policy-name ledger"),
    ("influx auth create --all-access --org bank", "influx auth create --read-bucket 1 --org bank"),
    ("pulsar-admin namespaces grant-permission bank/ledger --role '*' --actions produce,consume",
     "pulsar-admin namespaces grant-permission bank/ledger --role ledger --actions produce"),
    ("cqlsh -e 'GRANT ALL ON ALL KEYSPACES TO ledger'", "cqlsh -e 'GRANT SELECT ON KEYSPACE ledger TO reports'"),
    ("curl -X PUT https://es:9200/_security/user/ops -d '{\"roles\":[\"superuser\"]}'",
     "curl -X PUT https://es:9200/_security/user/ops -d '{\"roles\":[\"monitoring_user\"]}'"),
])  # fmt: skip
def test_commands(refused: str, good: str) -> None:
    assert (_runs(refused), _runs(good)) == (True, False)


@pytest.mark.parametrize(("name", "refused", "good"), [
    ("nginx.conf", "location /assets { alias /srv/app/assets/; }", "location /assets/ { alias /srv/app/assets/; }"),
    ("nginx.conf", "location ^~ /static {\n  alias /srv/static/;\n}", "location = /logo { alias /srv/logo.svg; }"),
    ("Corefile", ".:53 {\n transfer {\n to *\n }\n}\n", ".:53 {\n transfer {\n to 10.20.0.53\n }\n}\n"),
    ("a.env", "URI=mongodb://ledger.svc/ledger?tls=true&w=0\n", "URI=mongodb://ledger.svc/ledger?tls=true&w=majority\n"),
    ("application.yaml", "spring:\n  kafka:\n    producer:\n      acks: 0\n",
     "spring:\n  kafka:\n    producer:\n      acks: all\n"),
    ("pss.yaml", "kind: PodSecurityConfiguration\ndefaults:\n  enforce: privileged\n",
     "kind: PodSecurityConfiguration\ndefaults:\n  enforce: baseline\n  audit: restricted\n"),
    ("pss.yaml", "exemptions:\n  usernames: ['system:serviceaccount:kube-system:replicaset-controller']\n",
     "exemptions:\n  usernames: []\n  namespaces: [kube-system]\n"),
    ("pss.yaml", "exemptions:\n  usernames: ['system:kube-controller-manager']\n",
     "exemptions:\n  usernames: ['system:kube-scheduler']\n"),
    ("callers.yaml", CALLERS.format("!user.username.startsWith('system:')"),
     CALLERS.format("user.groups.all(g, !g.startsWith('system:'))")),
    ("images.yaml", "imagePolicy:\n  allowTTL: 50\n  defaultAllow: true\n",
     "imagePolicy:\n  allowTTL: 50\n  defaultAllow: false\n"),
])  # fmt: skip
def test_files_of_servers(name: str, refused: str, good: str) -> None:
    assert (_has(name, refused), _has(name, good)) == (True, False)


@pytest.mark.parametrize(("words", "is_refused"), [
    (("oras", "push", "{{inputs.parameters.to}}", "model.bin"), True),
    (("oras", "push", OWN, "{{inputs.parameters.to}}"), False),
    (("oras", "cp", OWN, "{{inputs.parameters.to}}"), True),
    (("oras", "cp", "{{inputs.parameters.to}}", OWN), False),
])  # fmt: skip
def test_whoever_starts_a_workflow_names_the_registry(words: tuple[str, ...], *, is_refused: bool) -> None:
    """The place stands first where files are pushed to a registry, and last where an image is copied."""
    found = blocking(PACK.evaluate_plan(*run(*words)))
    assert any(rule.startswith(ADDRESSED) for rule in found) is is_refused


_TEXTS = [item.pattern for item in program_switches() if item.name is None][-22:]


@pytest.mark.parametrize("part", [
    "restic forget ", "borg prune --keep-last ", "mc ilm rule add ", "mc rm --versions ", "curl -X DELETE https://a/",
    "vault write bound_service_account_names=* ", "kafka-acls --add ", "ACL SETUSER a nopass ", "barman ", "\\\n",
    " -c drop database if exists ", "location /a { ", 'path "*" { capabilities = [', "transfer { ", "tunnel run ",
    "kcadm add-roles ", "argocd account generate-token ", "radosgw-admin user create ", "mongodb://a?",
    "zfs destroy -r ", "wal-g a b delete ", "pgbackrest ", "consul acl policy create ", "kopia ", "borg delete ",
])  # fmt: skip
def test_long_texts_take_no_time(part: str) -> None:
    text = part * (20_000 // len(part))
    for pattern in _TEXTS:
        with within(0.5):
            re.compile(pattern.pattern, re.IGNORECASE | re.MULTILINE).search(text)
