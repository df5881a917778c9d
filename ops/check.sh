#!/usr/bin/env bash
# Checks all that can be checked: formatting, a build without warnings, every test on a real PostgreSQL
# and in a real browser, the API document, the compose file. Installs what is missing where it can.
#
#   bash ops/check.sh          everything that takes no longer than a cup of coffee
#   bash ops/check.sh --fast   without the browser
#   bash ops/check.sh --long   the build and the long tests only: servers killed again and again, a standby promoted, a backup restored, a whole round played in a browser
set -uo pipefail
cd "$(dirname "$0")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
solution=Programme.sln
passed=0
failed=0
fast=
long=

case "${1:-}" in
  '') ;;
  --fast) fast=1 ;;
  --long) long=1 ;;
  *) echo "Unknown option $1: there are --fast and --long." >&2; exit 2 ;;
esac

say() { printf '\n[%4d s] %s\n' "$SECONDS" "$*"; }

missing() { echo "Missing: $*" >&2; exit 2; }

# Runs one step and counts it.
step() {
  say "$1"
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $*" >&2
    return 1
  fi
}

finish() {
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
  exit
}

npm_packages() {
  if [ ! "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ]; then
    say "Fetching the npm packages of $1"
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error) || missing "the npm packages of $1 could not be fetched; run 'npm ci' there and see why."
  fi
}

browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 1
}

install_browser() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    missing "a browser for the page tests: install Chromium or Google Chrome, or set CHROMIUM to its path, or leave those tests out with --fast."
  fi
  say "Installing Chromium with letters for its pages"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } </dev/null >/dev/null ||
    missing "a browser for the page tests: apt-get could not install chromium."
}

# Copying a running server takes programs that npm's package does not have.
server_programs() { compgen -G '/usr/lib/postgresql/*/bin/pg_basebackup' >/dev/null; }

install_server_programs() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    missing "PostgreSQL's own programs for the long tests: install the package postgresql, version 15 or newer."
  fi
  say "Installing PostgreSQL's own programs"
  export DEBIAN_FRONTEND=noninteractive
  # No cluster of the package's own is made or started.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; } </dev/null >/dev/null ||
    missing "PostgreSQL's own programs for the long tests: apt-get could not install postgresql."
}

compose() {
  if command -v docker-compose >/dev/null; then
    echo docker-compose
  elif docker compose version >/dev/null 2>&1; then
    echo docker compose
  fi
}

# Runs the tests and adds up the closing lines of their assemblies.
run_tests() {
  local log rc counts
  log=$(mktemp)
  dotnet test $solution --no-build --nologo "$@" 2>&1 | tee "$log"
  rc=${PIPESTATUS[0]}
  counts=$(awk '/^(Passed|Failed|Skipped)! +- Failed: / {
      gsub(/[,:]/, " ")
      for (i = 1; i < NF; i++) { if ($i == "Failed") f += $(i + 1); if ($i == "Passed") p += $(i + 1) }
    } END { print p + 0, f + 0 }' "$log")
  rm -f "$log"
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
  if [ "$rc" -ne 0 ] && [ "${counts#* }" -eq 0 ]; then
    echo "FAILED: the test run itself ended with exit code $rc" >&2
    failed=$((failed + 1))
  fi
}

# The build writes the API document; what is committed must be what it wrote.
check_api_document() {
  git -c safe.directory='*' diff --exit-code --stat -- docs/reference/api.json && npm --prefix tools/lint run --silent openapi
}

check_compose() {
  # Any values do: only the form of the file is checked.
  POSTGRES_PASSWORD=any WEB_PASSWORD=any DOTNET_SDK_IMAGE=any ASPNET_IMAGE=any $(compose) -f docker-compose.yml config -q
}

command -v dotnet >/dev/null || missing "the .NET SDK; global.json says which version."
command -v node >/dev/null && command -v npm >/dev/null || missing "Node.js 20 or newer with npm."

npm_packages tools/postgres
npm_packages tools/lint
npm_packages tools/oidc
if [ -n "$long" ] && ! server_programs; then
  install_server_programs
fi
if [ -z "$fast" ] && ! CHROMIUM=$(browser); then
  install_browser
  CHROMIUM=$(browser)
fi
export CHROMIUM

step "Restoring packages" dotnet restore $solution --verbosity quiet || finish
# One compiler for all projects, which goes when they are built.
step "Building, warnings are errors" dotnet build $solution --no-restore --nologo --verbosity quiet -p:UseSharedCompilation=true || finish
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1
if [ -n "$long" ]; then
  say "Testing for long"
  run_tests --filter "Long=true"
  finish
fi
# The build holds style and analysis; what is left is whitespace, for which no project needs to be loaded.
step "Checking the formatting" dotnet format whitespace . --folder --verify-no-changes --exclude '**/bin/' '**/obj/' tools/
step "Checking the API document" check_api_document
step "Auditing the packages" bash ops/audit.sh
if [ -n "$(compose)" ]; then
  step "Checking docker-compose.yml" check_compose
else
  say "docker-compose.yml is not checked: there is no docker compose here"
fi

say "Testing"
if [ -n "$fast" ]; then
  run_tests --filter "Long!=true&FullyQualifiedName!~HousingBank.Browser"
else
  run_tests --filter "Long!=true"
fi
finish
