# shellcheck shell=bash
# How the scripts speak, and how they start and end processes. Sourced by ops/run and ops/test.

current='' death=TERM # the step that is running; the signal that ends a child whose parent has died

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The options of the calling script: the branches of its `case` that carry a `##` comment.
options() { sed -nE 's/^ +(--[a-z]+)\).*## (.*)/  \1\t\2/p' "$0" | expand -t 14; }

# Takes a directory for this run alone. The lock lives as long as this process or the application it started.
# What is written there is for its user and group at most, also what an earlier release has left.
claim() {
  local holder
  dir=$1
  umask 027
  mkdir -p "$dir"
  [[ -w $dir ]] || die "cannot write to $dir"
  chmod -f g-w,o= "$dir" "$dir"/*.log* 2>/dev/null || true
  exec 9>>"$dir/lock"
  if ! flock -n 9; then
    holder=$(<"$dir/lock")
    [[ ! -d /proc/${holder:-none} ]] || die "already running on $dir, as process $holder"
    step "Waiting for the application of an earlier run to stop" flock -w 30 "$dir/lock" true
    flock -w 1 9 || die "another run was faster on $dir"
  fi
  echo $$ >"$dir/lock"
}

# Replaces the shell by a command that no Ctrl-C reaches and that ends with its parent, by the signal $death.
# Called in a subshell or with `&`.
child() { exec setsid setpriv --pdeathsig "$death" "$@"; }

# Runs a command with one line about it: what, and how many seconds. Its output is shown only if it fails.
step() {
  local label=$1 began=$SECONDS status=0
  shift
  printf '%s … ' "$label"
  "$@" >"$dir/step.log" 2>&1 9>&- &
  current=$!
  while [[ -t 1 ]] && running "$current"; do
    printf '\r%s … %d s ' "$label" $((SECONDS - began))
    sleep 0.2
  done
  wait "$current" 2>/dev/null || status=$?
  current=
  [[ ! -t 1 ]] || printf '\r%s … ' "$label"
  if ((status != 0)); then
    say "failed after $((SECONDS - began)) s"
    cat "$dir/step.log" >&2
    exit 1
  fi
  say "$((SECONDS - began)) s"
}

# Ends the step that a signal has interrupted, and what it started.
end_step() {
  [[ -z $current ]] || kill -s TERM -- "-$current" "$current" 2>/dev/null || true
}

running() { kill -0 "$1" 2>/dev/null; }

# Sends a process a signal and waits so many seconds for its end.
end() {
  local tenths=$(($3 * 10))
  kill -s "$2" "$1" 2>/dev/null || return 0
  while running "$1"; do
    ((tenths-- > 0)) || return 1
    sleep 0.1
  done
}

# Whether something listens on this port of the loopback address.
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

# Ends the script with what is missing, unless the caller may install it.
may_install() {
  if ! command -v apt-get >/dev/null || ! as_root true 2>/dev/null; then
    die "$1 is missing; install it and start again, or start once as root"
  fi
}

# Installs a package of the distribution, by name or pattern.
install_package() {
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$1"
}

# A program is there, from the distribution's package of its name unless another is given.
need() {
  command -v "$1" >/dev/null && return
  may_install "$1"
  step "Installing $1" install_package "${2-$1}"
}

# Go is there, with the code of its checksum database.
need_go() {
  need go golang-go
  [[ ! -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ]] || return 0
  may_install "golang-golang-x-mod-dev"
  step "Installing the Go checksum database" install_package golang-golang-x-mod-dev
}

# Prometheus' promtool is there: unpacked into artifacts/tools, for installing its package would start a server.
need_promtool() {
  PATH=$repository/artifacts/tools/usr/bin:$PATH
  command -v promtool >/dev/null && return
  may_install "promtool"
  step "Unpacking promtool" unpack_package prometheus "$repository/artifacts/tools"
}

unpack_package() {
  local package
  package=$(mktemp -d)
  as_root apt-get update -qq
  (cd "$package" && apt-get download -qq "$1" 2>&1)
  mkdir -p "$2"
  dpkg-deb --extract "$package"/*.deb "$2"
  rm -rf -- "$package"
}

# The .NET SDK is there, and ICU, without which it does not start.
need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET SDK is missing; install the version named in global.json"
  if [[ $(/sbin/ldconfig -p) != *libicuuc* ]]; then
    may_install "ICU"
    step "Installing ICU" install_package '^libicu[0-9]+$'
  fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
}
