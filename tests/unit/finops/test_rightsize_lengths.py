"""Lengths of requests: by hand, by brute force over every moment of a trace, and unreadable traces."""

import random
import statistics
from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.rightsize.lengths import lengths_of, of_trace
from falaj.finops.rightsize.profile import Inference, TokenLengths
from falaj.finops.rightsize.profile_file import parse

LLM = "kind: inference, parameters_billion: 8, context_tokens: 8192, requests_per_second: 2"


def written(folder: Path, requests: list[tuple[int, int]], header: str = "ContextTokens,GeneratedTokens") -> Path:
    file = folder / "trace.csv"
    file.write_text("\n".join([f"TIMESTAMP,{header}", *(f"2023-11-16 18:15:46,{p},{g}" for p, g in requests)]))
    return file


def stated(text: str) -> Inference:
    profile = parse(f"{{{LLM}, {text}}}")
    assert isinstance(profile, Inference)
    return profile


def test_percentiles_and_refused_requests_of_a_trace(tmp_path: Path) -> None:
    requests = [(tokens, 10) for tokens in range(1, 101)] + [(9000, 500)]
    lengths = of_trace(written(tmp_path, requests), 8192)
    assert lengths.prompt == TokenLengths(mean=50.5, p95=95)
    assert lengths.output == TokenLengths(mean=10, p95=10)
    notes = " ".join(lengths.notes)
    assert "101 requests" in notes
    assert "prompts: mean 50, p50 50, p95 95, p99 99, most 100 tokens" in notes
    assert "0.99% of the trace's requests exceed context_tokens" in notes


@pytest.mark.parametrize("header", ["prompt_tokens,output_tokens", "ContextTokens,GeneratedTokens"])
def test_both_forms_of_columns(tmp_path: Path, header: str) -> None:
    assert of_trace(written(tmp_path, [(3, 4)], header), 8192).prompt.mean == 3


def test_tokens_held_at_a_random_moment_by_brute_force(tmp_path: Path) -> None:
    """Every moment of every request, one a generated token: what it holds then. Requests that generate longer are met
    more often, so this is more than the mean length of requests."""
    draw = random.Random(1)  # noqa: S311 - no secret
    requests = [(draw.randint(1, 4000), round(draw.expovariate(1 / 200)) + 1) for _ in range(400)]
    held = [prompt + token for prompt, output in requests for token in range(output)]
    lengths = of_trace(written(tmp_path, requests), 8192)
    assert lengths.resident == pytest.approx(statistics.fmean(held) + 0.5)
    assert lengths.resident_deviation == pytest.approx(statistics.pstdev(held), rel=1e-3)


def test_the_cache_of_a_full_replica_by_simulation(tmp_path: Path) -> None:
    """32 slots that are always taken, each by the next of 20,000 drawn requests: one token a step in every slot. The
    planned cache is exceeded in about 5 % of the steps."""
    draw = random.Random(2)  # noqa: S311 - no secret
    requests = [(draw.randint(1, 4000), round(draw.expovariate(1 / 200)) + 1) for _ in range(400)]
    lengths = of_trace(written(tmp_path, requests), 8192)
    planned = lengths.resident_tokens(32, 8192)
    slots = [[*draw.choice(requests), 0] for _ in range(32)]
    above, steps = 0, 20_000
    for step in range(steps + 2000):
        for slot in slots:
            slot[2] += 1
            if slot[2] >= slot[1]:
                slot[:] = [*draw.choice(requests), 0]
        if step >= 2000:
            above += sum(prompt + done for prompt, _, done in slots) > planned
    assert 0.02 < above / steps < 0.09


def test_one_request_of_the_greatest_length_always_fits() -> None:
    lengths = lengths_of(stated("prompt_tokens: 100, output_tokens: 10"))
    assert lengths.resident_tokens(1, 8192) == 8192
    assert lengths.resident_tokens(1000, 8192) == pytest.approx(1000 * 105)
    assert lengths_of(stated("prompt_tokens: 100, output_tokens: 0")).resident_tokens(32, 8192) == 0


def test_assumed_lengths_are_said_and_fit_the_limit() -> None:
    lengths = lengths_of(stated("precision: bf16"))
    assert (lengths.prompt.mean, lengths.output.mean) == (1154.7, 211.1)
    assert "Azure conversation trace, 2023-11-16" in lengths.notes[0]
    short = lengths_of(stated("output_tokens: 0").model_copy(update={"context_tokens": 512}))
    assert short.prompt == TokenLengths(mean=512, p95=512)
    assert not lengths_of(stated("prompt_tokens: 9, output_tokens: 9")).notes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no columns prompt_tokens and output_tokens or ContextTokens and GeneratedTokens, but none"),
        ("a,b\n1,2", "but a, b"),
        ("prompt_tokens,output_tokens\n1,x", "request 1: has no whole numbers of tokens"),
        ("prompt_tokens,output_tokens\n1", "request 1: has no whole numbers of tokens"),
        ("prompt_tokens,output_tokens\n-1,2", "request 1: tokens are 0 to"),
        ("prompt_tokens,output_tokens\n9999,2", "has no request of at most 8,192 context_tokens"),
        ("prompt_tokens,output_tokens\n", "has no request"),
        ("\x00", "has no columns"),
    ],
)
def test_an_unusable_trace_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "trace.csv"
    file.write_text(text)
    with pytest.raises(BadInput) as refused:
        of_trace(file, 8192)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_trace_and_a_trace_beside_lengths(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read as a trace"):
        of_trace(tmp_path / "none.csv", 8192)
    with pytest.raises(BadInput, match="give trace or prompt_tokens, and not both"):
        stated("trace: a.csv, prompt_tokens: 9")
    with pytest.raises(BadInput, match="9000 prompt_tokens do not fit 8192 context_tokens"):
        stated("prompt_tokens: 9000")
