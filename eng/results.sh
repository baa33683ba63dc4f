#!/usr/bin/env bash
# results.sh FOLDER CODE FAILURES: sums up a test run. FOLDER holds NAME.expected for each test project that was asked to
# run and NAME.trx for each that reported; CODE is the exit code of the whole run; FAILURES is what failed beside the tests.
# The last line is "N passed, N failed, N skipped"; what kept a project from reporting counts as a failure, so that line
# never reads better than what happened. Exits with 1 where anything failed.
set -euo pipefail

folder=$1 code=$2 failed=$3
passed=0 skipped=0

# counter FILE NAME: one attribute of the report's only <Counters> element.
counter() {
  sed -n 's/^.*<Counters.*[^a-z]'"$2"'="\([0-9]*\)".*$/\1/p' "$1"
}

complain() {
  echo "$1"
  failed=$((failed + 1))
}

is_whole() {
  grep -q '<ResultSummary outcome="Completed"' "$1" && grep -q '</TestRun>' "$1"
}

add() {
  local name=$1 report=$2 total executed ok
  total=$(counter "$report" total)
  executed=$(counter "$report" executed)
  ok=$(counter "$report" passed)
  if [ -z "$total" ] || [ -z "$executed" ] || [ -z "$ok" ]; then
    complain "$name: its report cannot be read"
    return
  fi
  passed=$((passed + ok))
  failed=$((failed + executed - ok))
  skipped=$((skipped + total - executed))
  if grep -q 'test run was aborted' "$report"; then
    complain "$name: the run broke off, some of its tests never ran"
  elif [ "$executed" -eq "$ok" ] && ! is_whole "$report"; then
    complain "$name: the run failed outside its tests"
  fi
}

reasons() {
  { cat "$folder"/*.trx 2>/dev/null || true; } | awk '
    /<UnitTestResult / { skipped = /outcome="NotExecuted"/ }
    skipped && /<Message>/ { sub(/^.*<Message>/, ""); sub(/<\/Message>.*$/, ""); print; skipped = 0 }' |
    sort | uniq -c | sed 's/^ *\([0-9]*\) /skipped \1: /'
}

for expected in "$folder"/*.expected; do
  [ -e "$expected" ] || continue
  name=$(basename "$expected" .expected)
  if [ -e "$folder/$name.trx" ]; then
    add "$name" "$folder/$name.trx"
  else
    complain "$name: no results, its test host never reported"
  fi
done

reasons
[ $((passed + failed + skipped)) -gt 0 ] || complain "no tests were found"
[ "$code" -eq 0 ] || [ "$failed" -gt 0 ] || complain "the test run ended with code $code although no test failed"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
