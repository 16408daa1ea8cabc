#!/bin/sh
# Builds the neural part alone (no Qt, no OpenCV) against a CUDA LibTorch and checks that training on the GPU does what it does on the CPU.
# LibTorch: the one that CMAKE_PREFIX_PATH names, else the one inside python3's torch. Needs cmake, a C++20 compiler, the CUDA toolkit that LibTorch's
# CMake files ask for, nlohmann-json, tl-expected and xxhash.h. Without a GPU it says so and ends with 0.
# usage: tests/gpu/run.sh [DEVICE]      DEVICE as graft-cli takes it (cuda, cuda:1; cpu tries the check itself)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build="$here/../../build/gpu"
if [ "${1:-cuda}" != cpu ] && ! command -v nvidia-smi >/dev/null 2>&1; then
    echo "No NVIDIA GPU on this machine (no nvidia-smi): nothing was checked."
    exit 0
fi
if [ -z "${CMAKE_PREFIX_PATH:-}" ]; then
    CMAKE_PREFIX_PATH=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null || true)
fi
cmake -S "$here" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$CMAKE_PREFIX_PATH" \
    -DGRAFT_BUILD_PICTURES=OFF -DGRAFT_BUILD_KERAS=OFF -DGRAFT_BUILD_ONNX=OFF -DGRAFT_BUILD_WINDOW=OFF -DGRAFT_BUILD_TESTS=OFF
cmake --build "$build" --target gpucheck --parallel
program=$(find "$build" -name gpucheck -type f -perm -u+x | head -n 1)
exec "$program" "$@"
