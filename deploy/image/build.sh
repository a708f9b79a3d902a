#!/usr/bin/env bash
# The image's root was built and started under bwrap (`--root`); its packing by buildah was not run here.
# `deploy/image/build.sh tongguan.tar.gz [--root DIR]`: a container image localhost/tongguan:latest of Debian 12's smallest
# set and the tarball of deploy/air-gapped.sh. It needs mmdebstrap, and buildah unless --root says where the root is to stay.
set -euo pipefail
tarball=${1:-}
[ -f "$tarball" ] || { echo "Usage: deploy/image/build.sh tongguan.tar.gz [--root DIR]" >&2; exit 2; }
for program in mmdebstrap $([ "${2:-}" = --root ] || echo buildah); do
  command -v "$program" >/dev/null || { echo "$program is missing: apt-get install $program" >&2; exit 2; }
done
if [ "${2:-}" = --root ]; then
  root=$3
  [ ! -e "$root" ] || { echo "$root is there already; nothing was changed." >&2; exit 2; }
else
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
fi

# bubblewrap contains the engine, Node is linked to libstdc++; ca-certificates let mail and single sign-on check whom they speak to.
mmdebstrap --quiet --variant=essential --include=bubblewrap,ca-certificates,libstdc++6 bookworm "$root"
rm -rf "$root"/var/cache/apt "$root"/var/lib/apt/lists "$root"/usr/share/doc "$root"/usr/share/man "$root"/usr/share/locale
echo 'tongguan:x:10001:10001::/var/lib/tongguan:/usr/sbin/nologin' >> "$root/etc/passwd"
echo 'tongguan:x:10001:' >> "$root/etc/group"
mkdir -p "$root/opt" "$root/var/lib/tongguan"
chown 10001:10001 "$root/var/lib/tongguan"
tar xf "$tarball" -C "$root/opt"
[ "${2:-}" = --root ] && { du -sm "$root"; exit; }

image=$(buildah from scratch)
buildah copy --quiet "$image" "$root" /
buildah config --user 10001:10001 --workingdir /var/lib/tongguan --entrypoint '["/opt/tongguan/bin/tongguan"]' \
  --cmd '["serve", "--data", "/var/lib/tongguan"]' --volume /var/lib/tongguan --env LANG=C.UTF-8 "$image"
buildah commit --quiet --rm "$image" localhost/tongguan:latest
