#!/usr/bin/env python3
"""Makes the golden files of the tokenizer tests with llama.cpp.

    pip install llama-cpp-python gguf jinja2
    python3 make_tokenizer_golden.py smollm2-135m=SmolLM2-135M-Instruct.Q4_1.gguf \\
        qwen2.5-coder-0.5b=qwen2.5-coder-0.5b-instruct-q4_k_m.gguf

writes src/test/resources/dev/memcollab/jlama/tokenizer/{texts,chats}-golden.json beside this
script's src/test/python. Which files these are, docs and the model catalogue say. Every text is
tokenized with add_special=false and parse_special=true. Chats are rendered with jinja2 by the
template in the GGUF, as transformers does it, and then tokenized the same way.
"""
import json
import pathlib
import random
import sys

import gguf
import jinja2.sandbox
import llama_cpp

OUT = pathlib.Path(__file__).parents[1] / "resources/dev/memcollab/jlama/tokenizer"

CODE = [
    "public static void main(String[] args) {\n    System.out.println(\"Hello, world!\");\n}\n",
    "def fib(n: int) -> int:\n\tif n < 2:\n\t\treturn n\n\treturn fib(n - 1) + fib(n - 2)\n",
    "#include <stdio.h>\r\nint main(void)\r\n{\r\n\tprintf(\"%d\\n\", 0x1F);\r\n\treturn 0;\r\n}\r\n",
    "SELECT a.id, COUNT(*) AS n FROM a LEFT JOIN b ON b.a_id = a.id WHERE a.x >= 3.14 GROUP BY 1;",
    "fn main() -> Result<(), Box<dyn Error>> { let v: Vec<u8> = vec![1, 2, 3]; Ok(()) }",
    "const f = async (x) => { await fetch(`https://example.org/?q=${x}`); };  // TODO: don't",
    "<!DOCTYPE html><p class=\"a b\">it's &amp; they're</p><!-- x -->",
    "{\"a\": [1, 2.5, -3e10, null, true], \"b\": {\"c\": \"\\u00e9\\n\"}}",
    "key: value\nlist:\n  - one\n  - two\n\n\n# comment\n",
    "$ find . -name '*.java' -print0 | xargs -0 grep -n \"foo\\.bar\" 2>/dev/null || exit 1",
    "import qualified Data.Map as M\nmain = mapM_ print $ M.toList (M.fromList [(i,i*i)|i<-[1..10]])",
    "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfor i := 0; i < 10; i++ {\n\t\tfmt.Println(i)\n\t}\n}",
    "Traceback (most recent call last):\n  File \"a.py\", line 12, in <module>\nKeyError: 'x'",
    "org.junit.ComparisonFailure: expected:<[1]> but was:<[2]>\n\tat A.b(A.java:17)\n",
    "C:\\Users\\me\\Documents\\file (1).txt", "/usr/local/lib/python3.12/site-packages",
    "x=x+1;y+=2;z**=3;a<<=b>>>c;p->q::r;!s&&~t||u^v%w", "camelCaseWord snake_case_word kebab-case",
    "@Override\n    public int hashCode() { return 31 * a + b; }\n\n\n    // end\n}\n",
    "\\begin{equation} \\sum_{i=0}^{n} x_i^2 \\end{equation}", "a\n\n    b\n        c\n",
    "    \t  indented\n\t\t\tmixed \t tabs\n", "if (a == b)\n{\n    c();\n}\nelse\n{\n}\n",
    "diff --git a/x b/x\n@@ -1,3 +1,4 @@\n-old\n+new\n", "#!/bin/sh\nset -eu\necho \"$HOME\"\n",
    "f(x)(y)[z]{w}", "\"\"\"doc\"\"\"", "'''a'''", "// http://a.b/c?d=e&f=g#h", "i++ + ++j -- k",
]
WORDS = [
    "", "a", " ", "\n", "hello", " hello", "hello ", "  hello", "Hello, world!", "don't can't we'll I'm",
    "DON'T CAN'T WE'LL I'M THEY'RE YOU'VE HE'D", "'s 't 're 've 'm 'll 'd", "'S 'T 'RE 'Ve 'M 'lL 'D",
    "'' ''' 'x 'sx 's's", "a'sb a'reb a'lly", "'\u017f 'K", "o'clock rock'n'roll", "'r 'v 'l '", "re've",
    "1", "12", "123", "1234567890", " 1 2  3   4", "a1b2c3", "3.14159", "1,000,000", "0xFF 0b1010 1e-9",
    "12:34:56", "v1.2.3-rc.4+build.5", "1st 2nd 3rd", "½ ⅓ ¼ ² ³ ① ② Ⅷ ⅷ", "٠١٢٣٤٥ ०१२३ ๐๑๒ 〇一二",
    "１２３ ＡＢＣ", "𝟘𝟙𝟚 𝐀𝐁𝐂", "a 1", "a  1", "a   1", "1 a", "1  a", "1\n2\n3", "x\t1", "x \t 1",
    "!", "!!", "!!!", "...", "…", "?!", "--", "---", "—–-", "«a» „b“ ‘c’ “d”", " !", "  !", "! ", "!\n",
    "!\n\n", "!\r\n\r\n", "! \n", " .\n  .\n", "(a) [b] {c} <d>", "a.b.c", "a...b", "#a @b $c %d ^e &f *g",
    "€100 £5 ¥7 ₿", "± × ÷ ≠ ≤ ∑ ∫ √ ∞", "→ ⇒ ⟶ ↔", "™ © ® ° § ¶", "a_b", "_a", "__init__", "~/x",
    "The quick brown fox jumps over the lazy dog.", "supercalifragilisticexpialidocious",
    "antidisestablishmentarianism" * 5, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abc" * 200, "A" * 300,
]
LANGUAGES = [
    "café résumé naïve façade", "cafe\u0301 re\u0301sume\u0301 nai\u0308ve", "Größe Übermut äöüß ẞ",
    "A\u030angstro\u0308m", "\u00c5ngström \u212bngstr\u00f6m", "a\u0300\u0301\u0302\u0303b", "\u0301", " \u0301a",
    "a\u0301", "1\u0301", "!\u0301", "e\u0301\u0301\u0301", "q\u0307\u0323 q\u0323\u0307", "ñ n\u0303 Ñ N\u0303",
    "你好，世界！", "中文分词测试：今天天气很好。", "我有3个苹果和12个橙子", "漢字かな交じり文とカタカナ", "ひらがな", "カタカナ",
    "ﾊﾝｶｸ ｶﾀｶﾅ", "が か\u3099 ぱ は\u309a", "안녕하세요 세계", "\u1112\u1161\u11ab\u1100\u1173\u11af", "한국어 2024년 1월",
    "𠀀𠁁𪚥 㐀㐁", "　全角　空白　", "Привет, мир! Ёлка й и\u0306", "Ελληνικά άλφα ΑΒΓ", "Українська їжак",
    "مرحبا بالعالم", "السَّلَامُ عَلَيْكُمْ", "שלום עולם", "שָׁלוֹם", "سلام دنیا ۱۲۳", "فارسی\u200cنویسی", "اردو میں",
    "สวัสดีชาวโลก", "ภาษาไทยไม่มีช่องว่าง ๑๒๓", "नमस्ते दुनिया", "हिन्दी में क्षत्रिय १२३", "ক্ষ বাংলা", "தமிழ் மொழி",
    "తెలుగు", "ಕನ್ನಡ", "മലയാളം", "ગુજરાતી", "ਪੰਜਾਬੀ", "සිංහල", "မြန်မာ", "ខ្មែរ", "ລາວ", "བོད་ཡིག", "ქართული", "Հայերեն",
    "አማርኛ", "ᓀᐦᐃᔭᐍᐏᐣ", "Tiếng Việt có dấu", "Tie\u0302\u0301ng Vie\u0323\u0302t", "Türkçe İıIi ğş", "Český Ř ů", "Polski łąść",
    "ʻŌlelo Hawaiʻi", "ǅ ǈ ǋ", "ﬁ ﬂ ﬃ", "ᵃᵇᶜ ₐₑₒ ʰʲ", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝒮𝒸𝓇𝒾𝓅𝓉", "ⓐⓑⓒ 🅰🅱", "Ⅰ Ⅱ Ⅲ Ⅳ", "ªº", "𐍈 𐌰𐌱", "𓀀𓁐",
    "\u0939\u093f", "ก\u0e33", "\u0e40\u0e01", "a\u20dd", "\u05d0\u05b0", "x\u0338y", "Zalgo: Z\u0351\u036b\u0343a\u0320\u0316l\u0307g\u0313o",
]
EMOJI = [
    "😀", " 😀", "😀😀", "a😀b", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫🇷🇯🇵", "❤️ ❤", "1️⃣2️⃣#️⃣", "👩🏿‍💻 codes", "🧑‍🤝‍🧑", "☕️\n☕",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u200d", "\ufe0f", "✅ done ❌ failed ⚠️ warn", "🤷🏼‍♂️.", "🫠🫡🪿", "😀1😀 2",
]
BLANKS = [
    "  ", "   ", "    ", "\t", "\t\t", " \t ", "\n\n", "\n\n\n", "\r", "\r\n", "\r\n\r\n", "\n\r", " \n", "\n ", " \n ", "  \n  ",
    "\n  \n", "a \n b", "a\n b", "a \nb", "a  \n\n  b", "a\r\n b\r\n", " \r a", "\t\na", "a\t\tb", "a \t b", "\u000b\u000c",
    "a\u000bb\u000cc", "\u00a0", "a\u00a0b", "a\u00a0\u00a0b", " \u00a0 a", "\u1680a", "\u2000\u2001\u2002a", "\u2028a\u2029b", "a\u202fb",
    "\u205f\u3000x", "\u0085", "a\u0085b", "\u0085\u0085b", "\u200ba\u200bb", "\u2060", "\ufeffa", "a\ufeff", "\u180ea", "\u00ad",
    " " * 31, " " * 300 + "x", " " * 301, "\t" * 65 + "x", "\n" * 129, "x" + "\n" * 40 + " " * 40 + "y", ("  \n" * 50) + "z",
    "\r\n" * 33, " \t" * 60 + "1", " " * 17 + "!", " " * 17 + "\u0301", "\u3000" * 9 + "字",
]
CONTROLS = [
    "\x00", "a\x00b", "\x00\x00\x00", " \x00", "\x01\x02\x03", "\x04\x05\x06\x07\x08", "\x0e\x0f\x10\x11\x12\x13\x14",
    "\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f", "\x1b[31mred\x1b[0m", "\x7f", "\x80\x81\x9f", "a\x04b", "ab\x16cd",
    "\u0378\u0379", "\ue000\uf8ff", "\ufffd", "\ufffe\uffff", "\U0001fffe", "\U000e0001", "\U000f0000", "\U00010ffff",
    "\U0010ffff", "\U00050000 x", "\U000b1234", "\ufdd0", "\u061c\u200e\u200f\u202a\u202e\u2066", "\x1c\x1d\x1e\x1f a",
]
SPECIALS = [
    "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n", "<|im_end|>", "a<|im_end|>b", "a <|im_end|> b", "  <|im_end|>  ",
    "<|im_end|><|im_end|>", "<|im_end|", "|im_end|>", "<|IM_END|>", "<|im_end|>\n\n", "x\n\n<|im_start|>", "<|endoftext|>",
    "a<|endoftext|>\n", "<<|im_end|>>", "<|<|im_end|>|>", "< |im_end|>", "<|im_ end|>", "<|im_start|><|im_start|>system",
    "<tool_call>\n{\"name\": \"f\"}\n</tool_call>", "<tool_response>x</tool_response>", "<|fim_prefix|>a<|fim_suffix|>b<|fim_middle|>",
    "<|repo_name|>x<|file_sep|>y", "<repo_name>x<file_sep>y<filename>z", "<reponame>", "<gh_stars>100", "<jupyter_code>x<empty_output>",
    "a</s>b <s>c</s>", "[PAD151665]", "[PAD151700] x", "<|box_start|>(1,2)<|box_end|>", "<s></s><unk><pad>[INST]", "<|vision_start|><|image_pad|>",
    "1<|im_end|>2", "a  <|im_end|>", "'<|im_end|>s", "é<|im_end|>é", "😀<|im_start|>😀", "<|im_end|>" * 20,
]

