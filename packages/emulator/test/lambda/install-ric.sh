#!/bin/sh
# Installs AWS's runtime interface client for Node into a folder of its own, and prints the folder of the package:
#   AWS_LAMBDA_RIC_PATH=$(sh install-ric.sh) npx vitest run packages/emulator/test/lambda/ric.test.ts
# Arguments: version (default: 3.3.0 up to Node 22, as their Lambda runtimes have it, else 4.0.2), folder.
# It compiles curl, aws-lambda-cpp and a Node-API addon: one to two minutes. Version 3 needs autotools besides
# g++, make, cmake and python3; what is missing is installed with apt-get where that is possible.
set -eu

major=$(node -p 'process.versions.node.split(".")[0]')
if [ "$major" -ge 24 ]; then default=4.0.2; else default=3.3.0; fi
version=${1:-$default}
folder=${2:-${XDG_CACHE_HOME:-$HOME/.cache}/voice-campaign/aws-lambda-ric-$version}
package=$folder/node_modules/aws-lambda-ric

if [ -z "$(find "$package" -maxdepth 2 -name rapid-client.node 2>/dev/null)" ]; then
  missing=
  for need in g++:g++ make:make cmake:cmake python3:python3 xz:xz-utils \
    autoreconf:autoconf aclocal:automake libtoolize:libtool; do
    case $version:$need in [4-9]*:auto* | [4-9]*:aclocal* | [4-9]*:libtool*) continue ;; esac
    command -v "${need%%:*}" >/dev/null || missing="$missing ${need##*:}"
  done
  if [ -n "$missing" ] && command -v apt-get >/dev/null; then
    apt-get update -qq >&2
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
  fi
  headers=$(dirname "$(dirname "$(node -p process.execPath)")")
  if [ -e "$headers/include/node/node.h" ]; then export npm_config_nodedir="$headers"; fi
  mkdir -p "$folder"
  # From 11.19 on npm runs no install scripts of packages unless it is told to; before, it does not know the switch.
  npm install --prefix "$folder" --no-save --no-audit --no-fund --dangerously-allow-all-scripts \
    "aws-lambda-ric@$version" >&2
fi
echo "$package"
