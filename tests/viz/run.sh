#!/usr/bin/env bash
# The tests of the replay page: types and model, and with "browser" the page itself in chromium.
#
#   tests/viz/run.sh [browser]
#
# Exit code 77 and a reason if node is missing or too old, or its packages cannot be had: Debian 12's own node is
# older than what the build of the page needs. That the committed page matches its sources is tested without node.
set -u
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../viz" || exit 1

skip() { printf 'skipped: %s\n' "$*"; exit 77; }

node -e 'const [a, b] = process.versions.node.split(".").map(Number);
         process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null ||
  skip "the page is built with node 20.19 or 22.12, or newer"
if ! cmp -s package-lock.json node_modules/.package-lock.of; then
  npm ci --no-audit --no-fund || skip "npm could not fetch the packages of viz/package-lock.json"
  cp package-lock.json node_modules/.package-lock.of
fi
npm run check && npm test || exit 1
[[ ${1:-} == browser ]] || exit 0
[[ -x ${MAILCOSM_CHROMIUM:-/usr/bin/chromium} ]] || skip "chromium is not installed"
npm run e2e
