#!/bin/sh
# Prints the table of README.md. Needs valgrind.
set -eu
cd "$(dirname "$0")"
cargo build --release --quiet --locked
bench=target/release/serde-ways
$bench check

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no --toggle-collect='*measured*' \
        "$bench" "$@" 2>&1 | sed -n 's/.*Collected : //p'
}

# All runs use one wrapper, because cargo rebuilds when it changes.
cat >target/timed <<'END'
#!/bin/sh
case " $* " in
*" --crate-name models "*) exec /usr/bin/time -o "$SERDE_WAYS_TIME" -f %U "$@" ;;
*) exec "$@" ;;
esac
END
chmod +x target/timed

# Prints the minimum of five runs, in seconds of the compiler's user time.
compile() {
    "$bench" models $2 >target/models.rs
    for _ in 1 2 3 4 5; do
        # A new modification time makes cargo recompile this file only.
        touch examples/models.rs
        SERDE_WAYS_MODELS="$PWD/target/models.rs" SERDE_WAYS_TIME="$PWD/target/time" \
            CARGO_INCREMENTAL=0 RUSTC_WORKSPACE_WRAPPER="$PWD/target/timed" cargo "$1" --example models --quiet --locked
        cat target/time
    done | sort -n | head -1
}

row() {
    printf '%-8s %9s %9s %7s %11s %6s %6s %6s %6s %6s\n' "$@"
}

row way decode encode bulk allocations ms check debug used lines
"$bench" allocations >target/allocations
"$bench" clock >target/clock
for way in plain flatten ours value; do
    allocations=$(sed -n "s/^$way //p" target/allocations)
    clock=$(sed -n "s/^$way //p" target/clock)
    if [ "$way" = value ]; then
        row "$way" "$(count decode "$way")" - - "$allocations" "$clock" - - - -
        continue
    fi
    lines=$(($("$bench" models "$way" | grep -vc '^ *///') / 73))
    row "$way" "$(count decode "$way")" "$(count encode "$way")" "$(count bulk "$way")" "$allocations" "$clock" \
        "$(compile check "$way")" "$(compile build "$way")" "$(compile build "$way used")" "$lines"
done
