"""A kubeconfig reduced to one cluster, whose server must be on a list."""

import base64
import json
from pathlib import Path

import pytest
import yaml

from falaj.components.core.site.kubeconfigs import Unreachable, file_reader, load_cluster, read_no_file
from tests.unit.components.onprem_samples import KEY, SERVER, kubeconfig


def test_only_the_named_context_is_left_of_it() -> None:
    found = load_cluster(kubeconfig(), "dc1", [SERVER], read_no_file)
    assert (found.context, found.server) == ("dc1", SERVER)
    whole = json.loads(found.kubeconfig)
    assert whole["current-context"] == "dc1"
    assert whole["clusters"] == [{"name": "dc1", "cluster": {"server": SERVER, "certificate-authority-data": "Q0E="}}]
    assert whole["users"] == [{"name": "dc1", "user": {"token": KEY}}]
    assert whole["contexts"] == [{"name": "dc1", "context": {"cluster": "dc1", "user": "dc1"}}]
    assert "abroad" not in found.kubeconfig


def test_what_is_public_lets_nobody_in() -> None:
    found = load_cluster(kubeconfig(**{"certificate-authority-data": "Q0E="}), "dc1", [SERVER], read_no_file)
    public = json.loads(found.public)
    assert public["clusters"] == [{"name": "dc1", "cluster": {"server": SERVER}}]
    assert (public["current-context"], public["users"]) == ("dc1", [])
    assert KEY not in found.public


def test_yaml_is_read_too_and_a_slash_at_the_end_is_none() -> None:
    text = yaml.safe_dump(json.loads(kubeconfig(server=f"{SERVER}/")))
    assert load_cluster(text, "dc1", [SERVER], read_no_file).server == SERVER


def test_files_that_it_names_are_taken_in(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("CA")
    (tmp_path / "token").write_text("inside\n")
    document = json.loads(kubeconfig())
    document["clusters"][0]["cluster"] = {"server": SERVER, "certificate-authority": "ca.pem"}
    document["users"][0]["user"] = {
        "tokenFile": str(tmp_path / "token"),
        "client-key": "none.pem",
        "client-key-data": "aw==",
    }
    whole = json.loads(load_cluster(json.dumps(document), "dc1", [SERVER], file_reader(tmp_path)).kubeconfig)
    assert whole["clusters"][0]["cluster"] == {
        "server": SERVER,
        "certificate-authority-data": base64.b64encode(b"CA").decode(),
    }
    assert whole["users"][0]["user"] == {"token": "inside", "client-key-data": "aw=="}


@pytest.mark.parametrize(
    ("text", "context", "servers", "message"),
    [
        (kubeconfig(), "elsewhere", [SERVER], r"^servers: https://abroad\.example\.com is not allowed; allowed: https://10"),
        (kubeconfig(), "dc1", ["https://10.60.0.10"], r"^servers: https://10\.60\.0\.10:6443 is not allowed"),
        (kubeconfig(), "dc2", [SERVER], r"^context: dc2 .*one of the contexts in the kubeconfig \(dc1, elsewhere\)"),
        (kubeconfig(**{"insecure-skip-tls-verify": True}), "dc1", [SERVER], "a server whose certificate is verified"),
        (kubeconfig(**{"certificate-authority": "ca.pem", "certificate-authority-data": None}), "dc1", [SERVER], None),
        ("{}", "dc1", [SERVER], "none: it has no entries"),
        ("token: [" + KEY, "dc1", [SERVER], r"^kubeconfig: its text is not allowed; allowed: a kubeconfig"),
        (KEY, "dc1", [SERVER], r"^kubeconfig: its text"),
    ],
)  # fmt: skip
def test_what_is_refused_and_never_repeated(text: str, context: str, servers: list[str], message: str | None) -> None:
    if message is None:  # what is in the file is there already
        assert load_cluster(text, context, servers, read_no_file)
        return
    with pytest.raises(Unreachable, match=message) as caught:
        load_cluster(text, context, servers, read_no_file)
    assert KEY not in str(caught.value)


def test_a_file_that_is_not_there_is_named() -> None:
    document = json.loads(kubeconfig())
    document["users"][0]["user"] = {"client-key": "key.pem"}
    with pytest.raises(Unreachable, match=r"^kubeconfig: client-key: key\.pem .*a file that can be read"):
        load_cluster(json.dumps(document), "dc1", [SERVER], read_no_file)
