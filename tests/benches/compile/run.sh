#!/usr/bin/env bash
# Prints the CPU seconds and the megabytes that rustc needs to compile the generated crate, without its dependencies. Each figure
# is the minimum of five runs without incremental compilation, in a separate target folder. Needs cargo and GNU time.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
target=$root/target/compile
mkdir -p "$target"

# All runs use one wrapper, because cargo rebuilds when it changes.
cat >"$target/timed" <<'END'
#!/bin/sh
case " $* " in
*" --crate-name datadog_org_groups "*) exec /usr/bin/time -a -o "$COMPILE_TIMES" -f '%U %S %M' "$@" ;;
*) exec "$@" ;;
esac
END
chmod +x "$target/timed"
# Use cargo's defaults, whatever this machine has configured, and the features of the crate alone, not those of the workspace.
export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=2 CARGO_TARGET_DIR=$target
export RUSTC_WORKSPACE_WRAPPER=$target/timed COMPILE_TIMES=$target/times
cd "$root"

# measure HEADING COMMAND...: runs a command five times and prints the minimum.
measure() {
    local heading=$1
    shift
    rm -f "$COMPILE_TIMES"
    for _ in 1 2 3 4 5; do
        cargo clean --quiet -p datadog-org-groups
        cargo "$@" --quiet --locked -p datadog-org-groups --lib
    done
    awk -v heading="$heading" '
        NR == 1 || $1 + $2 < seconds { seconds = $1 + $2 }
        NR == 1 || $3 < memory { memory = $3 }
        END { printf "%-28s %6.2f CPU-s %5.0f MB\n", heading, seconds, memory / 1024 }' "$COMPILE_TIMES"
}

measure 'check, 20 operations' check
measure 'debug build, 20 operations' build
measure 'check, models alone' check --no-default-features
measure 'debug build, models alone' build --no-default-features
