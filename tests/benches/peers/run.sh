#!/usr/bin/env bash
# Prints the table of README.md: the cost of the generated crate beside its alternatives. Needs cargo, python3, java, valgrind
# and GNU time, and fetches the alternatives from package registries. The arguments are the parts to print, out of
# `build official teams decode call size`. By default it prints all except `official` and `teams`, which need 10 GB of memory and
# minutes of CPU time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$root/target/peers
mkdir -p "$work"
# Cargo's defaults.
export CARGO_PROFILE_DEV_DEBUG=2 CARGO_INCREMENTAL=0

# ---- Create the crates of the alternatives.

# package NAME DEPENDENCIES: writes a manifest beside the sources that a tool wrote.
package() {
    cat >"$work/$1/Cargo.toml" <<END
[package]
name = "$1"
version = "0.1.0"
edition = "2021"

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"
$2
END
}

openapi_generator() {
    [ -x "$work/venv/bin/openapi-generator-cli" ] || python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check openapi-generator-cli==7.26.0
    rm -rf "$work/openapi-generator" "$work/openapi-generator-models"
    "$work/venv/bin/openapi-generator-cli" generate -i "$root/spec/org_groups.yaml" -g rust -o "$work/openapi-generator" \
        --additional-properties=packageName=org-groups-openapi-generator >"$work/openapi-generator.log" 2>&1
    mkdir -p "$work/openapi-generator-models/src"
    cp -R "$work/openapi-generator/src/models" "$work/openapi-generator-models/src"
    printf '#![allow(warnings)]\npub mod models;\n' >"$work/openapi-generator-models/src/lib.rs"
    package openapi-generator-models 'chrono = { version = "0.4", features = ["serde"] }
serde_repr = "0.1"
serde_with = { version = "3.8", default-features = false, features = ["base64", "std", "macros"] }
url = "2"
uuid = { version = "1.8", features = ["serde", "v4"] }'
}

# The tool writes sources and a list of their dependencies, but no manifest.
openapi_to_rust() {
    cargo install --quiet --locked --root "$work/tools" --target-dir "$work/tools-target" openapi-to-rust@0.23.0
    local package=$work/openapi-to-rust-models
    rm -rf "$package"
    mkdir -p "$package/src"
    (cd "$package" && "$work/tools/bin/openapi-to-rust" generate "$root/spec/org_groups.yaml" --types-only >"$package/log")
    printf '#![allow(warnings)]\npub mod generated;\npub use generated::*;\n' >"$package/src/lib.rs"
    {
        printf '[package]\nname = "openapi-to-rust-models"\nversion = "0.1.0"\nedition = "2021"\n\n'
        cat "$package/src/generated/REQUIRED_DEPS.toml"
    } >"$package/Cargo.toml"
}

# Copies the models of this API from the published official client, without its 6,000 other models.
official_models() {
    local source models=$work/official-models/src/datadogV2/model
    cp "$root/Cargo.lock" "$here/programs/official/Cargo.lock"
    source=$(cargo metadata --quiet --format-version 1 --manifest-path "$here/programs/official/Cargo.toml" |
        python3 -c 'import json, os, sys
for package in json.load(sys.stdin)["packages"]:
    if package["name"] == "datadog-api-client":
        print(os.path.dirname(package["manifest_path"]) + "/src")')
    rm -rf "$work/official-models"
    mkdir -p "$models"
    cp "$source"/datadogV2/model/model_org_group*.rs "$source"/datadogV2/model/model_global_org_identifier.rs "$models"
    grep -E 'model_(org_group|global_org_identifier)' "$source/datadogV2/model/mod.rs" >"$models/mod.rs"
    echo 'pub mod model;' >"$work/official-models/src/datadogV2/mod.rs"
    {
        echo 'use serde::{Deserialize, Deserializer, Serialize, Serializer};'
        awk '/pub struct UnparsedObject/ { found = 1; print last } found { print } { last = $0 }' "$source/datadog/mod.rs"
    } >"$work/official-models/src/datadog.rs"
    printf '#![allow(warnings)]\npub mod datadog;\npub mod datadogV2;\n' >"$work/official-models/src/lib.rs"
    package official-models 'chrono = { version = "0.4", features = ["serde"] }
serde_with = "3.18"
uuid = { version = "1", features = ["serde"] }'
}

# ---- Measure the parts.

row() {
    printf '%-34s %10s %10s %8s\n' "$@"
}

ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

# Prints the cost of a cold debug build of a program: CPU seconds, and the megabytes of its largest process.
cold() {
    local program=$1 target=$work/cold
    case $program in ours | teams-ours | reqwest | by-hand) cp "$root/Cargo.lock" "$here/programs/$program/Cargo.lock" ;; esac
    rm -rf "$target"
    cargo fetch --quiet --manifest-path "$here/programs/$program/Cargo.toml"
    /usr/bin/time -o "$work/time" -f '%U %S %M' \
        cargo build --quiet --offline --manifest-path "$here/programs/$program/Cargo.toml" --target-dir "$target" 2>"$work/$program.log"
    rm -rf "$target"
    awk '{ printf "%.1f %.0f\n", $1 + $2, $3 / 1024 }' "$work/time"
}

