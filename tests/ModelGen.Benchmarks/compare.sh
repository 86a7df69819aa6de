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

cases=$(printf '%s' "${1:-ABCDEFG}" | tr -d ', ')
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
choose() { for suite in $suites; do case $suite in train|infer) [ "$1" = model ] ;; *) [ "$1" = other ] ;; esac && echo "$suite"; done | xargs; }
model_suites=$(choose model)
other_suites=$(choose other)
echo "load: $(uptime | sed 's/.*load average: //')" >&2
dotnet build -c Release -v q --nologo "$here" >&2

# Ours and the peers', for some of the models: close to each other in time, for a neighbour may come or go.
turn() { # THREADS CASES SUITES
    theirs=$(printf '%s' "$3" | sed 's/elementwise/elem/')
    # shellcheck disable=SC2086 # The suites are words.
    dotnet "$here/bin/Release/net10.0/ModelGen.Benchmarks.dll" $3 ${SECONDS_PER_CASE:+--seconds "$SECONDS_PER_CASE"} \
        --threads "$1" ${2:+--case "$2"} >> "$results" || [ $? -eq 2 ] # A wrong result; the table names it.
    if [ -n "$ort" ] && [ -n "$2" ] && [ -f "$ort/$2.onnx" ]; then
        # The script runs every model of its folder.
        rm -f "$scratch"/*.onnx
        ln -s "$ort/$2.onnx" "$scratch/"
        "$node" "$peers/ort_bench.js" "$scratch" "$1" >> "$results"
    fi
    # shellcheck disable=SC2086
    if [ -n "$torch" ]; then
        (cd "$peers" && PYTHONDONTWRITEBYTECODE=1 CASES="${2:-$cases}" "$python" torch_bench.py "$1" $theirs) >> "$results"
    fi
}

round=1
while [ "$round" -le "$rounds" ]; do
    for count in $(printf '%s' "$threads" | tr ',' ' '); do
        echo "round $round of $rounds, threads $count" >&2
        if [ -n "$model_suites" ]; then
            for letter in $(printf '%s' "$cases" | sed 's/./& /g'); do turn "$count" "$letter" "$model_suites"; done
        fi
        for suite in $other_suites; do turn "$count" "" "$suite"; done
        if [ -n "$torch" ] && [ "$round" -eq 1 ] && [ -n "$model_suites" ]; then
            # shellcheck disable=SC2086
            (cd "$peers" && PYTHONDONTWRITEBYTECODE=1 "$python" "$here/peer_memory.py" "$count" "$cases" $model_suites) >> "$results"
        fi
    done
    round=$((round + 1))
done
"$python" "$here/compare.py" "$results"
