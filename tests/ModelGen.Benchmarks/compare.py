"""Ratios of medians from the JSON lines of several rounds: the peer's best variant / ModelGen.

compare.py FILE..."""
import json
import statistics
import sys


def rounds_of(lines):
    """{(case, threads, peer, variant): [median_us of each round]}"""
    ours = {line["case"] for line in lines if line["peer"] == "modelgen"}
    table = {}
    for line in lines:
        # The peers append the variant to our name of the case: train_B_eager_foreach is a variant of train_B.
        names = [c for c in ours if line["case"] == c or line["case"].startswith(c + "_")]
        if not names or "median_us" not in line:
            continue
        case = max(names, key=len)
        key = (case, line["threads"], line["peer"], line["case"][len(case) + 1:])
        table.setdefault(key, []).append(line["median_us"])
    return table


def main(files):
    lines = [json.loads(text) for name in files for text in open(name, encoding="utf-8") if text.startswith("{")]
    wrong = {line["case"] for line in lines if line.get("wrong")}
    table = rounds_of(lines)
    print(f"{'case':34} {'threads':>7} {'modelgen us':>13} {'peer us':>13} {'ratio':>8}  rounds  the peer's best variant")
    for case, threads, peer, _ in sorted(k for k in table if k[2] == "modelgen"):
        mine = table[case, threads, peer, ""]
        others = {k: statistics.median(v) for k, v in table.items() if k[:2] == (case, threads) and k[2] != "modelgen"}
        if not others:
            continue
        best = min(others, key=others.get)
        # Each round's own ratio, for a neighbour's load then meets both sides of it.
        ratios = [theirs / our for our, theirs in zip(mine, table[best])]
        note = "  WRONG RESULT" if case in wrong else ""
        print(f"{case:34} {threads:7d} {statistics.median(mine):13.3f} {others[best]:13.3f} {statistics.median(ratios):8.2f}"
              f"  {min(ratios):.2f}..{max(ratios):.2f}  {best[2]} {best[3]}{note}")


if __name__ == "__main__":
    main(sys.argv[1:])
