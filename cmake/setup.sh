# Shared by ./mailcosm and ./test: what a build needs, and how it gets onto a Debian machine. Sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What the program itself needs, with the reason a user is told.
build_packages=(
  "g++=the compiler"
  "cmake=the build system"
  "ninja-build=the build tool"
  "libboost-dev=Boost headers"
  "libboost-graph-dev=Boost.Graph, for topologies and routes"
  "libyaml-cpp-dev=yaml-cpp, for scenario files"
  "libfmt-dev=fmt, for formatting"
  "libcli11-dev=CLI11, for the command line"
  "zlib1g-dev=zlib, for the trace inside the replay page"
)

say() { printf '%s\n' "$*" >&2; }

# install_missing PACKAGE=REASON ...: installs through apt what dpkg does not know, saying what and why.
install_missing() {
  local missing=() entry name
  for entry in "$@"; do
    name=${entry%%=*}
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed && continue
    missing+=("$name")
    ((${#missing[@]} == 1)) && say "Mailcosm needs some Debian packages that are not installed yet:"
    say "  $name: ${entry#*=}"
  done
  ((${#missing[@]} == 0)) && return 0
  local apt=(apt-get install -y --no-install-recommends "${missing[@]}")
  if ! command -v apt-get >/dev/null; then
    say "This is no Debian system: please install the equivalents of these packages and try again."
    return 1
  fi
  local sudo=()
  if ((EUID != 0)); then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      sudo=(sudo)
    else
      say "They can be installed only by root. Please run this, then try again:"
      say "  sudo apt-get update && sudo ${apt[*]}"
      return 1
    fi
  fi
  say "Installing them with: ${sudo[*]} ${apt[*]}"
  local log
  log=$(mktemp)
  if ! { "${sudo[@]}" apt-get update && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${apt[@]}"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    say "The installation failed; its log is $log. The command was:"
    say "  ${sudo[*]} apt-get update && ${sudo[*]} ${apt[*]}"
    return 1
  fi
  rm -f "$log"
}

# Compiled objects are shared between trees and checkouts where ccache is there.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

# build PRESET TARGET...: configures once and builds; prints progress on stderr, and the end of the log on failure.
build() {
  local preset=$1
  shift
  local directory=$root/build/$preset log=$root/build/$preset.log
  mkdir -p "$root/build"
  if [[ ! -f $directory/build.ninja ]]; then
    (cd "$root" && cmake --preset "$preset" "${cmake_options[@]}") >"$log" 2>&1 || {
      tail -n 30 "$log" >&2
      say "Configuring $preset failed; the whole log is $log."
      return 1
    }
  fi
  if [[ -t 2 ]]; then
    NINJA_STATUS='[%f/%t] ' ninja -C "$directory" "$@" | tee "$log" |
      awk '/^\[/ {printf "\r\033[K%s", substr($0, 1, 78) > "/dev/stderr"}' >&2
    local status=${PIPESTATUS[0]}
    printf '\r\033[K' >&2
  else
    ninja -C "$directory" "$@" >"$log" 2>&1
    local status=$?
  fi
  ((status == 0)) && return 0
  grep -A 12 -m 3 -E 'FAILED|error:' "$log" >&2 || tail -n 30 "$log" >&2
  say "Building $preset failed; the whole log is $log."
  return 1
}
cmake_options=()
