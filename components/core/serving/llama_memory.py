"""Memory of llama.cpp's server: how long a context and how large a prompt cache fit into a replica. Pure.

Without sizes the server allocates the context that the model was trained for, once for each concurrent request, fitted
to the memory of the node and not of the container, and keeps up to 8 GiB of former prompts: the container is killed.

| part of `memory_gib` | size |
| --- | --- |
| model | `model.gib`; nothing on GPUs, whose memory the weights and the context are in |
| program and its buffers for calculations | `PROGRAM_GIB` |
| context | half of the rest, at `KIB_PER_TOKEN`, within `LEAST_TOKENS` and `MOST_TOKENS` per request |
| cache of prompts | a quarter of the rest |
| reserve | a quarter of the rest |

Source: ggml-org/llama.cpp, common/arg.cpp (options, their variables, which arguments override), src/llama-context.cpp
(256 tokens are the unit of a request's context), tools/server/README.md; read 2026-11-27.
"""

from collections.abc import Iterator

from falaj.components.core.serving.runtimes import RuntimeName
from falaj.components.core.serving.specs import ServingSpec

KIB_PER_TOKEN = 128
"""Memory of one token of the context in KiB: keys and values of 16 bits of 32 layers with 8 heads of 128 numbers, as in
Llama 3.1 8B (config.json). Smaller models need less, models of 70 billion parameters 320 KiB, and models without
grouped-query attention up to 512 KiB: set `--ctx-size` for those."""

PROGRAM_GIB = 1.0
"""Memory of the program in GiB, with its largest buffer: results of 512 tokens for a vocabulary of 262,144 in 32 bits
are 0.5 GiB."""

UNIT_TOKENS = 256
LEAST_TOKENS, MOST_TOKENS = 512, 32_768
"""Bounds of the context of a request in tokens, unless a service states another."""

_CONTEXT = (("--ctx-size", "-c"), "LLAMA_ARG_CTX_SIZE")
_CACHE = (("--cache-ram", "-cram"), "LLAMA_ARG_CACHE_RAM")


def context_tokens(serving: ServingSpec) -> int:
    """Returns the tokens of the contexts of all concurrent requests that a replica without GPUs has memory for."""
    a_request = _free_gib(serving) / 2 * 1024**2 / KIB_PER_TOKEN / serving.concurrency
    whole_units = int(a_request) // UNIT_TOKENS * UNIT_TOKENS
    return min(MOST_TOKENS, max(LEAST_TOKENS, whole_units)) * serving.concurrency


def prompt_cache_mib(serving: ServingSpec) -> int:
    """Returns the size of the prompt cache of a replica in MiB."""
    return int(_free_gib(serving) / 4 * 1024)


def memory_warnings(serving: ServingSpec) -> Iterator[str]:
    """Yields a warning if the sizes that a service states or has by default exceed its memory."""
    if serving.runtime is not RuntimeName.LLAMA_CPP or serving.gpu is not None:
        return
    context, cache = _given(serving, *_CONTEXT), _given(serving, *_CACHE)
    tokens = context_tokens(serving) if context is None else context
    mib = prompt_cache_mib(serving) if cache is None else cache
    # The server takes the first as the trained context for each request, and the second as no limit.
    is_unlimited = tokens <= 0 or mib < 0
    gib = _other_gib(serving) + tokens * KIB_PER_TOKEN / 1024**2 + mib / 1024
    if is_unlimited or gib > serving.memory_gib:
        needed = "unlimited memory" if is_unlimited else f"{gib:.1f} GiB"
        yield (
            f"memory_gib is {serving.memory_gib:g}, and llama-cpp may need {needed} for the model, {tokens} tokens of "
            f"context and a prompt cache of {mib} MiB. Raise memory_gib, or lower concurrency, --ctx-size or "
            "--cache-ram in args"
        )


def _other_gib(serving: ServingSpec) -> float:
    """Returns the memory in GiB of what is neither context nor cache."""
    return PROGRAM_GIB + serving.shared_memory + (0 if serving.gpu else serving.model.gib)


def _free_gib(serving: ServingSpec) -> float:
    return max(0.0, serving.memory_gib - _other_gib(serving))


def _given(serving: ServingSpec, options: tuple[str, ...], variable: str) -> int | None:
    """Returns the number that a service gives an option, in its arguments or else its environment; None if it gives
    none, or one that is known only during the deployment."""
    pairs = zip(serving.args, serving.args[1:], strict=False)
    values = [serving.environment.get(variable), *(value for option, value in pairs if option in options)]
    numbers = [int(value) for value in values if isinstance(value, str) and value.lstrip("-").isdecimal()]
    return numbers[-1] if numbers else None
