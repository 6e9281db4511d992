"""Jobs and requests larger than any real one: a column in another unit, refused whatever the form of the trace."""

from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.simulation.traces import read_work

BURST = "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
PODS = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,qos,creation_time,deletion_time,scheduled_time\n"
LINE = '{{"timestamp": 27482, "input_length": {}, "output_length": 500, "hash_ids": [46]}}\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("submit,run_seconds,gpus\n0,60,1\n900,2147483648,1\n", "the job after 900 s has 2.14748e+09 seconds"),
        ("submit,run_seconds,gpus\n0,60,1e9\n", "the job after 0 s has 1e+09 GPUs; allowed are at most 100,000"),
        ("submit,run_seconds,cpu\n0,60,1e9\n", "the job after 0 s has 1e+09 vCPUs; allowed are at most 10,000,000"),
        ("submit,run_seconds,cpu,memory_gib\n0,60,1,1e9\n", "has 1e+09 GiB of memory; allowed are at most 100,000,000"),
        (
            "at,prompt_tokens\n0,5\n20,1e9\n",
            "the request after 20 s has 1e+09 tokens in its prompt; allowed are at most",
        ),
        (
            "at,generated_tokens\n0,5\n20,1e9\n",
            "the request after 20 s has 1e+09 generated tokens; allowed are at most",
        ),
        ("at,seconds\n0,5\n20,1e9\n", "the request after 20 s has 1e+09 seconds; allowed are at most 86,400"),
        (f"{BURST}5,ChatGPT,472000000,18,472000018,API log\n", "has 4.72e+08 tokens in its prompt"),
        (f"{PODS}a,8000,30000,1,500,LS,0,5200000000,30\n", "has 5.2e+09 seconds; allowed are at most 315,360,000"),
        (LINE.format(10**9), "has 1e+09 tokens in its prompt; allowed are at most 10,000,000"),
    ],
)
def test_a_size_beyond_any_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "trace"
    file.write_text(text)
    with pytest.raises(BadInput) as refused:
        read_work(file)
    assert str(file) in str(refused.value)
    assert sentence in str(refused.value)


def test_the_largest_that_there_are_are_read(tmp_path: Path) -> None:
    """A prompt of the longest context, a job of three years and a request of a day."""
    file = tmp_path / "trace"
    file.write_text("submit,run_seconds,gpus,cpu,memory_gib\n0,94608000,16384,1000000,10000000\n")
    assert read_work(file).jobs is not None
    file.write_text("at,prompt_tokens,generated_tokens,seconds\n0,10000000,1000000,86400\n")
    assert read_work(file).requests is not None
