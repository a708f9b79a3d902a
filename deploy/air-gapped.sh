#!/usr/bin/env bash
# One tarball with everything a machine without network needs: `deploy/air-gapped.sh tongguan.tar.gz`, in a clone where
# `npm start` or `npm test` has run. There: `tar xf tongguan.tar.gz && tongguan/bin/tongguan doctor`.
set -euo pipefail
[ $# -eq 1 ] || { echo "Usage: deploy/air-gapped.sh OUT.tar.gz" >&2; exit 2; }
out=$(realpath -m "$1")
[ ! -e "$out" ] || { echo "$out is there already; nothing was changed." >&2; exit 2; }
cd "$(dirname "$0")/.."
[ -e node_modules/.tongguan-installed ] || { echo "Nothing is installed here yet: run npm start -- --once first." >&2; exit 2; }

work=$(mktemp -d "$(dirname "$out")/.air-gapped.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/tongguan"
git archive HEAD | tar x -C "$work/tongguan"
# Hard links where the disk allows: node_modules is 1.4 GB.
for folder in node_modules */node_modules; do
  [ -d "$folder" ] && { cp -al "$folder" "$work/tongguan/$folder" 2>/dev/null || cp -a "$folder" "$work/tongguan/$folder"; }
done
cd "$work/tongguan"
node=$(echo node_modules/node-linux-*/bin/node)
"$node" scripts/build-web.ts
# What only tests and the build need stays behind.
npm prune --omit=dev --ignore-scripts --offline --no-audit --no-fund --silent
mkdir bin
printf '%s\n' '#!/bin/sh' '# tongguan, with the Node that came along' \
  'here=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)' \
  "exec \"\$here/$node\" --disable-warning=ExperimentalWarning \"\$here/cli/main.ts\" \"\$@\"" > bin/tongguan
chmod 755 bin/tongguan
# It works as it stands; and the embedded database's first minute is spent here.
bin/tongguan init --role authority --name tried --administrator tried --email tried@example.cn --data "$work/tried" >/dev/null

# The same tree gives the same bytes but for the compressor's.
tar c --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git -C "$OLDPWD" log -1 --format=%ct)" -C "$work" tongguan | gzip -n -1 > "$work/out"
mv "$work/out" "$out"
echo "$out: $(du -m "$out" | cut -f1) MB, $(du -sm "$work/tongguan" | cut -f1) MB unpacked, SHA-256 $(sha256sum "$out" | cut -d' ' -f1)"
