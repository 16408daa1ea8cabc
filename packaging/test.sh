#!/usr/bin/env bash
# Installs what is missing, builds Graft and runs all tests and, briefly, the fuzzers; those with a window run on a display without a screen.
# Arguments go to ctest: packaging/test.sh -R conformance
source "$(dirname "$0")/setup.sh"
# A Node.js that is there already, of whatever origin, is left alone: Debian's would not go with it.
command -v npm >/dev/null || test_packages+=(nodejs npm)
graft_setup "${build_packages[@]}" "${test_packages[@]}"
graft_build
# Independent runtimes to compare with; their tests skip without them.
if ! cmp -s tests/package.json build/node/package.json || [ ! -d build/node/node_modules ]; then
  mkdir -p build/node
  cp tests/package.json build/node/package.json
  npm install --prefix build/node --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=60000 >/dev/null 2>&1 \
    || { rm -f build/node/package.json; echo "npm does not reach its registry: the tests that run TensorFlow.js and onnxruntime are skipped."; }
fi
[ -n "${GRAFT_SHARED_DATA:-}" ] || [ -d ../shared/data ] || echo "No shared data beside the checkout: the tests use what is built in."
# A short run of the fuzzers, when all tests are asked for.
[ $# -gt 0 ] || tests/fuzz/run.sh 11
exec xvfb-run -a -s "-screen 0 1920x1200x24" ctest --preset release -j "$(nproc)" "$@"
