"""Fifteen workloads: which machines, how many, and what they cost, each computed by hand.

The formulae are written out here with literal figures, apart from the code: data sheets (GB/s, dense bf16 TFLOPS) of
the GPUs, 0.6 and 0.4 of them for tokens and prompts, 0.7 load. Lengths are those of the Azure conversation trace of
2023: prompts 1,154.7 tokens on average and 4,083 at the 95th percentile, answers 211.1 and 451.
"""

import math
from decimal import Decimal

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.rightsize.choose import Option, SiteAnswer, answer
from falaj.finops.rightsize.profile_file import parse
from falaj.finops.rightsize.sites import regions
from falaj.finops.rightsize.work import Obstacle

SITES = {site.name: site for site in regions()}
LLAMA_8B_TOKEN = 2 * 32 * 8 * 128 * 2 / 1e9
"""GB of keys and values a token: 32 layers, 8 heads of 128, 2 bytes each."""
LLAMA_70B_TOKEN = 2 * 80 * 8 * 128 * 2 / 1e9
CARDS = {"L4": (300, 121), "L40S": (864, 362), "H100 NVL": (3938, 835), "H200": (4800, 989), "A100": (2039, 312)}


def at(text: str, site: str) -> SiteAnswer:
    return answer(parse(f"{{{text}}}"), [SITES[site]], catalogue()).sites[0]


def chosen(text: str, site: str) -> Option:
    option = at(text, site).chosen
    assert option is not None
    return option


def served(
    card: str, billions: float, token_gb: float, prompt: float, output: float, batch: int, bytes_each: float = 2,
    gpus: int = 1,
) -> float:
    """Requests a second of one replica: prompt at 2 operations a parameter, answer at one read of weights and cache a
    step for all, GPUs of one model at 0.85."""
    gb_s, tflops = CARDS[card]
    share = gpus * (0.85 if gpus > 1 else 1)
    first = prompt * 2 * billions / 1000 / (tflops * share * 0.4)
    read = (billions * bytes_each + batch * token_gb * (prompt + output / 2)) / (gb_s * share * 0.6)
    step = max(read, batch * 2 * billions / 1000 / (tflops * share * 0.4))
    return 1 / (first + output * step / batch)


def machines_for(rate: float, per_second: float) -> int:
    return math.ceil(rate / (per_second * 0.7))


CHAT = "kind: inference, parameters_billion: 8, requests_per_second: 10, context_tokens: 16384, "


@pytest.mark.parametrize(
    ("lengths", "prompt", "output"),
    [
        ("prompt_tokens: 1155, output_tokens: 211", 1155, 211),  # means of the trace
        ("prompt_tokens: 4048, output_tokens: 211", 4048, 211),  # 99th percentile, 4,259 together
        ("prompt_tokens: 8063, output_tokens: 129", 8063, 129),  # a context of 8,192 taken for every request
    ],
)
def test_1_to_3_an_8b_chat_costs_by_its_lengths_not_by_its_limit(lengths: str, prompt: int, output: int) -> None:
    """With every request as long as the 99th percentile it would cost three times, as long as the limit six times."""
    option = chosen(CHAT + lengths, "me-central-1")
    assert option.machine.gpu_model == "L40S"
    per_second = served("L40S", 8, LLAMA_8B_TOKEN, prompt, output, option.work.batch)
    assert option.work.per_second / option.work.count == pytest.approx(per_second)
    assert option.work.count == machines_for(10, per_second)
    assert option.usd == Decimal("2.283") * 730 * option.work.count


def test_the_limit_changes_memory_and_nothing_else() -> None:
    short, long = (chosen(f"{CHAT.replace('16384', limit)} prompt_tokens: 1155, output_tokens: 211", "me-central-1")
                   for limit in ("2048", "32768"))  # fmt: skip
    assert (short.machine.name, short.work.count, short.usd) == (long.machine.name, long.work.count, long.usd)
    longest = at(f"{CHAT.replace('16384', '1000000')} prompt_tokens: 1155, output_tokens: 211", "me-central-1")
    # 131 GB of keys and values for one request of a million tokens, beside 16 GB of weights
    assert all(item.machine.gpus > 1 or item.family != "GPU" for item in longest.feasible)
