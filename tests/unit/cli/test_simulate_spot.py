"""`falaj simulate --spot`: which pool a trace of spot capacity is for, and what is said about it after the file."""

import json
from pathlib import Path

import pytest

from falaj.cli.simulate_spot import read_spot_traces
from falaj.finops.errors import BadInput

POOLS = ("main/gpu", "main/cpu")


def price(machine: str, usd: str, hour: int) -> dict[str, str]:
    time = f"2020-03-01T{hour:02}:00:00Z"
    return {"InstanceType": machine, "AvailabilityZone": "a", "SpotPrice": usd, "Timestamp": time}


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Returns prices of two machines, of which one rises to more than USD 1 an hour."""
    rows = [price("g5.xlarge", "0.5", 0), price("g5.xlarge", "1.5", 6), price("g6.xlarge", "2", 0)]
    file = tmp_path / "history.json"
    file.write_text(json.dumps({"SpotPriceHistory": rows}))
    return file


def test_a_price_history_is_read_by_bid_machine_and_scale(history: Path) -> None:
    found = read_spot_traces([f"{history},bid=1,machine=g5.xlarge,scale=8"], POOLS)
    assert {key: capacity.machines.tolist() for key, capacity in found.items()} == {"*": [[8]]}
    dear = read_spot_traces([f"main/gpu={history},machine=g6.xlarge,bid=2.5"], POOLS)
    assert {key: capacity.machines.tolist() for key, capacity in dear.items()} == {"main/gpu": [[1]]}
    low = read_spot_traces([f"{history},machine=g6.xlarge,bid=1.9"], POOLS)
    assert low["*"].machines.tolist() == [[0]]


def test_pools_have_traces_of_their_own_and_a_comma_in_a_name_is_part_of_it(tmp_path: Path) -> None:
    file = tmp_path / "zone,a.json"
    file.write_text(json.dumps({"metadata": {"gap_seconds": 300}, "data": [1, 0]}))
    found = read_spot_traces([str(file), f"main/cpu={file},scale=3"], POOLS)
    assert {key: capacity.machines.tolist() for key, capacity in found.items()} == {
        "*": [[1], [0]],
        "main/cpu": [[3], [0]],
    }


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("", "give the highest price that you pay, in USD per hour, as bid=0.9"),
        (",bid=1", "has prices of g5.xlarge, g6.xlarge; name one of them as machine=g5.xlarge"),
        (",bid=x,machine=g5.xlarge", "--spot bid: 'x' is not a number"),
        (",bid=0,machine=g5.xlarge", "bid: 0.0 is not a price in USD per hour greater than 0"),
        (",bid=1,machine=", "--spot machine: is empty; give the machine type as the trace has it"),
        (",bid=1,machine=g5.xlarge,scale=1.5", "--spot scale: '1.5' is not a whole number, such as 8"),
        (",bid=1,machine=g5.xlarge,scale=0", "scale: 0 is not a whole number from 1 to 1000000"),
    ],
)
def test_what_a_trace_needs_and_is_not_said_is_refused(history: Path, parameters: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_spot_traces([f"{history}{parameters}"], POOLS)
    assert sentence in str(refused.value)


def test_a_pool_that_the_stack_does_not_have_is_refused(history: Path) -> None:
    with pytest.raises(BadInput, match="the stack has no pool 'main/other'; there are: main/gpu, main/cpu"):
        read_spot_traces([f"main/other={history},bid=1"], POOLS)
