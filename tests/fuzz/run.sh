#!/usr/bin/env bash
# Fuzzes every reader of model files and of cache files, one after the other: tests/fuzz/run.sh SECONDS [NAME...]
# NAME is one of those below; all when none is named. Needs the release build, clang and Python's torch. What breaks a reader stays in
# build/fuzz/findings/NAME; mended, it moves to tests/fuzz/findings/NAME, which each run tries first.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?"usage: tests/fuzz/run.sh SECONDS [NAME...]"}
shift
build=build/fuzz

# name: file name, and whether the fuzzer changes the records of a zip archive
declare -A files=(
  [safetensors]="model.safetensors"
  [pth]="model.pth"
  [pth-records]="model.pth zip"
  [pth-legacy]="model.pth"
  [torchscript-records]="model.pt zip"
  [pt2-records]="model.pt2 zip"
  [keras-h5]="model.h5"
  [keras]="model.keras"
  [onnx]="model.onnx"
  [project]="project.graft"
  [labels]="labels.csv"
)
# name: file name
declare -A caches=(
  [feature-segment]="segment.features"
  [feature-set]="set.json"
  [decoded-picture]="picture.decoded"
  [dataset-index]="folder.index"
)
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(printf '%s\n' "${!files[@]}" "${!caches[@]}" | sort)

launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
[ -f $build/build.ninja ] || cmake -S tests/fuzz -B $build -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ "${launcher[@]}" >/dev/null
rm -rf $build/seeds
for name in "${names[@]}"; do
  [ -n "${files[$name]:-}" ] && models=1
  [ -n "${files[$name]:-}${caches[$name]:-}" ] || { echo "There is no fuzzer '$name'."; exit 2; }
done
if [ -n "${models:-}" ]; then
  # What they take from the release build must be of the same sources.
  cmake --build --preset release -t graft_graph graft_neural >/dev/null
  cmake --build $build -t makeseeds modelfuzzer >/dev/null
  $build/makeseeds $build/seeds
  /usr/bin/python3 tests/fuzz/make_seeds.py $build/seeds
fi
cmake --build $build -t makecacheseeds cachefuzzer >/dev/null
$build/makecacheseeds $build/seeds

failed=0
for name in "${names[@]}"; do
  fuzzer=cachefuzzer file=${caches[$name]:-} zip=
  [ -n "$file" ] || { fuzzer=modelfuzzer; read -r file zip <<<"${files[$name]}"; }
  mkdir -p $build/corpus/$name $build/findings/$name tests/fuzz/findings/$name
  log=$build/$name.log
  if env GRAFT_FUZZ_NAME="$file" ${zip:+GRAFT_FUZZ_ZIP=1} $build/$fuzzer -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 \
      -max_len=65536 -len_control=20 -use_value_profile=1 -artifact_prefix=$build/findings/$name/ -print_final_stats=1 \
      $build/corpus/$name $build/seeds/$name tests/fuzz/findings/$name >"$log" 2>&1; then
    echo "$name: no finding, $(grep -a -o 'stat::number_of_executed_units: .*' "$log"), $(grep -a -o 'cov: [0-9]*' "$log" | tail -1)"
  else
    failed=1
    echo "$name: FOUND SOMETHING, see $log and $build/findings/$name"
    grep -a -m 3 -E 'ERROR|SUMMARY|fuzzer:|runtime error' "$log" || true
  fi
done
rm -rf /dev/shm/graft-fuzz-*
exit $failed
