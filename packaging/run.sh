#!/usr/bin/env bash
# Installs what is missing, builds Graft and opens it. Without a display it runs the demo on the command line instead.
# Arguments go to graft: packaging/run.sh model.pth
source "$(dirname "$0")/setup.sh"
graft_setup "${build_packages[@]}"
graft_build
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec build/release/bin/graft "$@"
fi
out=${GRAFT_DEMO_OUT:-$PWD/graft-demo}
echo "There is no display, so here is the main job on the command line: graft-cli demo --out $out"
build/release/bin/graft-cli demo --out "$out"
echo "The result lies in $out (transferred/model.safetensors is the trained model)."
