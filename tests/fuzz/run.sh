#!/bin/sh
# Runs each fuzzer for SECONDS (60) on its committed corpus; what it finds stays in the build folder.
# usage: run.sh BUILD CORPUS NAME...
set -eu
export UBSAN_OPTIONS=halt_on_error=1    # else what it says is lost in the log
build=$1 corpus=$2
shift 2
for name; do
    mkdir -p "$build/found/$name"
    echo "$name: ${SECONDS_EACH:-60} s"
    "$build/${name}_fuzz" -max_total_time="${SECONDS_EACH:-60}" -max_len=4096 -timeout=10 \
        -artifact_prefix="$build/found/$name-" -print_final_stats=1 -verbosity=0 \
        "$build/found/$name" $([ ! -d "$corpus/$name" ] || echo "$corpus/$name")
done
