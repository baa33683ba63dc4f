#!/usr/bin/env bash
# Sets up the real parts that tests need, once a machine, outside the checkout, and prints the variables that name them:
#   eval "$(eng/parts.sh)" && dotnet test
# Parts live in $WAYBILL_PARTS_CACHE (~/.cache/waybill). What the environment already names is left alone. A part that
# cannot be had on this machine is reported in one line on standard error, and the tests that need it are skipped.
set -euo pipefail

eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${WAYBILL_PARTS_CACHE:-$HOME/.cache/waybill}
deadline=1200

say() {
  echo "$1: $2" >&2
}

missing() {
  say "$1" "not here, its tests are skipped: $2"
}

offer() {
  printf 'export %s=%q\n' "$1" "$2"
}

# Runs a command that may neither take for ever nor write to our output; what it says goes to the log.
logged() {
  local log=$1
  shift
  if command -v timeout >/dev/null; then
    timeout "$deadline" "$@" >"$log" 2>&1 </dev/null
  else
    "$@" >"$log" 2>&1 </dev/null
  fi
}

# make_once NAME COMMAND...: lets the command fill an empty folder (its last argument), and keeps that as $cache/NAME.
# It appears there whole or not at all, and of several processes that want it one makes it while the others wait.
make_once() {
  local name=$1 place=$cache/$1 making=$cache/$1.making.$$
  shift
  [ ! -d "$place" ] || return 0
  (
    mkdir -p "$cache"
    if command -v flock >/dev/null; then
      exec 8>"$place.lock"
      flock -w "$deadline" 8 || exit 1
      rm -rf "$place".making.*
    fi
    [ ! -d "$place" ] || exit 0
    trap 'rm -rf "$making"' EXIT
    mkdir "$making" && logged "$place.log" "$@" "$making" && mv "$making" "$place"
  )
}

# set_up WHAT NAME COMMAND...: make_once, with a line on how it went.
set_up() {
  local what=$1 name=$2 started=$SECONDS
  if make_once "${@:2}"; then
    say "$what" "$cache/$name ($((SECONDS - started)) s)"
  else
    missing "$what" "setting it up failed after $((SECONDS - started)) s, see $cache/$name.log"
    return 1
  fi
}

is_debian() {
  [ -r /etc/os-release ] && grep -q '^ID=debian$' /etc/os-release
}

knows_kubernetes() {
  [[ $(apt-cache policy kubernetes-client 2>/dev/null) == *"Candidate: "[0-9]* ]]
}

# What only an administrator can install: the browser, and the tool that unpacks Debian's sources.
set_up_debian_packages() {
  is_debian && [ "$(id -u)" -eq 0 ] || return 0
  local wanted=()
  command -v dpkg-source >/dev/null || wanted+=(dpkg-dev)
  [ -n "${WAYBILL_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || wanted+=(chromium)
  if [ "${#wanted[@]}" -gt 0 ]; then
    update_package_lists
    install_packages "${wanted[@]}" || say "Debian packages" "could not install ${wanted[*]}, see $cache/apt-install.log"
  elif ! knows_kubernetes; then
    update_package_lists
  fi
}

update_package_lists() {
  mkdir -p "$cache"
  logged "$cache/apt-update.log" apt-get -q -o Acquire::Retries=3 update ||
    say "Debian packages" "could not update the package lists, see $cache/apt-update.log"
}

install_packages() {
  DEBIAN_FRONTEND=noninteractive logged "$cache/apt-install.log" \
    apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"
}

set_up_kube_apiserver() {
  if [ -n "${KUBEBUILDER_ASSETS:-}" ] || [ -n "${TEST_ASSET_KUBE_APISERVER:-}" ]; then
    say kube-apiserver "as the environment names it"
    return 0
  fi
  local key
  if ! key=$("$eng/kube-apiserver.sh" key 2>&1); then
    missing kube-apiserver "$key. Or set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd."
  elif set_up kube-apiserver "kube-apiserver-$key" "$eng/kube-apiserver.sh" build; then
    offer TEST_ASSET_KUBE_APISERVER "$cache/kube-apiserver-$key/kube-apiserver"
    offer TEST_ASSET_ETCD "$cache/kube-apiserver-$key/etcd"
  fi
}

# npm_install DIR: exactly what the lock file says; GitHub's own description is kept, its 300 MB of relatives are not.
npm_install() {
  cp "$eng/npm/package.json" "$eng/npm/package-lock.json" "$1"
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  find "$1/node_modules/@octokit/openapi/generated" -name '*.json' ! -name 'api.github.com*' -delete
}

set_up_npm_packages() {
  if ! command -v npm >/dev/null; then
    missing "Azurite and GitHub's API description" "npm is not installed"
    return 0
  fi
  local name
  name=npm-$(cksum <"$eng/npm/package-lock.json" | tr ' ' -)
  set_up "Azurite and GitHub's API description" "$name" "$eng/parts.sh" --npm-install || return 0
  [ -n "${WAYBILL_AZURITE:-}" ] || offer WAYBILL_AZURITE "$cache/$name/node_modules/.bin/azurite-table"
  [ -n "${WAYBILL_GITHUB_OPENAPI:-}" ] ||
    offer WAYBILL_GITHUB_OPENAPI "$cache/$name/node_modules/@octokit/openapi/generated/api.github.com.json"
}

set_up_chromium() {
  if [ -n "${WAYBILL_CHROMIUM:-}" ]; then
    say Chromium "$WAYBILL_CHROMIUM, as the environment names it"
  elif [ -x /usr/bin/chromium ]; then
    say Chromium /usr/bin/chromium
    offer WAYBILL_CHROMIUM /usr/bin/chromium
  else
    missing Chromium "there is no /usr/bin/chromium. Or set WAYBILL_CHROMIUM to a Chromium or Chrome."
  fi
}

say_which_definitions() {
  local shared=${WAYBILL_SHARED:-$eng/../../shared}
  if [ -d "$shared/crds" ]; then
    say "Pulumi's resource definitions" "the operator's own, $(cd "$shared/crds" && pwd)"
  else
    say "Pulumi's resource definitions" "the tests' own, tests/TestParts/Crds"
  fi
}

if [ "${1:-}" = --npm-install ]; then
  npm_install "$2"
  exit 0
fi
set_up_debian_packages
set_up_kube_apiserver
set_up_npm_packages
set_up_chromium
say_which_definitions
