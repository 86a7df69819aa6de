#!/usr/bin/env python3
"""sass.py FOLDER [SM]: one line for each kernel whose PTX text lies in FOLDER, read from the machine code that ptxas makes of it.

Needs ptxas and nvdisasm (Debian: nvidia-cuda-toolkit) on the PATH, and no device. MODELGEN_SHOW=FOLDER dotnet test --filter KernelTextTests
writes the texts. The loop is the one with the most multiply-adds (FFMA, or HMMA on tensor cores), or else the longest; its share is theirs among its instructions.
"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

INSTRUCTION = re.compile(r"^\s+/\*[0-9a-f]{4,}\*/\s+(?:@!?U?P\w+ )?([A-Z][A-Z0-9_.]*)([^;]*);")
LABEL = re.compile(r"^(\.L_x_\d+):")


def machine_code(ptx, sm, folder):
    """What ptxas says of a text, and its instructions as nvdisasm prints them; None where it refuses the text."""
    cubin = pathlib.Path(folder) / "kernel.cubin"
    said = subprocess.run(["ptxas", "-v", f"-arch=sm_{sm}", str(ptx), "-o", str(cubin)], capture_output=True, text=True)
    if said.returncode:
        return None, said.stderr.strip().splitlines()[0]
    return said.stderr, subprocess.run(["nvdisasm", "-c", str(cubin)], capture_output=True, text=True, check=True).stdout


def products(opcodes):
    """The multiply-adds among opcodes."""
    return sum(o.split(".")[0] in ("FFMA", "HMMA") for o in opcodes)


def main_loop(sass):
    """The opcodes of a run from a label to a branch back to it: the one with the most multiply-adds, the longest of equals; those of the whole kernel where nothing branches back."""
    opcodes, labels, loop = [], {}, []
    for line in sass.splitlines():
        label = LABEL.match(line)
        if label:
            labels[label.group(1)] = len(opcodes)
        instruction = INSTRUCTION.match(line)
        if not instruction:
            continue
        opcodes.append(instruction.group(1))
        target = re.search(r"`\((\.L_x_\d+)\)", instruction.group(2))
        if not instruction.group(1).startswith("BRA") or not target:
            continue
        run = opcodes[labels.get(target.group(1), len(opcodes)):]
        # The last instruction of a kernel branches to itself.
        if len(run) > 1 and (products(run), len(run)) > (products(loop), len(loop)):
            loop = run
    return loop or opcodes


def widths(loop, kind):
    """How often a loop loads or stores, and how wide: 32x128 2x32."""
    found = collections.Counter(re.search(r"\.(128|64)", o).group(1) if re.search(r"\.(128|64)", o) else "32" for o in loop if o.split(".")[0] == kind)
    return " ".join(f"{count}x{width}" for width, count in found.most_common()) or "-"


def number(pattern, text):
    found = re.findall(pattern, text)
    return sum(int(f) for f in found)


def main():
    folder, sm = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "90"
    print("| kernel | registers | spilled bytes | shared | loop | FFMA, HMMA | share | LDS | LDG | STS |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        for ptx in sorted(folder.glob("*.ptx")):
            info, sass = machine_code(ptx, sm, scratch)
            if info is None:
                print(f"| {ptx.stem} | refused: {sass} |")
                continue
            loop = main_loop(sass)
            registers, spills, shared = (number(p, info) for p in (r"Used (\d+) registers", r"(\d+) bytes spill", r"(\d+) bytes smem"))
            print(f"| {ptx.stem} | {registers} | {spills} | {shared} "
                  f"| {len(loop)} | {products(loop)} | {products(loop) / len(loop):.2f} | {widths(loop, 'LDS')} | {widths(loop, 'LDG')} | {widths(loop, 'STS')} |")


main()
