#!/bin/sh
# Runs ModelGen and the scripts of its peers in turns and prints how many times as fast ModelGen is.
#
#   compare.sh [CASES] [THREADS] [ROUNDS] [PEER_DIR]
#
#   CASES     letters of the models, default ABCDEFG
#   THREADS   thread counts with commas between, default 1
#   ROUNDS    how often each side runs, default 3
#   PEER_DIR  the folder of torch_bench.py and ort_bench.js, default $PEERS
#
#   SUITES    what to compare, default "train"; also infer, gemm, conv, elementwise
#   PYTHON    the interpreter that has torch, default python3
#   RESULTS   a file to keep all JSON lines in, default a temporary one
#   ORT_DIR   a folder of exported models (B.onnx, ...): ONNX Runtime is a peer of the suite infer too. NODE_PATH must lead to the npm
#             package onnxruntime-node; NODE is the interpreter, default node
#   TORCH     empty to leave PyTorch out, where ORT_DIR is set
#   SECONDS_PER_CASE  passed to ModelGen as --seconds, default 2, which is what the script takes
set -eu

cases=${1:-ABCDEFG}
threads=${2:-1}
rounds=${3:-3}
peers=${4:-${PEERS:-}}
suites=${SUITES:-train}
python=${PYTHON:-python3}
here=$(cd "$(dirname "$0")" && pwd)

ort=${ORT_DIR:-}
node=${NODE:-node}
torch=${TORCH-1}

need() {
    if [ -z "$peers" ] || [ ! -f "$peers/$1" ]; then
        echo "compare.sh: no $1 in '$peers'; give its folder as the fourth argument or in PEERS" >&2
        exit 2
    fi
}

if [ -n "$ort" ]; then
    case " $suites " in *\ infer\ *) ;; *)
        echo "compare.sh: ONNX Runtime is a peer of the suite infer only, got SUITES '$suites'" >&2
        exit 2 ;;
    esac
    need ort_bench.js
    ort=$(cd "$ort" && pwd)
    chosen=""
    for letter in $(printf '%s' "$cases" | sed 's/./& /g'); do
        if [ -f "$ort/$letter.onnx" ]; then chosen=$chosen$letter; fi
    done
    if [ -z "$chosen" ]; then
        echo "compare.sh: no .onnx file of the cases $cases in '$ort'; export_onnx.py writes them" >&2
        exit 2
    fi
    # Looked for from where the script looks.
    if ! (cd "$peers" && "$node" -e 'require("onnxruntime-node")') 2> /dev/null; then
        echo "compare.sh: $node finds no package onnxruntime-node; set NODE_PATH to the folder node_modules that has it" >&2
        exit 2
    fi
elif [ -z "$torch" ]; then
    echo "compare.sh: TORCH is empty and ORT_DIR is not set: there is no peer to compare with" >&2
    exit 2
fi
if [ -n "$torch" ]; then need torch_bench.py; fi

# The defaults that a fair run needs on a processor the installed libraries may not know; set ones stay. See README.md. Kernels for
# AVX-512 are asked for only where the processor has it: elsewhere they are illegal instructions.
if [ -z "${OPENBLAS_CORETYPE-unset}" ]; then unset OPENBLAS_CORETYPE
elif [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qs avx512f /proc/cpuinfo; then export OPENBLAS_CORETYPE=SkylakeX
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
results=${RESULTS:-$scratch/results}
: > "$results"
if [ -n "$ort" ]; then
    # The script runs every model of its folder.
    for letter in $(printf '%s' "$chosen" | sed 's/./& /g'); do ln -s "$ort/$letter.onnx" "$scratch/"; done
fi

memory_suites=$(for suite in $suites; do case $suite in train|infer) echo "$suite" ;; esac; done)
peer_suites=$(printf '%s' "$suites" | sed 's/elementwise/elem/')
echo "load: $(uptime | sed 's/.*load average: //')" >&2
dotnet build -c Release -v q --nologo "$here" >&2
round=1
while [ "$round" -le "$rounds" ]; do
    for count in $(printf '%s' "$threads" | tr ',' ' '); do
        echo "round $round of $rounds, threads $count" >&2
        # shellcheck disable=SC2086 # The suites are words.
        dotnet "$here/bin/Release/net10.0/ModelGen.Benchmarks.dll" $suites ${SECONDS_PER_CASE:+--seconds "$SECONDS_PER_CASE"} \
            --threads "$count" $(case " $suites " in *\ train\ *|*\ infer\ *) echo "--case $cases" ;; esac) >> "$results" \
            || [ $? -eq 2 ] # A wrong result; the table names it.
        if [ -n "$ort" ]; then "$node" "$peers/ort_bench.js" "$scratch" "$count" >> "$results"; fi
        if [ -z "$torch" ]; then continue; fi
        # shellcheck disable=SC2086
        (cd "$peers" && PYTHONDONTWRITEBYTECODE=1 CASES="$cases" "$python" torch_bench.py "$count" $peer_suites) >> "$results"
        if [ "$round" -eq 1 ] && [ -n "$memory_suites" ]; then
            # shellcheck disable=SC2086
            (cd "$peers" && PYTHONDONTWRITEBYTECODE=1 "$python" "$here/peer_memory.py" "$count" "$cases" $memory_suites) >> "$results"
        fi
    done
    round=$((round + 1))
done
"$python" "$here/compare.py" "$results"
