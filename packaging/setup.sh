#!/usr/bin/env bash
# Installs what Graft needs on Debian 12 and builds it. Sourced by run.sh and test.sh; costs nothing when nothing changed.
#   graft_setup PACKAGE...   installs the packages that are missing
#   graft_build              configures and builds build/release
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What is needed to build and to run; each is explained in README.md.
build_packages=(
  build-essential cmake ninja-build ccache
  qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libgl-dev
  libqcustomplot-dev libigraph-dev
  libtorch-dev libopenblas0-pthread
  libopencv-dev libjpeg62-turbo-dev libpng-dev zlib1g-dev
  libcurl4-openssl-dev libssl-dev
  libonnx-dev libprotobuf-dev
  nlohmann-json3-dev libcli11-dev libexpected-dev libxxhash-dev libgoogle-perftools-dev
)
# What the tests need besides: a display without a screen, Chinese letters, Python's torch to compare with, and
# clang for the fuzzers.
test_packages=(xvfb xauth fonts-noto-cjk fonts-dejavu-core python3-torch python3-torchvision python3-pil python3-numpy python3-h5py python3-onnx
  clang libclang-rt-dev)

graft_setup() {
  local missing=()
  local package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if ! command -v apt-get >/dev/null; then
    echo "Graft's set-up knows Debian and its relatives only; install these yourself: ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing: ${missing[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

graft_build() {
  # Configuring again is needed only when CMake's own inputs changed, and the build sees to that itself.
  [ -f build/release/build.ninja ] || cmake --preset release
  cmake --build --preset release
}
