#!/usr/bin/env python3
"""Answers scripts/bench-vs-llamacpp as MemCollab or llama.cpp would, without any model.

The samples are those of the JSON file that SAMPLES names, by who is asked and the phase, each said
once; when there are no more, it ends with code 3. What it is asked is added to the file of CALLS.
"""
import json
import os
import sys

who = "theirs" if "--llamacpp" in sys.argv else "ours"
with open(os.environ["SAMPLES"], encoding="utf-8") as lines:
    samples = json.load(lines)[who]


def called(what):
    with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
        calls.write("%s %s\n" % (who, what))


if who == "theirs":
    called(sys.argv[sys.argv.index("--llamacpp") + 1])
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    phase = line.strip()
    if phase == "prompt":
        print(json.dumps({"tokens": [5, 6, 7]}), flush=True)
        continue
    called(phase)
    if not samples.get(phase):
        sys.exit(3)
    print(json.dumps(samples[phase].pop(0)), flush=True)
