#!/usr/bin/env python3
"""Writes the tokens that llama.cpp decodes greedily from the weights of an imported model.

    python3 make_greedy_golden.py [--q4] MODEL_DIRECTORY OUT.json

MODEL_DIRECTORY is what `memcollab models import` or `models pull` made. The values of its Q4 weights
are written into a GGUF file as F32, and llama.cpp keeps keys and values in F32 as well, so both
engines compute the same function of the same numbers and differ only in the order of sums. From a
Q4_0 file llama.cpp would round the activations to eight bits, which moves logits by a few tenths and
turns close choices round; `--q4` makes that comparison (for that every scale must be exact in F16,
which is checked). The prompts are tokenised by llama.cpp; the golden file holds ids, so that the
tokenizer of the Java side plays no part.

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


def q4_0(name, shape, halves, scales):
    """Blocks of Q4_0: the scale as F16, then the 16 bytes that Q4 has too."""
    scales = scales.view(np.float32)
    short = scales.astype(np.float16)
    if not np.array_equal(short.astype(np.float32), scales):
        sys.exit(f"{name}: scales must be exact in F16: import the model again")
    blocks = np.concatenate(
        [short.view(np.uint8).reshape(-1, 2), halves.reshape(-1, 16)], axis=1
    )
    return np.ascontiguousarray(blocks.reshape(shape[0], -1))


def f32(shape, halves, scales):
    """(half - 8) * scale, the low halves of a block's 16 bytes before the high ones."""
    halves = halves.reshape(-1, 16)
    steps = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
    return (steps * scales.view(np.float32).reshape(-1, 1)).reshape(shape)


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


def write_tensors(writer, tensors, config, as_q4):
    heads = {"q_proj": config["num_attention_heads"], "k_proj": config["num_key_value_heads"]}
    for name, (dtype, shape, data) in tensors.items():
        if name.endswith(".qb"):
            continue
        if dtype == "F32":
            rows, raw = np.array(data).view(np.float32).reshape(shape), None
        elif dtype == "Q4":
            halves, scales = np.array(data), np.array(tensors[name + ".qb"][2])
            rows = q4_0(name, shape, halves, scales) if as_q4 else f32(shape, halves, scales)
            raw = gguf.GGMLQuantizationType.Q4_0 if as_q4 else None
        else:
            sys.exit(f"{name}: type must be F32 or Q4, got {dtype}")
        projection = re.search(r"(q_proj|k_proj)\.weight$", name)
        if config["model_type"] == "llama" and projection:
            rows = permuted(rows, heads[projection.group(1)])
        writer.add_tensor(gguf_name(name), rows, raw_dtype=raw)


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


def write_gguf(directory, path, as_q4):
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
    write_tensors(writer, read_safetensors(directory / "model.safetensors"), config, as_q4)
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
    as_q4 = "--q4" in sys.argv
    directory, out = (Path(a) for a in sys.argv[1:] if a != "--q4")
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "model.gguf"
        write_gguf(directory, path, as_q4)
        f32_memory = {} if as_q4 else {"type_k": 0, "type_v": 0}
        model = llama_cpp.Llama(
            str(path), n_ctx=256, n_threads=1, logits_all=True, verbose=False, flash_attn=False,
            **f32_memory,
        )
        cases = [decode(model, prompt) for prompt in PROMPTS]
        model.close()
    made_with = f"llama-cpp-python {llama_cpp.__version__}, Q4 weights as {'Q4_0' if as_q4 else 'F32'}"
    lines = ",\n".join(json.dumps(case) for case in cases)
    out.write_text(f'{{"made_with": "{made_with}", "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
