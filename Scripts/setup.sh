# What ./run and ./test need before they build; sourced by both, POSIX shell only. Expects $root.
# 69: something is missing here, and the one line printed says how to install it.

missing() {
    echo "gyre: $1" >&2
    exit 69
}

# One line that installs zlib and zstd with their headers, for the system at hand.
install_line() {
    if command -v apt-get >/dev/null 2>&1; then
        echo "sudo apt-get install -y zlib1g-dev libzstd-dev"
    elif command -v dnf >/dev/null 2>&1; then
        echo "sudo dnf install -y zlib-devel libzstd-devel"
    elif command -v pacman >/dev/null 2>&1; then
        echo "sudo pacman -S --needed zlib zstd"
    elif command -v brew >/dev/null 2>&1; then
        echo "brew install zlib zstd pkg-config"
    else
        echo "install the development packages of zlib and zstd"
    fi
}

libraries_present() {
    if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists zlib libzstd; then
        return 0
    fi
    for header in zlib.h zstd.h; do
        [ -e "/usr/include/$header" ] || [ -e "/usr/local/include/$header" ] || return 1
    done
}

# quietly COMMAND…: shows the output only if the command fails, and then fails likewise.
quietly() {
    log=$(mktemp)
    status=0
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" -ne 0 ]; then cat "$log" >&2; fi
    rm -f "$log"
    return "$status"
}

install_libraries() {
    export DEBIAN_FRONTEND=noninteractive
    quietly apt-get update -qq && quietly apt-get install -y --no-install-recommends zlib1g-dev libzstd-dev
}

set_up() {
    if ! libraries_present; then
        if [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ]; then
            install_libraries || missing "could not install zlib and zstd; run: $(install_line)"
        else
            missing "zlib and zstd are missing; run: $(install_line)"
        fi
    fi
    command -v swift >/dev/null 2>&1 || missing "swift is missing; install Swift 6.3: https://www.swift.org/install/"
}
