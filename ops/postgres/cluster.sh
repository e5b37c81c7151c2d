# shellcheck shell=bash
# A private PostgreSQL cluster, kept in the directory $dir that `claim` took. Sourced by ops/run and ops/test.
#
#   cluster_open    finds or installs PostgreSQL, creates the cluster once, starts it; afterwards $server is where it
#                   listens, as a connection string, and $owner_password and $app_password open the two roles;
#                   with $tests set, $tester_password opens a superuser that makes databases for tests
#   cluster_start   starts it again, at the same port, after it has ended
#   cluster_close   stops it
#   cluster_drop    deletes it, whoever uses it
#   cluster_try     runs a program of tests or measurements on a new one; its code is in $status
#   cluster_leave   ends the script that has called it, by a trap, and leaves no cluster behind; $summary comes last

here=$(dirname -- "$(realpath -- "${BASH_SOURCE[0]}")")
source "$here/../process.sh"
cluster='' postgres='' tests='' tester_password='' summary='' # its directory; the process that serves it
unset "${!PG@}" # PGHOST and its like would lead psql to another server

cluster_open() {
  cluster_place
  if ! cluster_find; then
    may_install "PostgreSQL ${version:-15 or newer}"
    step "Installing PostgreSQL" cluster_install
    cluster_find || die "PostgreSQL ${version:-15 or newer} is missing, and the distribution offers another version"
  fi
  cluster_user
  cluster_way
  cluster_secrets
  if [[ ! -d $cluster ]]; then
    cluster_reach
    step "Creating the database cluster" cluster_create
  fi
  if [[ -e $cluster/postmaster.pid ]]; then
    step "Clearing up after an earlier run" cluster_clear
  fi
  cluster_port
  install -m 600 -o "$user" "$here/postgresql.conf" "$here/archive" "$cluster"
  cluster_start
  step "Starting PostgreSQL" cluster_ready
  # shellcheck disable=SC2034 # read by the sourcing scripts
  server="Host=127.0.0.1;Port=$port"
}

cluster_start() {
  death=INT as_user "$cluster" "$binaries/postgres" -D "$cluster" -p "$port" >"$dir/postgres.log" 2>&1 9>&- &
  postgres=$!
}

# SIGINT is the fast shutdown: sessions are cut, nothing acknowledged is lost.
cluster_close() {
  [[ -n $postgres ]] || return 0
  end "$postgres" INT 60 || end "$postgres" QUIT 10 || say "PostgreSQL, process $postgres, does not stop"
  postgres=
}

cluster_drop() {
  cluster_place
  [[ ! -e $cluster/postmaster.pid ]] || cluster_clear
  rm -rf -- "${cluster:?}" "$cluster.new" "$dir"/{postgres.path,postgres.port,postgres.log,secrets}
}

cluster_try() {
  status=0
  cluster_drop
  cluster_open
  TRADING_TEST_SERVER="$server;Database=postgres;Username=trading_tester;Password=$tester_password" \
    TRADING_TEST_OWNER_PASSWORD=$owner_password TRADING_TEST_APP_PASSWORD=$app_password TRADING_TEST_CLUSTER=$cluster \
    TRADING_TEST_POSTMASTER=$postgres child "$@" 9>&- &
  current=$!
  wait "$current" 2>/dev/null || status=$?
  current=
}

cluster_leave() {
  local status=$?
  trap '' INT TERM HUP PIPE
  set +e
  end_step
  if [[ -n $cluster ]]; then
    cluster_close
    cluster_drop
  fi
  [[ -z $summary ]] || say "$summary"
  exit "$status"
}

# Where the cluster is and, if it is there already, the version that can read it.
cluster_place() {
  cluster=$dir/postgres version=
  [[ ! -s $dir/postgres.path ]] || cluster=$(<"$dir/postgres.path")
  [[ ! -s $cluster/PG_VERSION ]] || version=$(<"$cluster/PG_VERSION")
}

