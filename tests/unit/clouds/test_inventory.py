"""The inventory under many threads and processes, and its use by the command line."""

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.spec import InventoryItem

BUCKET = "aws:s3/bucket:Bucket"


def bucket(name: str, cloud: str = "aws") -> InventoryItem:
    """Returns a resource to add."""
    return InventoryItem(
        0, cloud, BUCKET, "scope", name, name, f"urn::{name}", {"bucket": name}, {"arn": f"a:{name}"}, ""
    )


def claim(path: Path, names: list[str], won: list[str]) -> None:
    """Takes each free name as a create does: looks it up and adds it in one transaction."""
    inventory = Inventory(path, "aws")
    for name in names:
        with inventory.transaction() as transaction:
            if not transaction.find(BUCKET, name=name):
                transaction.add(bucket(name), "seed", [name], [])
                won.append(name)
    inventory.close()


def claim_and_report(path: Path, names: list[str], queue: "multiprocessing.Queue[list[str]]") -> None:
    """Runs `claim` in a separate process."""
    won: list[str] = []
    claim(path, names, won)
    queue.put(won)


def names_of(path: Path) -> list[str]:
    """Returns the names of all resources, sorted."""
    with Inventory(path).transaction() as transaction:
        return sorted(resource.name for resource in transaction.all_items())


def test_children_lie_below_an_id_and_are_looked_up_by_an_index(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as transaction:
        for name in ("a", "a/b", "a/~/c", "a-b/c", "a.", "a0", "ab/c"):
            transaction.add(bucket(name), "seed", [name], [])
        assert [item.id for item in transaction.children("a")] == ["a/b", "a/~/c"]
    query = "EXPLAIN QUERY PLAN SELECT key FROM resources WHERE id >= 'a/' AND id < 'a0'"
    (plan,) = sqlite3.connect(inventory_path).execute(query)
    assert "by_id" in plan[-1]


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
        with inventory.transaction() as transaction:
            transaction.add(bucket("b"), "seed", ["b"], [("x", "y")])
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
    with first.transaction() as transaction:
        transaction.add(bucket("b"), "seed", ["b"], [])
    assert Inventory(inventory_path).salt == first.salt
    assert names_of(inventory_path) == ["b"]


def test_clouds_do_not_see_each_other(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as transaction:
        transaction.add(bucket("b"), "seed", ["same"], [])
    with Inventory(inventory_path, "azure-native").transaction() as transaction:
        assert transaction.all_items() == []
        assert transaction.by_handle("same") is None
    with Inventory(inventory_path).transaction() as transaction:
        assert transaction.counts() == {("aws", BUCKET): 1}


def test_handles_references_and_delete(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as transaction:
        one = transaction.add(bucket("one"), "seed", ["one", "arn:one"], [])
        two = transaction.add(bucket("two"), "seed", ["two"], [("source", "arn:one")])
        assert transaction.by_handle("arn:one") == one
        assert transaction.referrers(one) == [two]
        assert transaction.referrers(two) == []
        assert transaction.references_of(two) == [("source", "arn:one")]
        assert transaction.seed_of(two) == "seed"
        transaction.delete(two)
        assert transaction.referrers(one) == []
        assert transaction.by_handle("two") is None
        assert transaction.all_items() == [one]


def test_a_soft_deleted_resource_is_only_found_by_its_name(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as transaction:
        transaction.delete(transaction.add(bucket("b"), "seed", ["b"], []), soft=True)
        assert transaction.all_items() == []
        assert transaction.find(BUCKET, name="b") == []
        assert transaction.by_handle("b") is None
        assert transaction.counts() == {}
        assert [retained.id for retained in transaction.soft_deleted(BUCKET, "b")] == ["b"]


def test_a_file_of_an_older_version_is_upgraded(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as transaction:
        transaction.delete(transaction.add(bucket("b"), "seed", ["b"], []), soft=True)
    with sqlite3.connect(inventory_path) as connection:
        connection.execute("ALTER TABLE resources RENAME COLUMN soft_deleted TO buried")
    connection.close()
    with Inventory(inventory_path, "aws").transaction() as transaction:
        assert transaction.all_items() == []
        assert [retained.id for retained in transaction.soft_deleted(BUCKET, "b")] == ["b"]


def test_tampering_changes_inputs_and_outputs(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as transaction:
        transaction.tamper(transaction.add(bucket("b"), "seed", [], []), "bucket", "other")
        transaction.tamper(transaction.all_items()[0], "acl", "public-read")
        result = transaction.all_items()[0]
        assert result.inputs == {"bucket": "other"}
        assert result.outputs == {"arn": "a:b", "bucket": "other", "acl": "public-read"}


def test_an_id_in_two_scopes_needs_the_scope(inventory_path: Path) -> None:
    with Inventory(inventory_path, "aws").transaction() as transaction:
        for scope in ("one", "two"):
            transaction.add(InventoryItem(0, "aws", "t", scope, "n", "n", "", {}, {}, ""), "seed", [], [])
        assert transaction.by_id("t", "n") is None
        result = transaction.by_id("t", "n", "two")
        assert result is not None
        assert result.scope == "two"
