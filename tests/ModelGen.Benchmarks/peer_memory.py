"""The peak memory of PyTorch, a fresh process for each case. Run in the folder of models.py:

peer_memory.py THREADS CASES train|infer...

Prints a JSON line for each case, as torch_bench.py names them; infer takes the cases that one sample is inferred of."""
import json
import os
import subprocess
import sys

STEPS = 5


def peak_megabytes():
    # Not getrusage: its maximum starts with what the parent process had.
    for line in open("/proc/self/status", encoding="ascii"):
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    return None


def measure(threads, case, suite):
    import torch
    sys.path.insert(0, os.getcwd())
    from models import make
    torch.set_num_threads(threads)
    model, x, y, loss, count = make(case, 1 if suite == "infer" else None)
    if suite == "infer":
        model.eval()
        with torch.no_grad():
            for _ in range(STEPS):
                model(x)
    else:
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        for _ in range(STEPS):
            optimizer.zero_grad(set_to_none=True)
            loss(model(x), y).backward()
            optimizer.step()
    name = f"infer_{case}_b{count}" if suite == "infer" else f"train_{case}"
    print(json.dumps(dict(peer="pytorch-" + torch.__version__.split("a")[0], case=name + "_eager", threads=threads, peak_mb=peak_megabytes())), flush=True)


def main(threads, cases, suites):
    environment = dict(os.environ, OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads, MKL_NUM_THREADS=threads)
    for suite in suites:
        for case in cases:
            if suite == "train" or case in "BCEF":
                subprocess.run([sys.executable, __file__, "--one", threads, case, suite], env=environment, check=True)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        measure(int(sys.argv[2]), *sys.argv[3:])
    else:
        main(sys.argv[1], sys.argv[2], sys.argv[3:])
