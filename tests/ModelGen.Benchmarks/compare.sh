#!/bin/sh
# Runs ModelGen and the PyTorch script in turns and prints how many times as fast ModelGen is.
#
#   compare.sh [CASES] [THREADS] [ROUNDS] [PEER_DIR]
#
#   CASES     letters of the models, default ABCDEFG
#   THREADS   thread counts with commas between, default 1
#   ROUNDS    how often each of the two runs, default 3
#   PEER_DIR  the folder of torch_bench.py, default $PEERS
#
#   SUITES    what to compare, default "train"; also infer, gemm, conv, elementwise
#   PYTHON    the interpreter that has torch, default python3
#   RESULTS   a file to keep all JSON lines in, default a temporary one
#   SECONDS_PER_CASE  passed to ModelGen as --seconds, default 2, which is what the script takes
set -eu

cases=${1:-ABCDEFG}
threads=${2:-1}
rounds=${3:-3}
peers=${4:-${PEERS:-}}
suites=${SUITES:-train}
python=${PYTHON:-python3}
here=$(cd "$(dirname "$0")" && pwd)

if [ -z "$peers" ] || [ ! -f "$peers/torch_bench.py" ]; then
    echo "compare.sh: no torch_bench.py in '$peers'; give its folder as the fourth argument or in PEERS" >&2
    exit 2
fi

# The defaults that a fair run needs on a processor the installed libraries may not know; set ones stay. See README.md.
export OPENBLAS_CORETYPE="${OPENBLAS_CORETYPE-SkylakeX}"
if [ -z "$OPENBLAS_CORETYPE" ]; then unset OPENBLAS_CORETYPE; fi

if [ -n "${RESULTS:-}" ]; then
    results=$RESULTS
    : > "$results"
else
    results=$(mktemp)
    trap 'rm -f "$results"' EXIT
fi

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
        # shellcheck disable=SC2086
        (cd "$peers" && PYTHONDONTWRITEBYTECODE=1 CASES="$cases" "$python" torch_bench.py "$count" $peer_suites) >> "$results"
    done
    round=$((round + 1))
done
"$python" "$here/compare.py" "$results"
