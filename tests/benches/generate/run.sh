#!/usr/bin/env bash
# Prints the cost of generating a crate, compared with only reading the spec, and how it grows. Needs cargo and valgrind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
target=$(cd ../../.. && pwd)/target/generate-cost
cargo build --release --quiet --locked --target-dir "$target"
bench=$target/release/generate-cost

# Counts instructions, including those of the thread that reads the document.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" once "$@" 2>&1 | sed -n 's/.*Collected : //p'
}

"$bench" ratio
"$bench" growth
nothing=$(count nothing 0)
generate=$(($(count generate 0) - nothing))
yaml=$(($(count yaml 0) - nothing))
awk -v a="$generate" -v b="$yaml" \
    'BEGIN { printf "instructions: generate %.1f M, serde_yaml into openapiv3 %.1f M: %.2f\n", a / 1e6, b / 1e6, a / b }'
for copies in 1 10 30; do
    awk -v copies="$copies" -v a="$(count generate "$copies")" -v b="$(count nothing "$copies")" \
        'BEGIN { printf "%d copies: %.1f M instructions per copy\n", copies, (a - b) / copies / 1e6 }'
done
