#!/usr/bin/env bash
# Runs cargo-semver-checks on each replayed change and compares its verdict with ours. Run it by hand: it builds the
# documentation of two crates per change. Names of changes as arguments restrict the run to these changes.
#
# Install the tool first: cargo install cargo-semver-checks --version 0.51.0 --locked
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
work=$root/target/semver
mkdir -p "$work"

# Write the specs of each change as the suites read them.
cargo test --quiet -p tests --test generator changes::write_specs -- --exact --ignored >/dev/null
cargo build --quiet -p generator

agreed=0 unreported=() contradicted=()
if [ "$#" -gt 0 ]; then names=("$@"); else mapfile -t names < <(cd tests/changes && ls -d */ | tr -d /); fi

for name in "${names[@]}"; do
    for side in old new; do
        target/debug/generator --spec "$work/$name/$side.yaml" --out "$work/$name/$side" >/dev/null
        cp Cargo.lock "$work/$name/$side/"
        printf '\n[workspace]\n' >>"$work/$name/$side/Cargo.toml"
    done
    ours=passes
    if grep -q '^breaking to compile:' tests/changes/"$name"/terminal.snap; then ours=breaks; fi
    theirs=passes
    if ! CARGO_TARGET_DIR=$work/target cargo semver-checks --manifest-path "$work/$name/new/Cargo.toml" --baseline-root "$work/$name/old" \
        --only-explicit-features --features client --release-type minor >"$work/$name/said" 2>&1; then
        theirs=breaks
    fi
    lints=$(sed -n 's/^--- failure \([a-z_]*\):.*/\1/p' "$work/$name/said" | sort -u | paste -sd' ')
    if [ "$theirs" = breaks ] && [ -z "$lints" ]; then
        cat "$work/$name/said" >&2
        exit 1
    fi
    printf '%-26s ours: %s  theirs: %s  %s\n' "$name" "$ours" "$theirs" "$lints"
    case $ours/$theirs in
        breaks/passes) unreported+=("$name") ;;
        passes/breaks) contradicted+=("$name ($lints)") ;;
        *) agreed=$((agreed + 1)) ;;
    esac
    rm -rf "${work:?}/$name/old" "${work:?}/$name/new"
done

printf '\n%d agreed\n' "$agreed"
printf 'breaks that it does not report: %s\n' "${unreported[*]:-none}"
printf 'breaks that only it reports: %s\n' "${contradicted[*]:-none}"