CHATS = [
    dict(messages=[("user", "Hello")], prefix=""),
    dict(messages=[("system", "You are terse."), ("user", "What is 2+2?")], prefix=""),
    dict(messages=[("system", "You are terse."), ("user", "What is 2+2?")], prefix="When"),
    dict(messages=[("user", "Hi"), ("assistant", "Hello! How can I help?"), ("user", "Fix this:\n\n    int x = 1\n")], prefix=""),
    dict(messages=[("system", "Write one rule.\n\nRules are general."), ("user", "Run A failed.\nRun B worked."),
                   ("assistant", "When a test fails, enforce reading it."), ("user", "Another.")], prefix="When the"),
    dict(messages=[("user", "\n leading newline")], prefix=""),
    dict(messages=[("user", "trailing blanks  \n\n")], prefix=""),
    dict(messages=[("user", "  leading blanks")], prefix="\n\nx"),
    dict(messages=[("system", ""), ("user", "")], prefix=""),
    dict(messages=[("user", "   ")], prefix=" "),
    dict(messages=[("user", "{{ 7 * 7 }} {% if x %} {# note #} {{ messages }}")], prefix="{{ x }}"),
    dict(messages=[("user", "日本語で。👨‍👩‍👧‍👦 cafe\u0301"), ("assistant", "はい"), ("user", "12345\t\t67")], prefix="答え"),
    dict(messages=[("system", "s"), ("user", "u"), ("system", "late system"), ("user", "v")], prefix=""),
    dict(messages=[("user", "<b>&amp; \"quoted\" 'single' \\ back\\n</b>")], prefix="'s"),
    dict(messages=[("user", "\ue0000\ue001 \ue0001\ue001 private use")], prefix=""),
    dict(messages=[("user", "x" * 2000)], prefix="1"),
    dict(messages=[("user", "a\r\nb\r\n"), ("assistant", "c\x00d"), ("user", "{\"a\": 1}")], prefix="{\"when\": \""),
]


