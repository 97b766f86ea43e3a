#!/usr/bin/env bash
# Builds the fuzzers and runs each for a short time from its seed corpus.
#
#   tests/fuzz/run.sh [SECONDS_EACH]
#
# An input that shows a fault is left in build/fuzz/crashes and named in the output.
set -u
# shellcheck source=../../cmake/setup.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../cmake/setup.sh"
cd "$root" || exit 1
seconds=${1:-8}

fuzzers=()
for list in tests/fuzz/*.cmake; do
  while read -r name; do fuzzers+=("$name"); done < <(grep -oE 'mailcosm_fuzzer\(\w+' "$list" | cut -d'(' -f2)
done
((${#fuzzers[@]} > 0)) || { say "no fuzzers found"; exit 1; }
build fuzz "${fuzzers[@]}" || exit 1

mkdir -p build/fuzz/crashes
status=0
for name in "${fuzzers[@]}"; do
  subject=${name%_fuzz}
  corpus=build/fuzz/corpus/$subject
  mkdir -p "$corpus"
  options=(-max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=2048 -seed=1 -print_final_stats=1
    -artifact_prefix="build/fuzz/crashes/$name-")
  [[ -f tests/fuzz/$subject.dict ]] && options+=(-dict="tests/fuzz/$subject.dict")
  seeds=()
  [[ -d tests/fuzz/corpus/$subject ]] && seeds=("tests/fuzz/corpus/$subject")
  log=build/fuzz/$name.log
  if "build/fuzz/tests/fuzz/$name" "${options[@]}" "$corpus" "${seeds[@]}" >"$log" 2>&1; then
    printf 'ok    %-28s %s runs\n' "$name" "$(awk '/number_of_executed_units/ {print $2}' "$log")"
  else
    printf 'FAIL  %s; the end of %s:\n' "$name" "$log"
    tail -n 40 "$log"
    status=1
  fi
done
exit $status
