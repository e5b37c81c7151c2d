# shellcheck shell=bash
# Restarts processes that have ended, each after a pause that doubles with every failure. Sourced by ops/run, after process.sh.
#
#   supervise NAME…   runs until a signal ends the script; NAME_start starts a process and leaves its id in $NAME, and
#                     NAME_log prints the last lines it wrote

longest_pause=16   # seconds; after the failures of a row the pauses are 1, 2, 4, 8, 16, 16 … s
healthy_after=60   # a process that ran for so many seconds has the shortest pause again
crash_loop=5       # so many failures in a row are reported as a crash loop, with the last lines of the log

declare -A began=() failures=() due=()

supervise() {
  local name never
  exec {never}<> <(:) # nothing is ever written there
  for name in "$@"; do began[$name]=$SECONDS failures[$name]=0 due[$name]=''; done
  while true; do
    for name in "$@"; do
      if [[ -n ${due[$name]} ]]; then
        ((SECONDS < due[$name])) || restart "$name"
      elif ! running "${!name}"; then
        postpone "$name"
      fi
    done
    read -r -t 0.5 -u "$never" || true
  done
}

postpone() {
  local name=$1 code=0 pause
  wait "${!name}" 2>/dev/null || code=$?
  ((SECONDS - began[$name] < healthy_after)) || failures[$name]=0
  pause=$((failures[$name] < 16 ? 1 << failures[$name] : longest_pause))
  ((pause <= longest_pause)) || pause=$longest_pause
  failures[$name]=$((failures[$name] + 1))
  due[$name]=$((SECONDS + pause))
  report "$name ended with code $code; restarting it in $pause s"
  if ((failures[$name] % crash_loop == 0)); then
    report "$name is in a crash loop: it has ended ${failures[$name]} times in a row. It will be restarted, but needs attention. Its last lines:"
    "${name}_log" || true
  fi
}

restart() {
  due[$1]='' began[$1]=$SECONDS
  "$1_start"
  report "$1 restarted as process ${!1}"
}

report() { say "$(date '+%F %T') $*"; }
