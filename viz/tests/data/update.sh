#!/usr/bin/env bash
# Writes the traces that the tests of the page look at again: update.sh PROGRAM
# The tests name records by their ids; look at what changed before committing.
set -eu
program=$(readlink -f "${1:?usage: update.sh PROGRAM}")
here=$(dirname "$(readlink -f "$0")")
for scenario in first/alice_to_bob failure/host_down_an_hour; do
  name=$(basename "$scenario")
  "$program" run --quiet --trace "$here/$name.jsonl" "$here/../../../scenarios/$scenario.yaml"
  gzip -9 -n -f "$here/$name.jsonl"
done