# build ROUNDS OURS OTHER...: builds the programs in turns, and prints the least of each.
build() {
    local rounds=$1 ours=$2 program seconds memory ours_seconds ours_memory
    shift
    rm -f "$work/builds"
    while [ "$rounds" -gt 0 ]; do
        for program in "$@"; do
            echo "$program $(cold "$program")" >>"$work/builds"
        done
        rounds=$((rounds - 1))
    done
    row 'cold debug build' 'CPU s' 'MB' 'to ours'
    for program in "$@"; do
        read -r _ seconds memory < <(grep "^$program " "$work/builds" | sort -k 2,2n | head -1)
        [ "$program" = "$ours" ] && ours_seconds=$seconds ours_memory=$memory
        row "  $program" "$seconds" "$memory" "$(ratio "$seconds" "$ours_seconds")"
        case $program in *official) row '  its memory to ours' '' '' "$(ratio "$memory" "$ours_memory")" ;; esac
    done
}

# Measures the crate of one tag of Datadog's whole description.
teams() {
    "$root/tests/corpus/datadog.py" "$work/datadog" >/dev/null
    rm -rf "$work/datadog-teams"
    cargo run --quiet --release --locked --manifest-path "$root/Cargo.toml" -p generator -- --crate-name datadog-teams \
        --spec "$work/datadog/datadog-v2.yaml" --tag Teams --out "$work/datadog-teams" >"$work/datadog-teams.log" 2>&1
    build 1 teams-ours teams-official
}

decode() {
    local target=$work/decode instructions milliseconds ours='' ours_milliseconds=''
    cp "$root/Cargo.lock" "$here/decode/Cargo.lock"
    cargo build --release --quiet --manifest-path "$here/decode/Cargo.toml" --target-dir "$target"
    "$target/release/decode" clock >"$work/clock"
    row 'decode 1,000 memberships' 'M instr.' 'ms' 'to ours'
    while IFS=$'\t' read -r name milliseconds; do
        instructions=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
            --toggle-collect='*measured*' "$target/release/decode" count "$name" 2>&1 | sed -n 's/.*Collected : //p')
        : "${ours:=$instructions}" "${ours_milliseconds:=$milliseconds}"
        row "  $name" "$(ratio "$instructions" 1000000)" "$milliseconds" "$(ratio "$instructions" "$ours")"
        row '    in time' '' '' "$(ratio "$milliseconds" "$ours_milliseconds")"
    done <"$work/clock"
}

# Prints the instructions per call of a client: the difference between 110 and 10 calls, divided by 100. The server runs in a
# separate process.
per_call() {
    local count total=0 sign=-1
    for count in 10 110; do
        total=$((total + sign * $(valgrind --tool=callgrind --callgrind-out-file=/dev/null \
            "$work/call/release/call" "$1" "$2" "$count" 2>&1 | sed -n 's/.*Collected : //p')))
        sign=1
    done
    echo $((total / 100))
}

call() {
    local address server way instructions bare=''
    cp "$root/Cargo.lock" "$here/call/Cargo.lock"
    cargo build --release --quiet --manifest-path "$here/call/Cargo.toml" --target-dir "$work/call"
    "$work/call/release/call" serve >"$work/address" &
    server=$!
    trap 'kill "$server"' RETURN
    until [ -s "$work/address" ]; do sleep 0.1; done
    address=$(cat "$work/address")
    row 'a call that lists 10 groups' 'K instr.' '' 'to bare'
    for way in reqwest by-hand ours; do
        instructions=$(per_call "$way" "$address")
        : "${bare:=$instructions}"
        row "  $way" "$(ratio "$instructions" 1000)" '' "$(ratio "$instructions" "$bare")"
    done
}

size() {
    local program bytes by_hand=''
    row 'release program, stripped' 'KB' '' 'to hand'
    for program in by-hand ours reqwest; do
        cp "$root/Cargo.lock" "$here/programs/$program/Cargo.lock"
        CARGO_PROFILE_RELEASE_STRIP=true cargo build --release --quiet \
            --manifest-path "$here/programs/$program/Cargo.toml" --target-dir "$work/size"
        bytes=$(stat -c %s "$work/size/release/list-groups-$program")
        : "${by_hand:=$bytes}"
        row "  $program" "$((bytes / 1024))" '' "$(ratio "$bytes" "$by_hand")"
    done
}

for part in "${@:-build decode call size}"; do
    for part in $part; do
        case $part in
        build)
            openapi_generator
            build 3 ours reqwest by-hand openapi-generator
            ;;
        decode)
            openapi_generator
            openapi_to_rust
            official_models
            decode
            ;;
        official) build 1 ours official ;;
        call | size | teams) "$part" ;;
        *) echo "unknown part: $part" >&2 && exit 2 ;;
        esac
    done
done
