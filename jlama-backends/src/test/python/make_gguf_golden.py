#!/usr/bin/env python3
"""Makes the golden files that GgufImportTest and TensorTypeTest compare with.

Run from the root of the checkout, with numpy and gguf 0.19 of PyPI installed:

    python3 jlama-backends/src/test/python/make_gguf_golden.py

Writes to jlama-backends/src/test/resources/dev/memcollab/jlama/gguf/; seeds are fixed, so a second
run gives the same bytes.
"""
import json
import pathlib

import gguf
import numpy as np
from gguf.quants import dequantize, quantize

OUT = pathlib.Path(__file__).parent.parent / "resources/dev/memcollab/jlama/gguf"
TYPE = gguf.GGMLQuantizationType

# Byte offsets of the F16 fields of a block: random bits there would make infinities.
HALVES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0],
          "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "F16": [0], "BF16": [], "F32": []}
VALUES = 1024


def random_blocks(rng, name):
    block, size = gguf.GGML_QUANT_SIZES[TYPE[name]]
    count = VALUES // block
    if name == "F32":
        return rng.normal(size=count).astype(np.float32).view(np.uint8).reshape(count, 4)
    if name == "BF16":
        return quantize(rng.normal(size=(1, count)).astype(np.float32), TYPE.BF16).view(np.uint8)
    blocks = rng.integers(0, 256, size=(count, size), dtype=np.uint8)
    for at in HALVES[name]:
        halves = rng.normal(scale=0.1, size=(count, 1)).astype(np.float16)
        blocks[:, at:at + 2] = halves.view(np.uint8)
    return blocks


def write_types():
    for name in HALVES:
        blocks = random_blocks(np.random.default_rng(20261124), name)
        values = dequantize(blocks.reshape(1, -1), TYPE[name]).astype("<f4")
        assert np.isfinite(values).all() and values.size == VALUES, name
        (OUT / f"{name}.encoded.bin").write_bytes(blocks.tobytes())
        (OUT / f"{name}.decoded.bin").write_bytes(values.tobytes())


HIDDEN, WIDE, HEADS, KEY_HEADS, LAYERS = 32, 64, 4, 2, 2
KEYS = HIDDEN // HEADS * KEY_HEADS
SPECIALS = {"qwen2": ["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
            "llama": ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]}


def permuted(w, heads):
    """llama.cpp's order of the rows of q and k (convert_hf_to_gguf.py, LlamaModel.permute)."""
    return w.reshape(heads, 2, w.shape[0] // heads // 2, *w.shape[1:]).swapaxes(1, 2).reshape(w.shape)


def layer(i, arch):
    p, h = f"blk.{i}.", f"model.layers.{i}."
    yield p + "attn_norm.weight", h + "input_layernorm.weight", (HIDDEN,), 0
    for x, rows, heads in (("q", HIDDEN, HEADS), ("k", KEYS, KEY_HEADS), ("v", KEYS, 0)):
        yield (f"{p}attn_{x}.weight", f"{h}self_attn.{x}_proj.weight", (rows, HIDDEN),
               heads if arch == "llama" else 0)
        if arch == "qwen2":
            yield f"{p}attn_{x}.bias", f"{h}self_attn.{x}_proj.bias", (rows,), 0
    yield p + "attn_output.weight", h + "self_attn.o_proj.weight", (HIDDEN, HIDDEN), 0
    yield p + "ffn_norm.weight", h + "post_attention_layernorm.weight", (HIDDEN,), 0
    yield p + "ffn_gate.weight", h + "mlp.gate_proj.weight", (WIDE, HIDDEN), 0
    yield p + "ffn_up.weight", h + "mlp.up_proj.weight", (WIDE, HIDDEN), 0
    yield p + "ffn_down.weight", h + "mlp.down_proj.weight", (HIDDEN, WIDE), 0


def tensors(arch, vocabulary):
    yield "token_embd.weight", "model.embed_tokens.weight", (vocabulary, HIDDEN), 0
    for i in range(LAYERS):
        yield from layer(i, arch)
    yield "output_norm.weight", "model.norm.weight", (HIDDEN,), 0
    if arch == "qwen2":
        yield "output.weight", "lm_head.weight", (vocabulary, HIDDEN), 0


def write_model(arch, types):
    """A model of a few layers, and what each tensor must be under Hugging Face's name and order."""
    rng = np.random.default_rng(7)
    w = gguf.GGUFWriter(OUT / f"tiny-{arch}.gguf", arch)
    w.add_name(f"Tiny {arch}")
    w.add_context_length(32768 if arch == "qwen2" else 2048)
    w.add_embedding_length(HIDDEN)
    w.add_feed_forward_length(WIDE)
    w.add_block_count(LAYERS)
    w.add_head_count(HEADS)
    w.add_head_count_kv(KEY_HEADS)
    w.add_layer_norm_rms_eps(1e-6)
    w.add_rope_freq_base(1e6 if arch == "qwen2" else 1e5)
    words = ["a", "b", "Ġ", "é", "Ġa", "ab", "Ġab", "你"]
    added = SPECIALS[arch] + ["<tool_call>", "[PAD]"]
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("qwen2" if arch == "qwen2" else "smollm")
    w.add_token_list(words + added)
    w.add_token_types([1] * len(words) + [3, 3, 3, 4, 5])
    w.add_token_merges(["Ġ a", "a b", "Ġa b"])
    w.add_eos_token_id(len(words) + 2)
    w.add_bos_token_id(len(words))
    if arch == "qwen2":
        w.add_add_bos_token(False)
    w.add_chat_template("{% for m in messages %}{{ m.content }}{% endfor %}")
    expected, order = [], []
    matrices = 0
    for name, target, shape, heads in tensors(arch, len(words) + len(added)):
        values = rng.normal(scale=0.05, size=shape).astype(np.float32)
        stored = permuted(values, heads) if heads else values
        kind = TYPE.F32
        if len(shape) == 2:
            kind = TYPE[types[matrices % len(types)]]
            matrices += 1
        encoded = quantize(stored, kind)
        w.add_tensor(name, encoded, raw_dtype=kind)
        decoded = dequantize(quantize(values, kind), kind).astype("<f4").reshape(shape)
        order.append({"name": target, "type": kind.name, "shape": list(shape)})
        expected.append(decoded.ravel())
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    (OUT / f"tiny-{arch}.json").write_text(json.dumps(order, indent=1) + "\n")
    np.concatenate(expected).astype("<f4").tofile(OUT / f"tiny-{arch}.expected.bin")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    write_types()
    write_model("llama", ["Q4_0"])
    write_model("qwen2", ["Q8_0", "Q4_1", "F16", "Q5_0", "BF16", "Q5_1", "F32"])
