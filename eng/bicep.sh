#!/usr/bin/env bash
# bicep.sh [FOLDER]: lints and builds every Bicep file below FOLDER (infra/ unless given) and checks their formatting, with
# the Bicep CLI from NuGet. A warning is a failure. Nothing is written, and nothing but the CLI is downloaded.
set -euo pipefail

eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(cd "${1:-$eng/../infra}" && pwd)
project=$eng/bicep/bicep.csproj
failed=0

# Slim images have no ICU, and the CLI would not start.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

skip() {
  echo "Bicep: not checked here: $1" >&2
  exit 0
}

find_cli() {
  [ "$(uname -sm)" = "Linux x86_64" ] || skip "its CLI is fetched for Linux on x64 only, and this is $(uname -sm)"
  dotnet restore "$project" --verbosity quiet
  bicep=$(dotnet msbuild "$project" -getProperty:BicepPath)
  "$bicep" --version >/dev/null 2>&1 || skip "$bicep does not run on this system"
}

# check WHAT COMMAND...: the command must succeed and say nothing.
check() {
  local what=$1 said
  shift
  if ! said=$("$@" 2>&1 >/dev/null) || [ -n "$said" ]; then
    printf '%s: %s\n' "$what" "${said:-failed without a word}" >&2
    failed=1
  fi
}

# A registry module would be fetched while building, so that the same commit could build differently tomorrow.
uses_no_registry() {
  ! grep -rnE "['\"](br|ts)[:/]" --include='*.bicep' --include='*.bicepparam' . >&2
}

is_formatted() {
  "$bicep" format --insert-final-newline --pattern "$copy/**/*.bicep*" && diff -ru "$folder" "$copy" >&2
}

find_cli
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R "$folder/." "$copy"
cd "$copy"
check "Bicep, registry modules" uses_no_registry
check "Bicep, formatting" is_formatted
# Building lints as well; that each file is built by itself finds modules that nobody uses.
check "Bicep, build" "$bicep" build --no-restore --pattern "$copy/**/*.bicep"
check "Bicep, parameters" "$bicep" build-params --no-restore --pattern "$copy/**/*.bicepparam"
exit "$failed"