# The newest server that will do; its programs are in $binaries.
cluster_find() {
  local found candidate newest=14
  mapfile -t found < <(type -ap postgres)
  for candidate in "${found[@]}" /usr/lib/postgresql/*/bin/postgres; do
    candidate=$(dirname -- "$(realpath -m -- "$candidate")")
    [[ -x $candidate/postgres && -x $candidate/initdb && -x $candidate/psql ]] || continue
    [[ $("$candidate/postgres" --version) =~ \ ([0-9]+) ]] || continue
    ((BASH_REMATCH[1] > newest && BASH_REMATCH[1] == ${version:-BASH_REMATCH[1]})) || continue
    newest=${BASH_REMATCH[1]} binaries=$candidate
  done
  ((newest > 14))
}

# The distribution's package, without the cluster that it would create and start by itself.
cluster_install() {
  local wish=/etc/postgresql-common/createcluster.d/trading.conf
  as_root install -D -m 644 /dev/stdin "$wish" <<<'create_main_cluster = false'
  install_package postgresql
  as_root rm -f "$wish"
}

# PostgreSQL does not run as root; root lends it a user of the system.
cluster_user() {
  if [[ -d $cluster ]]; then
    user=$(stat -c %U "$cluster")
    ((EUID == 0)) || [[ -O $cluster ]] || die "$cluster belongs to $user"
  elif ((EUID != 0)); then
    user=$(id -un)
  elif id postgres &>/dev/null; then
    user=postgres
  else
    user=trading
    id trading &>/dev/null || useradd --system --user-group --no-create-home --shell /usr/sbin/nologin trading
  fi
}

# Where root lends a user, that user may pass through $dir, and nobody else.
cluster_way() {
  ((EUID == 0)) || return 0
  chgrp "$(id -g "$user")" "$dir"
  chmod 710 "$dir"
}

# `child` as that user, at work in the directory that comes first.
as_user() {
  cd "$1" || exit
  shift
  ((EUID == 0)) || child "$@"
  child --reuid "$user" --regid "$(id -g "$user")" --init-groups "$@"
}

# The passwords of the roles, made once; nobody types them.
cluster_secrets() {
  if [[ ! -s $dir/secrets ]]; then
    (umask 077 && for role in trading_owner trading_app ${tests:+trading_tester}; do
      echo "$role=$(od -An -vtx1 -N24 /dev/urandom | tr -d ' \n')"
    done >"$dir/secrets.new")
    mv "$dir/secrets.new" "$dir/secrets"
  fi
  { IFS='=' read -r _ owner_password && IFS='=' read -r _ app_password; IFS='=' read -r _ tester_password || true; } <"$dir/secrets"
}

# A place for the cluster: below $dir, or below /var/lib where its user cannot enter $dir, as in the home of root.
cluster_reach() {
  cluster_clean
  if ! (as_user / test -w "$cluster.new"); then
    rmdir "$cluster.new"
    install -d -m 711 /var/lib/trading
    cluster=$(mktemp -u /var/lib/trading/XXXXXXXX)
    echo "$cluster" >"$dir/postgres.path"
    cluster_clean
  fi
}

cluster_clean() {
  rm -rf -- "$cluster.new"
  install -d -m 700 -o "$user" "$cluster.new"
}

# Takes its name last: a cluster of that name is whole.
cluster_create() {
  (as_user "$cluster.new" "$binaries/initdb" -D "$cluster.new" --no-instructions --data-checksums \
    --locale=C.UTF-8 --encoding=UTF8 --auth-local=peer --auth-host=scram-sha-256)
  mv -T -- "$cluster.new" "$cluster"
}

# After a kill: stops a postmaster that lives on, waits for its children, removes what would be taken for them.
cluster_clear() {
  local postmaster='' tenths=600
  read -r postmaster <"$cluster/postmaster.pid" || true
  ! within_cluster "$postmaster" || kill -s INT "$postmaster"
  while [[ -n $(cluster_processes) ]]; do
    ((tenths-- > 0)) || die "these processes still use $cluster:" "$(cluster_processes)"
    sleep 0.1
  done
  rm -f -- "$cluster/postmaster.pid" "$cluster"/.s.PGSQL.*
}

# The servers at work within the cluster, whoever started them.
cluster_processes() {
  local process
  for process in /proc/[0-9]*; do
    ! within_cluster "${process#/proc/}" || echo "${process#/proc/}"
  done
}

within_cluster() { [[ /proc/$1/cwd -ef $cluster && $(cat "/proc/$1/comm" 2>/dev/null) == postgres ]]; }

# The same port at every start, as long as nobody else has taken it.
cluster_port() {
  port=
  [[ ! -s $dir/postgres.port ]] || port=$(<"$dir/postgres.port")
  while [[ -z $port ]] || listening "$port"; do
    port=$((20000 + RANDOM % 10000)) # below the range of outgoing connections
  done
  echo "$port" >"$dir/postgres.port"
}

cluster_ready() {
  # the socket lies in the cluster, whose path may be longer than a socket's name can be
  local socket=(-h /proc/self/cwd -p "$port")
  until (as_user "$cluster" "$binaries/pg_isready" -q "${socket[@]}"); do
    running "$postgres" || { tail -n 20 "$dir/postgres.log" "$cluster"/log/*.log; return 1; }
    sleep 0.1
  done
  (export owner_password app_password
    [[ -z $tester_password ]] || export tester_password
    as_user "$cluster" "$binaries/psql" -X -q "${socket[@]}" -d postgres <"$here/roles.sql")
}
