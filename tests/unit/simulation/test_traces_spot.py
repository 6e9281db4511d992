"""Spot capacity: ticks of the traces of "Can't Be Late", logs of kept machines, price histories with a bid."""

from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.simulation.traces import read_spot
from tests.unit.simulation.trace_files import LOG, price, written


def ticks(gap: object, data: object) -> dict[str, object]:
    return {"metadata": {"gap_seconds": gap}, "data": data}


def test_ticks_of_one_zone(tmp_path: Path) -> None:
    spot = read_spot(written(tmp_path / "us-east-1a_v100_1.json", ticks(300, [1, 1, 0, 1, 1])))
    assert spot.at.tolist() == [0.0, 600.0, 900.0]
    assert spot.machines.tolist() == [[1], [0], [1]]
    assert spot.length == 1500.0


def test_a_folder_has_a_zone_per_file_and_ends_with_the_shortest(tmp_path: Path) -> None:
    written(tmp_path / "a.json", ticks(300, [16, 3, 3, 0]))
    written(tmp_path / "b.json", ticks(200, [0, 0, 5, 5, 1]))
    spot = read_spot(tmp_path, scale=2)
    assert spot.at.tolist() == [0.0, 300.0, 400.0, 800.0, 900.0]
    assert spot.machines.tolist() == [[32, 0], [6, 0], [6, 10], [6, 2], [0, 2]]
    assert spot.length == 1000.0


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (ticks(0, [1]), "metadata.gap_seconds: 0 is not a number from 10 to 604800"),
        (ticks(None, [1]), "metadata.gap_seconds: None is not a number"),
        (ticks(300, []), "data: is empty"),
        (ticks(300, [1, -1]), r"data\[1\]: -1 is not a whole number of machines"),
        (ticks(300, [1, 0.5]), r"data\[1\]: 0.5 is not a whole number of machines"),
        (ticks(300, [True]), r"data\[0\]: True is not a whole number of machines"),
        (ticks(300, {}), "data: {} is not a list"),
        ({"gap_seconds": 3}, "metadata: None is not an object"),
        ({}, "does not begin as a trace does; name its form, one of spot-availability, spot-log, spot-prices"),
        ("a,b\n1,2\n", "does not begin as a trace does"),
    ],
)
def test_ticks_that_are_wrong(tmp_path: Path, document: object, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_spot(written(tmp_path / "x.json", document))


@pytest.mark.parametrize(
    ("machine", "at", "machines"),
    [
        (None, [0.0, 30.0, 60.0, 601.0, 1200.0], [[1, 0], [2, 0], [2, 1], [1, 1], [2, 1]]),
        ("8 k80", [0.0, 30.0, 60.0, 601.0, 1200.0], [[0, 0], [1, 0], [1, 1], [0, 1], [1, 1]]),
        ("1 v100", [0.0], [[1]]),
    ],
)
def test_a_log_of_kept_machines(
    tmp_path: Path, machine: str | None, at: list[float], machines: list[list[int]]
) -> None:
    spot = read_spot(written(tmp_path / "persistent.out", LOG), machine=machine)
    assert (spot.at.tolist(), spot.machines.tolist(), spot.length) == (at, machines, 3600.0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            LOG + "[2020-03-15T09:00:00.000Z] Instance i-4 running in zone us-east-1b\n",
            "line 10: is earlier than the line",
        ),
        (LOG + "[2020-03-15T12:00:00.000Z] Instance i-4 is bored\n", "line 10: .* is no event, such as"),
        (LOG + "half a li", "line 10: 'half a li' is no event"),
        (LOG.replace("10:00:30.000Z", "10:00"), "line 2: '2020-03-15T10:00' is not a time such as .*, with its zone"),
    ],
)
def test_logs_that_are_wrong(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_spot(written(tmp_path / "persistent.out", text))


def test_a_log_without_the_machine_names_those_that_it_has(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has no machine of kind '1 a100'; it has 1 v100, 8 k80"):
        read_spot(written(tmp_path / "persistent.out", LOG), machine="1 a100")


HISTORY = {
    "NextToken": "",
    "SpotPriceHistory": [
        price("us-east-1b", "1.20", "2020-03-02T00:00:00.000Z"),
        price("us-east-1b", "0.90", "2020-03-01T12:00:00.000Z"),
        price("us-east-1b", "1.10", "2020-03-01T06:00:00.000Z"),
        price("us-east-1a", "1.00", "2020-03-01T00:00:00.000Z"),
    ],
}


def test_prices_and_a_bid(tmp_path: Path) -> None:
    spot = read_spot(written(tmp_path / "p3.json", HISTORY), bid=1.0, scale=3)
    assert spot.at.tolist() == [0.0, 21600.0]
    assert spot.machines.tolist() == [[3, 0], [3, 3]]
    assert spot.length == 64800.0


def test_a_folder_of_histories_is_one_history(tmp_path: Path) -> None:
    for index, entry in enumerate(HISTORY["SpotPriceHistory"]):
        written(tmp_path / f"{index}.json", {"SpotPriceHistory": [entry]})
    written(
        tmp_path / "other.json", {"SpotPriceHistory": [price("us-east-1a", "3", "2020-03-09T00:00:00Z", "p2.xlarge")]}
    )
    with pytest.raises(BadInput, match=r"has prices of p2\.xlarge, p3\.2xlarge; name one of them as machine=p2"):
        read_spot(tmp_path, bid=1.0)
    assert read_spot(tmp_path, bid=1.0, machine="p3.2xlarge").machines.tolist() == [[1, 0], [1, 1]]


@pytest.mark.parametrize(
    ("document", "bid", "sentence"),
    [
        (HISTORY, None, "is a price history; give the highest price that you pay"),
        (HISTORY, 0.0, "bid: 0.0 is not a price in USD per hour greater than 0"),
        (HISTORY, float("nan"), "bid: nan is not a price"),
        ({"SpotPriceHistory": []}, 1.0, "has no prices"),
        ({"SpotPriceHistory": [price("a", "free", "2020-03-01T00:00:00Z")]}, 1.0, r"\[0\]: SpotPrice: 'free' is not"),
        ({"SpotPriceHistory": [price("a", "1", "2020-03-01T00:00:00")]}, 1.0, r"\[0\]: Timestamp: .* with its zone"),
        ({"SpotPriceHistory": [price("", "1", "2020-03-01T00:00:00Z")]}, 1.0, r"AvailabilityZone: '' is not a text"),
    ],
)
def test_prices_that_are_wrong(tmp_path: Path, document: object, bid: float | None, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_spot(written(tmp_path / "p3.json", document), bid=bid)


def test_options_that_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="scale: 0 is not a whole number from 1"):
        read_spot(written(tmp_path / "p3.json", HISTORY), scale=0)
    with pytest.raises(BadInput, match="'prices' is no form of a trace; use spot-availability, spot-log, spot-prices"):
        read_spot(written(tmp_path / "p3.json", HISTORY), "prices")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="is a folder without files"):
        read_spot(tmp_path / "empty")


def test_a_history_of_one_price_lasts_long_enough_to_repeat(tmp_path: Path) -> None:
    spot = read_spot(written(tmp_path / "p3.json", {"SpotPriceHistory": HISTORY["SpotPriceHistory"][:1]}), bid=1.2)
    assert (spot.at.tolist(), spot.machines.tolist(), spot.length) == ([0.0], [[1]], 900.0)
