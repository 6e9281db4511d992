"""Writes a language model of random weights in GGUF: `python make_model.py SIZE FILE`.

Its architecture is Llama's, so that llama.cpp loads, quantises and serves it as any other. Its answers mean nothing:
it serves to test the server, and to measure speed and memory, which do not depend on what the weights say.
"""

import sys
from dataclasses import dataclass

import gguf  # pyright: ignore[reportMissingImports] - in the environment of the model server only
import numpy as np

SEED = 20261127
CONTEXT = 4096
HEAD = 64
FIRST_WORD = 3 + 256
"""Number of the first token after the control tokens and the bytes."""

FILE_TYPE_F16 = 1
"""GGUF's `MOSTLY_F16`."""


@dataclass(frozen=True)
class Shape:
    """Sizes of a model. The rows of matrices are multiples of 256, the block of the K-quants."""

    embedding: int
    feed_forward: int
    layers: int
    vocabulary: int


SHAPES = {
    "tiny": Shape(embedding=256, feed_forward=512, layers=2, vocabulary=512),
    "small": Shape(embedding=1024, feed_forward=4096, layers=16, vocabulary=32_000),
}
"""tiny: 1.4 million parameters. small: 0.3 billion."""


def write(shape: Shape, file: str) -> int:
    """Writes the model in 16 bits; returns the number of parameters."""
    writer = gguf.GGUFWriter(file, "llama")
    writer.add_name("random")
    writer.add_file_type(FILE_TYPE_F16)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(shape.embedding)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_block_count(shape.layers)
    writer.add_head_count(shape.embedding // HEAD)
    writer.add_head_count_kv(shape.embedding // HEAD)
    writer.add_rope_dimension_count(HEAD)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(shape.vocabulary)
    _add_vocabulary(writer, shape.vocabulary)
    parameters = _add_tensors(writer, shape)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return parameters


def _add_vocabulary(writer: gguf.GGUFWriter, size: int) -> None:
    """Adds control tokens, all bytes, so that every text can be read, and made-up words."""
    kinds = gguf.TokenType
    control = [("<unk>", kinds.UNKNOWN), ("<s>", kinds.CONTROL), ("</s>", kinds.CONTROL)]
    tokens = [*control, *((f"<0x{byte:02X}>", kinds.BYTE) for byte in range(256))]
    tokens += [(f"\N{LOWER ONE EIGHTH BLOCK}w{number}", kinds.NORMAL) for number in range(size - len(tokens))]
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text for text, _ in tokens])
    writer.add_token_scores([-float(index) for index in range(size)])
    writer.add_token_types([kind for _, kind in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)


def _add_tensors(writer: gguf.GGUFWriter, shape: Shape) -> int:
    random, total = np.random.default_rng(SEED), 0

    def add(name: str, rows: int, columns: int, zeros: int = 0) -> None:
        nonlocal total
        weights = random.standard_normal((rows, columns), dtype=np.float32) * 0.02
        weights[:zeros] = 0
        writer.add_tensor(f"{name}.weight", weights.astype(np.float16))
        total += rows * columns

    width, wide = shape.embedding, shape.feed_forward
    ones = np.ones(width, dtype=np.float32)
    add("token_embd", shape.vocabulary, width)
    # The most likely token is then a word: single bytes are no valid text, and the server would refuse the answer.
    add("output", shape.vocabulary, width, zeros=FIRST_WORD)
    writer.add_tensor("output_norm.weight", ones)
    for layer in range(shape.layers):
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"blk.{layer}.{part}", width, width)
        add(f"blk.{layer}.ffn_gate", wide, width)
        add(f"blk.{layer}.ffn_up", wide, width)
        add(f"blk.{layer}.ffn_down", width, wide)
        for part in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{part}.weight", ones)
    return total


if __name__ == "__main__":
    print(write(SHAPES[sys.argv[1]], sys.argv[2]))
