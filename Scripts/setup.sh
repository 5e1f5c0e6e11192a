# What ./run and ./test need before they build; sourced by both, POSIX shell only. Expects $root.
# 69: something is missing here, and the one line printed says how to install it.

missing() {
    echo "gyre: $1" >&2
    exit 69
}

libraries="zlib, zstd, OpenBLAS and LAPACKE"
# OpenBLAS with OpenMP: the one without threads cannot be called by several at once, and the one with its own starts
# them with the process (Docs/Decisions/0015).
debian_packages="zlib1g-dev libzstd-dev libopenblas-openmp-dev liblapacke-dev"

# One line that installs the libraries with their headers, for the system at hand.
install_line() {
    if command -v apt-get >/dev/null 2>&1; then
        echo "sudo apt-get install -y $debian_packages"
    elif command -v dnf >/dev/null 2>&1; then
        echo "sudo dnf install -y zlib-devel libzstd-devel openblas-devel lapack-devel"
    elif command -v pacman >/dev/null 2>&1; then
        echo "sudo pacman -S --needed zlib zstd blas-openblas"
    elif command -v brew >/dev/null 2>&1; then
        echo "brew install zlib zstd openblas lapack pkg-config"
    else
        echo "install the development packages of $libraries"
    fi
}

# Where a compiler looks by itself; Debian puts what depends on the processor one folder deeper.
header_present() {
    for place in /usr/include/"$1" /usr/local/include/"$1" /usr/include/*-linux-gnu*/"$1"; do
        if [ -e "$place" ]; then return 0; fi
    done
    return 1
}

libraries_present() {
    if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists zlib libzstd openblas lapacke; then
        return 0
    fi
    for header in zlib.h zstd.h openblas_config.h lapacke.h; do
        header_present "$header" || return 1
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
    quietly apt-get update -qq && quietly apt-get install -y --no-install-recommends $debian_packages
}

set_up() {
    if ! libraries_present; then
        if [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ]; then
            install_libraries || missing "could not install $libraries; run: $(install_line)"
        else
            missing "$libraries: something is missing; run: $(install_line)"
        fi
    fi
    command -v swift >/dev/null 2>&1 || missing "swift is missing; install Swift 6.3: https://www.swift.org/install/"
}
