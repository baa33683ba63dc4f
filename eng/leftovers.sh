#!/usr/bin/env bash
# leftovers.sh RUN FOLDER: names what a test run left behind: processes started under WAYBILL_RUN=RUN (killed here, where
# /proc tells), and Waybill's temporary folders in FOLDER. Exits with 1 where there was anything.
set -euo pipefail

run=$1 folder=$2
grace=10

processes() {
  local environment
  for environment in /proc/[0-9]*/environ; do
    if grep -qzx "WAYBILL_RUN=$run" "$environment"; then
      basename "$(dirname "$environment")"
    fi
  done 2>/dev/null
}

# A killed process needs a moment to go.
await_end() {
  while [ -n "$(processes)" ] && [ "$SECONDS" -lt "$grace" ]; do
    sleep 0.2
  done
}

found=0
await_end
for process in $(processes); do
  echo "left running: $process $(tr '\0' ' ' <"/proc/$process/cmdline" | cut -c 1-200)"
  kill -KILL "$process" 2>/dev/null || true
  found=1
done
for left in "$folder"/waybill-*; do
  [ -e "$left" ] || continue
  echo "left behind: $left"
  found=1
done
exit "$found"
