"""Ratios of medians from the JSON lines of several rounds: a peer's best variant / ModelGen, one line for each peer.

compare.py FILE...

Lines with peak_mb give a second table: the most memory a process of that case had."""
import json
import statistics
import sys

OURS = "modelgen"


def values_of(lines, value):
    """{(case, threads, peer, variant): [the value of each round]}"""
    ours = {line["case"] for line in lines if line["peer"] == OURS}
    table = {}
    for line in lines:
        # The peers append the variant to our name of the case: train_B_eager_foreach is a variant of train_B.
        names = [c for c in ours if line["case"] == c or line["case"].startswith(c + "_")]
        if not names or value not in line:
            continue
        case = max(names, key=len)
        key = (case, line["threads"], line["peer"], line["case"][len(case) + 1:])
        table.setdefault(key, []).append(line[value])
    return table


def best_variants(table, case, threads):
    """The variant with the least median of each peer, the best peer first."""
    medians = {key: statistics.median(values) for key, values in table.items() if key[:2] == (case, threads) and key[2] != OURS}
    best = {}
    for key in sorted(medians, key=medians.get):
        best.setdefault(key[2], key)
    return [(key, medians[key]) for key in best.values()]


def print_times(lines):
    table = values_of(lines, "median_us")
    wrong = {line["case"] for line in lines if line.get("wrong")}
    print(f"{'case':34} {'threads':>7} {'modelgen us':>13} {'peer us':>13} {'ratio':>8}  rounds      the peer's best variant")
    for case, threads, peer, _ in sorted(key for key in table if key[2] == OURS):
        mine = table[case, threads, peer, ""]
        note = "  WRONG RESULT" if case in wrong else ""
        for key, theirs in best_variants(table, case, threads):
            # Each round's own ratio, for a neighbour's load then meets both sides of it.
            ratios = [their / our for our, their in zip(mine, table[key])]
            rounds = f"{min(ratios):.2f}..{max(ratios):.2f}"
            print(f"{case:34} {threads:7d} {statistics.median(mine):13.3f} {theirs:13.3f} {statistics.median(ratios):8.2f}"
                  f"  {rounds:10}  {' '.join(key[2:]).rstrip()}{note}")


def print_memory(lines):
    table = values_of(lines, "peak_mb")
    ours = sorted(key for key in table if key[2] == OURS)
    if not ours:
        return
    workspace = values_of(lines, "workspace_mb")
    print(f"\n{'case':34} {'threads':>7} {'modelgen MB':>13} {'workspace MB':>13} {'peer MB':>9}  the peer")
    for key in ours:
        case, threads = key[:2]
        peers = best_variants(table, case, threads)
        for name, theirs in [(" ".join(other[2:]).rstrip(), f"{megabytes:.1f}") for other, megabytes in peers] or [("", "")]:
            print(f"{case:34} {threads:7d} {statistics.median(table[key]):13.1f}"
                  f" {statistics.median(workspace[key]) if key in workspace else 0:13.3f} {theirs:>9}  {name}".rstrip())


def main(files):
    lines = [json.loads(text) for name in files for text in open(name, encoding="utf-8") if text.startswith("{")]
    print_times(lines)
    print_memory(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
