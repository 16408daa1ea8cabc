#!/usr/bin/env bash
# Installs what is missing, builds Graft and runs all tests and, briefly, the fuzzers; those with a window run on a display without a screen.
# Arguments go to ctest: packaging/test.sh -R conformance
source "$(dirname "$0")/setup.sh"
graft_setup "${build_packages[@]}" "${test_packages[@]}"
graft_build
[ -n "${GRAFT_SHARED_DATA:-}" ] || [ -d ../shared/data ] || echo "No shared data beside the checkout: the tests use what is built in."
# A short run of the fuzzers, when all tests are asked for.
[ $# -gt 0 ] || tests/fuzz/run.sh 15
exec xvfb-run -a -s "-screen 0 1920x1200x24" ctest --preset release -j "$(nproc)" "$@"
