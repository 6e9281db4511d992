"""Commands that send data to an address in a secret (FJ-RES-003), and settings of one program that excuse no other
(FJ-RES-114)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import workload
from .harness import Given, Pack, blocking

PACK = Pack()


def job(text: str, **plain: str) -> Given:
    """Returns a workload with a command, and the variable SINK from a secret."""
    secret = {"name": "SINK", "valueFrom": {"secretKeyRef": {"name": "sink", "key": "url"}}}
    listed = [{"name": name, "value": value} for name, value in plain.items()]
    return workload("apps/v1:Deployment", {"command": ["/bin/sh", "-c"], "args": [text], "env": [secret, *listed]})


def refused(text: str, rule: str = "FJ-RES-003", **plain: str) -> bool:
    """Returns whether a rule refuses a command."""
    return rule in blocking(PACK.evaluate_resource(job(text, **plain)))


SENDING = st.sampled_from((
    "curl -fsS -T /data/rows.csv {}", "curl --data-binary @/data/rows.csv -H 'X: 1' {}", "curl -X POST -d @rows {}",
    "wget -q --post-file=/data/rows.csv {}", "curl --json @rows.json {}/in", "curl -F file=@rows.csv {}",
    "nc {} 9000 < /data/rows.csv", "rsync -a /data {}", "scp /data/rows.csv {}:in", "http POST {} @rows.csv",
))  # fmt: skip
SPELLED = st.sampled_from(('"$SINK"', "$SINK", "${SINK}", '"${SINK}"'))


@settings(max_examples=many(60), deadline=None)
@given(SENDING, SPELLED, st.sampled_from(("", "set -e\n", "cat /data/a | gzip > b; ", "sleep 5 && ")))
def test_data_goes_to_no_address_from_a_secret(command: str, address: str, before: str) -> None:
    assert refused(before + command.format(address))


@pytest.mark.parametrize("text", [
    "nc -W 1 $SINK 9000 < /data/rows.csv", "nc -T lowdelay -m 1 $SINK 9000 < rows", "ncat -d 1 $SINK 9000 < rows",
    "wget -X /tmp --post-file=rows.csv $SINK", "http -P hb POST $SINK @rows.csv",
])  # fmt: skip
def test_values_of_options_are_no_addresses(text: str) -> None:
    """The options with a value, by the programs' sources."""
    assert refused(text)


@pytest.mark.parametrize("text", [
    'curl -fsS "$SINK" -o /data/rows.csv',
    'curl -d "$SINK" https://vault.vault.svc.cluster.local/v1/login',
    "psql $SINK -c 'select 1'",
    'curl -fsS -T /data/rows.csv "$OTHER"',
])  # fmt: skip
def test_commands_that_read_or_name_an_address_pass(text: str) -> None:
    assert not refused(text, OTHER="http://store.team-a.svc.cluster.local/in")


@pytest.mark.parametrize(("text", "setting", "is_refused"), [
    ("databricks fs cp rows.csv dbfs:/rows.csv", {"DATABRICKS_HOST": "https://lake.team-a.svc.cluster.local"}, False),
    ("databricks fs cp rows.csv dbfs:/rows.csv", {}, True),
    ("ipfs add -r /data", {"HF_ENDPOINT": "https://hub.team-a.svc.cluster.local"}, True),
    ("hf upload a b", {"HF_ENDPOINT": "https://hub.team-a.svc.cluster.local"}, False),
    ("hf upload a b", {"WANDB_MODE": "offline"}, True),
    ("hf upload a b", {"DATABRICKS_HOST": "https://lake.team-a.svc.cluster.local"}, True),
    ("wandb sync /runs", {"WANDB_MODE": "offline"}, False),
    ("gh gist create rows.csv", {"GH_HOST": "git.team-a.svc.cluster.local"}, False),
    ("bq load a.b rows.csv", {"DATABRICKS_HOST": "https://lake.team-a.svc.cluster.local"}, True),
])  # fmt: skip
def test_a_setting_is_of_its_own_program(text: str, setting: dict[str, str], *, is_refused: bool) -> None:
    assert refused(text, "FJ-RES-114", **setting) is is_refused
