#!/usr/bin/env python3
"""Writes the tokens that llama.cpp decodes greedily from the weights of an imported model.

    python3 make_greedy_golden.py MODEL_DIRECTORY OUT.json

MODEL_DIRECTORY is what `memcollab models import` or `models pull` made. The values of its quantised
weights are written into a GGUF file as F32, and llama.cpp keeps keys and values in F32 as well, so both
engines compute the same function of the same numbers and differ only in the order of sums. From
quantised weights llama.cpp would round the activations to eight bits, which moves logits by a few
tenths and turns close choices round. The prompts are tokenised by llama.cpp; the golden file holds ids,
so that the tokenizer of the Java side plays no part.

Needs: pip install numpy gguf==0.19.0 llama-cpp-python==0.3.36
"""
import json
import re
import struct
import sys
import tempfile
from pathlib import Path

import gguf
import llama_cpp
import numpy as np

TOKENS = 40
PROMPTS = [
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n"
    "Write a Java method that reverses a string.<|im_end|>\n<|im_start|>assistant\n",
    "<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant\n",
    "def fibonacci(n):\n    ",
    "SELECT name, count(*) FROM orders WHERE",
    "The three laws of thermodynamics are",
    "<|im_start|>user\nExplain in two sentences why a test should fail first.<|im_end|>\n"
    "<|im_start|>assistant\n",
    "Die Hauptstadt von Deutschland ist",
    "#include <stdio.h>\n\nint main(void) {\n",
]


def read_safetensors(path):
    data = np.memmap(path, dtype=np.uint8, mode="r")
    size = struct.unpack("<Q", data[:8].tobytes())[0]
    header = json.loads(data[8 : 8 + size].tobytes())
    header.pop("__metadata__", None)
    body = data[8 + size :]
    return {
        name: (entry["dtype"], entry["shape"], body[slice(*entry["data_offsets"])])
        for name, entry in header.items()
    }


def bfloat16(data):
    """The upper halves of floats."""
    return (np.array(data).view(np.uint16).astype(np.uint32) << 16).view(np.float32)


def fields(plane, blocks, bits, shape):
    """Of a plane of ints that lie side by side in bundles of 16 blocks: [rows, blocks, 32] fields."""
    words = np.array(plane).view("<u4").reshape(shape[0], -1)
    found = np.zeros((shape[0], blocks, 32), np.uint8)
    for first in range(0, blocks, 16):
        side = min(16, blocks - first)
        bundle = words[:, bits * first : bits * (first + side)].reshape(shape[0], bits, side)
        for v in range(4):
            for f in range(8):
                place = 4 * f + v * bits % 4
                field = bundle[:, v * bits // 4, :] >> place & ((1 << bits) - 1)
                found[:, first : first + side, 8 * v + f] = field
    return found


def f32(name, tensors):
    """scale * (u - 2^(bits-1)) + shift, for blocks of 32 weights; u from its lower and upper bits."""
    _, shape, low = tensors[name]
    rows, columns = shape[0], 2 * shape[1]
    blocks = columns // 32
    codes = fields(low, blocks, 4, shape)
    bits = 4
    if name + ".high" in tensors:
        _, high_shape, high = tensors[name + ".high"]
        h = 8 * high_shape[1] // columns
        bits += h
        codes |= fields(high, blocks, h, shape) << 4
    steps = codes.reshape(-1, 32).astype(np.float32) - (1 << (bits - 1))
    values = steps * bfloat16(tensors[name + ".scale"][2])[:, None]
    if name + ".shift" in tensors:
        values += bfloat16(tensors[name + ".shift"][2])[:, None]
    return values.reshape(rows, columns)


def permuted(rows, heads):
    """Rows of q and k as llama GGUFs have them: pairs side by side within a head."""
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(
        rows.shape
    )


NAMES = {
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def gguf_name(name):
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    if name == "lm_head.weight":
        return "output.weight"
    layer, part, kind = re.fullmatch(r"model\.layers\.(\d+)\.(.+)\.(weight|bias)", name).groups()
    return f"blk.{layer}.{NAMES[part]}.{kind}"


def write_tensors(writer, tensors, config):
    heads = {"q_proj": config["num_attention_heads"], "k_proj": config["num_key_value_heads"]}
    for name, (dtype, shape, data) in tensors.items():
        if re.search(r"\.(high|scale|shift)$", name):
            continue
        if dtype == "F32":
            rows = np.array(data).view(np.float32).reshape(shape)
        elif dtype == "U8":
            rows = f32(name, tensors)
        else:
            sys.exit(f"{name}: type must be F32 or U8, got {dtype}")
        projection = re.search(r"(q_proj|k_proj)\.weight$", name)
        if config["model_type"] == "llama" and projection:
            rows = permuted(rows, heads[projection.group(1)])
        writer.add_tensor(gguf_name(name), rows)


def write_vocabulary(writer, directory, config):
    tokenizer = json.loads((directory / "tokenizer.json").read_text(encoding="utf-8"))
    tokens = [f"[PAD{i}]" for i in range(config["vocab_size"])]
    types = [gguf.TokenType.UNUSED] * len(tokens)
    for token, i in tokenizer["model"]["vocab"].items():
        tokens[i], types[i] = token, gguf.TokenType.NORMAL
    for added in tokenizer["added_tokens"]:
        i = added["id"]
        tokens[i] = added["content"]
        types[i] = gguf.TokenType.CONTROL if added["special"] else gguf.TokenType.USER_DEFINED
    merges = tokenizer["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2" if config["model_type"] == "qwen2" else "smollm")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in merges])
    writer.add_add_bos_token(False)


def write_gguf(directory, path):
    config = json.loads((directory / "config.json").read_text())
    writer = gguf.GGUFWriter(path, config["model_type"])
    writer.add_context_length(2048)
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_vocab_size(config["vocab_size"])
    if config["model_type"] == "llama":
        writer.add_rope_dimension_count(config["hidden_size"] // config["num_attention_heads"])
    write_vocabulary(writer, directory, config)
    write_tensors(writer, read_safetensors(directory / "model.safetensors"), config)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def decode(model, prompt):
    """Greedy ids and, for each, by how much its logit leads the next one's."""
    prompt_ids = model.tokenize(prompt.encode(), add_bos=False, special=True)
    model.reset()
    model.eval(prompt_ids)
    ids, leads = [], []
    for _ in range(TOKENS):
        logits = np.array(model._scores[-1])
        second, first = np.partition(logits, -2)[-2:]
        ids.append(int(logits.argmax()))
        leads.append(round(float(first - second), 4))
        model.eval([ids[-1]])
    return {"text": prompt, "prompt": prompt_ids, "greedy": ids, "leads": leads}


def main():
    directory, out = (Path(a) for a in sys.argv[1:])
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "model.gguf"
        write_gguf(directory, path)
        model = llama_cpp.Llama(
            str(path), n_ctx=256, n_threads=1, logits_all=True, verbose=False, flash_attn=False,
            type_k=0, type_v=0,
        )
        cases = [decode(model, prompt) for prompt in PROMPTS]
        model.close()
    made_with = f"llama-cpp-python {llama_cpp.__version__}, weights as F32"
    lines = ",\n".join(json.dumps(case) for case in cases)
    out.write_text(f'{{"made_with": "{made_with}", "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
