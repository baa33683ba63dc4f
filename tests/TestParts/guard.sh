# Runs a program that must not outlive the process which holds our standard input, not even when that one is killed.
# usage: sh -c guard.sh guard LOG FOLDER PROGRAM [ARGUMENT...]
#   a line on standard input: kill the program, leave FOLDER to the caller
#   end of standard input without one: the caller is gone; kill the program and remove FOLDER
log=$1
folder=$2
shift 2
trap '' INT HUP
exec 3<&0 </dev/null >"$log" 2>&1
"$@" 3<&- &
program=$!
(
  read -r farewell <&3
  trap '' TERM
  kill -KILL "$program"
  [ -z "$farewell" ] || exit 0
  while kill -0 "$program"; do sleep 0.05; done
  rm -rf "$folder"
) 2>/dev/null &
watch=$!
wait "$program"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
