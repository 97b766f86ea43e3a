#!/usr/bin/env bash
# Builds the fuzzers and runs each from its seed corpus.
#
#   tests/fuzz/run.sh            the same 3,000 inputs for each fuzzer every time, so that the result repeats
#   tests/fuzz/run.sh SECONDS    new inputs for so long each
#
# An input that shows a fault is left in build/fuzz/crashes and named in the output.
set -u
# shellcheck source=../../cmake/setup.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../cmake/setup.sh"
cd "$root" || exit 1
amount=(-runs=3000 -seed=1 -max_total_time=20)
[[ -n ${1:-} ]] && amount=(-max_total_time="$1")

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
  [[ -n ${1:-} ]] || rm -rf "$corpus"
  mkdir -p "$corpus"
  options=("${amount[@]}" -max_len=4096 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1
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
