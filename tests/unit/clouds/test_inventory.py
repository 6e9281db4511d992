"""The inventory under many threads and processes, and what the command line asks of it."""

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.rows import Resource

BUCKET = "aws:s3/bucket:Bucket"


def bucket(name: str, cloud: str = "aws") -> Resource:
    """A resource to add."""
    return Resource(0, cloud, BUCKET, "scope", name, name, f"urn::{name}", {"bucket": name}, {"arn": f"a:{name}"}, "")


def claim(path: Path, names: list[str], won: list[str]) -> None:
    """Take each name that nobody has yet, as a create does: look and add in one transaction."""
    inventory = Inventory(path, "aws")
    for name in names:
        with inventory.transaction() as ledger:
            if not ledger.find(BUCKET, name=name):
                ledger.add(bucket(name), "seed", [name], [])
                won.append(name)
    inventory.close()


def claim_and_report(path: Path, names: list[str], queue: "multiprocessing.Queue[list[str]]") -> None:
    """`claim` for a process of its own."""
    won: list[str] = []
    claim(path, names, won)
    queue.put(won)


def names_of(path: Path) -> list[str]:
    """What exists, sorted."""
    with Inventory(path).transaction() as ledger:
        return sorted(resource.name for resource in ledger.everything())


def test_threads_never_take_one_name_twice(inventory_path: Path) -> None:
    names = [f"b{number}" for number in range(25)]
    won: list[str] = []
    threads = [threading.Thread(target=claim, args=(inventory_path, names, won)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == sorted(names) == names_of(inventory_path)


def test_processes_never_take_one_name_twice(inventory_path: Path) -> None:
    names = [f"b{number}" for number in range(25)]
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[list[str]] = context.Queue()
    processes = [context.Process(target=claim_and_report, args=(inventory_path, names, queue)) for _ in range(3)]
    for process in processes:
        process.start()
    won = [name for _ in processes for name in queue.get(timeout=30)]
    for process in processes:
        process.join()
    assert sorted(won) == sorted(names) == names_of(inventory_path)


def test_a_failed_transaction_leaves_nothing(inventory_path: Path) -> None:
    inventory = Inventory(inventory_path, "aws")

    def fail_half_way() -> None:
        with inventory.transaction() as ledger:
            ledger.add(bucket("b"), "seed", ["b"], [("x", "y")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert names_of(inventory_path) == []
    with sqlite3.connect(inventory_path) as connection:
        assert connection.execute("SELECT (SELECT COUNT(*) FROM handles) + (SELECT COUNT(*) FROM refs)").fetchone() == (
            0,
        )
    connection.close()


def test_it_outlives_its_process_and_keeps_its_salt(inventory_path: Path) -> None:
    first = Inventory(inventory_path)
    with first.transaction() as ledger:
        ledger.add(bucket("b"), "seed", ["b"], [])
    assert Inventory(inventory_path).salt == first.salt
    assert names_of(inventory_path) == ["b"]


def test_clouds_do_not_see_each_other(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as ledger:
        ledger.add(bucket("b"), "seed", ["same"], [])
    with Inventory(inventory_path, "azure-native").transaction() as ledger:
        assert ledger.everything() == []
        assert ledger.by_handle("same") is None
    with Inventory(inventory_path).transaction() as ledger:
        assert ledger.counts() == {("aws", BUCKET): 1}


def test_handles_references_and_drop(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as ledger:
        one = ledger.add(bucket("one"), "seed", ["one", "arn:one"], [])
        two = ledger.add(bucket("two"), "seed", ["two"], [("source", "arn:one")])
        assert ledger.by_handle("arn:one") == one
        assert ledger.referring(one) == [two]
        assert ledger.referring(two) == []
        assert ledger.references_of(two) == [("source", "arn:one")]
        assert ledger.seed_of(two) == "seed"
        ledger.drop(two)
        assert ledger.referring(one) == []
        assert ledger.by_handle("two") is None
        assert ledger.everything() == [one]


def test_a_buried_resource_is_only_found_by_its_name(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as ledger:
        ledger.drop(ledger.add(bucket("b"), "seed", ["b"], []), bury=True)
        assert ledger.everything() == []
        assert ledger.find(BUCKET, name="b") == []
        assert ledger.by_handle("b") is None
        assert ledger.counts() == {}
        assert [kept.id for kept in ledger.buried(BUCKET, "b")] == ["b"]


def test_tampering_changes_what_was_given_and_what_is_answered(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as ledger:
        ledger.tamper(ledger.add(bucket("b"), "seed", [], []), "bucket", "other")
        ledger.tamper(ledger.everything()[0], "acl", "public-read")
        found = ledger.everything()[0]
        assert found.inputs == {"bucket": "other"}
        assert found.outputs == {"arn": "a:b", "bucket": "other", "acl": "public-read"}


def test_an_id_in_two_scopes_needs_the_scope(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as ledger:
        for scope in ("one", "two"):
            ledger.add(Resource(0, "aws", "t", scope, "n", "n", "", {}, {}, ""), "seed", [], [])
        assert ledger.by_id("t", "n") is None
        found = ledger.by_id("t", "n", "two")
        assert found is not None
        assert found.scope == "two"