def random_texts(seed, count):
    """Texts of code points from everywhere, blanks and quotes often: what nobody thinks of."""
    draw = random.Random(seed)
    common = " \t\n\r'sStTrReEvVmMlLdD09aZ.,!?<|>_\u00a0\u3000\u0085é你"
    texts = []
    for _ in range(count):
        chars = []
        while len(chars) < draw.randrange(1, 40):
            if draw.random() < 0.7:
                chars.append(draw.choice(common))
            else:
                c = draw.randrange(0x110000 if draw.random() < 0.3 else 0x3100)
                chars.append(chr(c) if not 0xD800 <= c <= 0xDFFF else "\ud7ff")
        texts.append("".join(chars))
    return texts


def ids(model, text):
    return model.tokenize(text.encode("utf-8"), add_bos=False, special=True) if text else []


def template_of(path):
    reader = gguf.GGUFReader(path)
    source = reader.fields["tokenizer.chat_template"].contents()
    return jinja2.sandbox.ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(source)


def write(name, rows):
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (OUT / name).write_text("[\n" + lines + "\n]\n", encoding="utf-8")


def main():
    models = dict(argument.split("=", 1) for argument in sys.argv[1:])
    if len(models) < 2:
        sys.exit(__doc__)
    texts = list(dict.fromkeys(CODE + WORDS + LANGUAGES + EMOJI + BLANKS + CONTROLS + SPECIALS + random_texts(1, 150)))
    text_rows = [dict(text=text, ids={}) for text in texts]
    chat_rows = [dict(messages=[dict(role=r, content=c) for r, c in chat["messages"]], prefix=chat["prefix"], ids={}) for chat in CHATS]
    for name, path in models.items():
        model = llama_cpp.Llama(path, vocab_only=True, verbose=False)
        template = template_of(path)
        for row in text_rows:
            row["ids"][name] = ids(model, row["text"])
        for row in chat_rows:
            rendered = template.render(messages=row["messages"], add_generation_prompt=True)
            row["ids"][name] = ids(model, rendered + row["prefix"])
    write("texts-golden.json", text_rows)
    write("chats-golden.json", chat_rows)
    print(len(text_rows), "texts,", len(chat_rows), "chats")


if __name__ == "__main__":
    main()
