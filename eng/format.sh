#!/usr/bin/env bash
# Checks formatting and style of everything that this configuration builds: whatever the solution leaves out of Debug can't be
# restored on every feed, and without its packages every using of theirs would look unnecessary.
set -euo pipefail
solution=$1
scratch=$2

dotnet format whitespace . --folder --verify-no-changes --include src/ tests/

filter=$scratch/debug.slnf
{
  printf '{"solution":{"path":"%s","projects":[' "$(pwd)/$solution"
  awk -F'"' '
    /^Project\(/ && $6 ~ /csproj$/ { path[$8] = $6; order[++n] = $8 }
    /Debug\|Any CPU\.Build\.0/ { split($0, part, "."); gsub(/[ \t]/, "", part[1]); built[part[1]] = 1 }
    END { for (i = 1; i <= n; i++) if (order[i] in built) { p = path[order[i]]; gsub(/\\/, "/", p); printf "%s\"%s\"", comma, p; comma = "," } }
  ' "$solution"
  printf ']}}\n'
} > "$filter"
dotnet format style "$filter" --no-restore --verify-no-changes
