#!/bin/sh
# Searches for specs that break the generator: `run.sh [SECONDS]` runs each target for that time, by default 60. It writes failing
# inputs to target/fuzz/artifacts/ and new inputs to target/fuzz/found/. Needs a C++ compiler.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
target=${CARGO_TARGET_DIR:-$PWD/../../target}/fuzz
found=$target/found
mkdir -p "$found" "$target/artifacts" "$target/seeds"

# The flags that cargo-fuzz passes for coverage. With `--target`, they do not apply to build scripts and macros.
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1" \
    cargo build --release --locked --target "$host" --target-dir "$target"

# Use the fixtures as seeds.
for spec in ../fixtures/*/spec.yaml ../fixtures/errors/*/spec.yaml; do
    name=$(dirname "$spec" | tr -c 'a-z0-9\n' '_')
    cp "$spec" "$target/seeds/$name.yaml"
done

for name in bytes structure; do
    "$target/$host/release/$name" "$found" corpus "$target/seeds" \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -max_len=16384 -dict=openapi.dict \
        -artifact_prefix="$target/artifacts/$name-" -print_final_stats=1
done
