#!/usr/bin/env bash
# bash bare-root.sh PUBLISHED [PORT]: runs a published server as its image would: in a root folder that holds nothing but the
# executable and what the base image has, read-only, as user 1654 without rights. The last two lines are the totals.
# Needs root. The libraries are this machine's, not the image's: it shows that none but those is missing.
set -uo pipefail
published=$1 port=${2:-3930}
root=$(mktemp -d)
passed=0 failed=0 server=
trap '[ -n "$server" ] && kill -9 "$server" 2> /dev/null; rm -rf "$root" "$root.log"' EXIT

tell() { # tell NAME OUTCOME: an outcome of "ok" passes
  if [ "$2" = ok ]; then passed=$((passed + 1)) && echo "  ok      $1"; else failed=$((failed + 1)) && echo "  FAILED  $1: $2"; fi
}
same() { [ "$1" = "$2" ] && echo ok || echo "'$1' instead of '$2'"; }

# The packages of runtime-deps:10.0-noble-chiseled: base-files, ca-certificates, libc6, libgcc-s1, libssl3, libstdc++6.
chmod 755 "$root" && mkdir -p "$root"/{app,dev,etc/ssl/certs,home/app,proc,tmp,usr/lib}
ln -s usr/lib "$root/lib" && ln -s usr/lib "$root/lib64"
cp -r "$published/." "$root/app"
for library in ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libnss_dns.so.2 \
  libnss_files.so.2 libgcc_s.so.1 libssl.so.3 libcrypto.so.3 libstdc++.so.6; do
  found=$(find /lib64 /usr/lib /lib -name "$library" -print -quit 2> /dev/null)
  [ -n "$found" ] && cp -L "$found" "$root/usr/lib/"
done
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" 2> /dev/null
printf 'root:x:0:0:root:/root:/bin/bash\napp:x:1654:1654::/home/app:/bin/false\n' > "$root/etc/passwd"
touch "$root/dev/null" "$root/dev/urandom"
tell "nothing but the executable is published" "$(same "$(ls "$root/app")" NeonPanel.Mcp.Server)"
echo "  The image unpacked is about $(du -sm --apparent-size "$root" | cut -f1) MB, compressed $(tar -C "$root" -c . | gzip | wc -c | awk '{printf "%d", $1 / 1000000}') MB."

# inside ARGUMENT...: the image's entry point, with its settings and those of a deployer, as process 1. Call it in a subshell.
inside() {
  exec env -i ASPNETCORE_HTTP_PORTS="$port" DOTNET_EnableDiagnostics=0 MALLOC_ARENA_MAX=1 Server__PublicUrl=https://mcp.example.com Auth__AnonymousDiscovery=true Auth__JwksUri=http://127.0.0.1:9/keys \
    unshare --mount --pid --fork --kill-child bash -c '
      mount --bind "$0" "$0" && mount --bind /dev/null "$0/dev/null" && mount --bind /dev/urandom "$0/dev/urandom" && mount -t proc proc "$0/proc" &&
      mount -o remount,ro,bind "$0" && exec setpriv --no-new-privs unshare --root="$0" --wd=/app --setgid=1654 --setuid=1654 /app/NeonPanel.Mcp.Server "$@"' "$root" "$@"
}
answers() { (exec 3<> "/dev/tcp/127.0.0.1/$port" && printf 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >&3 && head -1 <&3 | grep -q ' 200 ') 2> /dev/null; }
start() { # starts the server; sets $took to the milliseconds until it answered, or to nothing
  local begin deadline
  begin=$(date +%s%N) deadline=$((SECONDS + 20)) took=
  (inside) > "$root.log" 2>&1 &
  server=$!
  until answers; do [ $SECONDS -ge $deadline ] && return; done
  took=$((($(date +%s%N) - begin) / 1000000))
}
stop() { # asks process 1 to end; sets $ended to its exit code
  kill -TERM "$(pgrep -P "$server")" 2> /dev/null
  wait "$server"
  ended=$? server=
}

(inside --version) > "$root.log" 2>&1
tell "it runs, as the version says" "$(same $? 0)"
(inside health) > "$root.log" 2>&1
tell "health is 1 without a server" "$(same $? 1)"

starts=()
for _ in 1 2 3 4 5; do
  start
  [ -n "$took" ] && starts+=("$took") || break
  stop
done
echo "  From start to first answer: ${starts[*]} ms."
# Against the time of a process that only tells its version, in the same root: machines differ, and the ratio does not. The least of
# five is the program's own time; a busy machine adds to the others.
least() { printf '%s\n' "$@" | sort -n | head -1; }
versions=()
for _ in 1 2 3 4 5; do
  begin=$(date +%s%N)
  (inside --version) > /dev/null 2>&1
  versions+=($((($(date +%s%N) - begin) / 1000000)))
done
answer=$(least "${starts[@]}") version=$(least "${versions[@]}")
tell "its first answer takes at most 6 times as long as --version ($version ms)" \
  "$([ "${answer:-999999}" -le $((6 * version)) ] && echo ok || echo "${answer:-$(tail -3 "$root.log")}")"

start
process=$(pgrep -P "$server")
tell "it runs as user and group 1654, without capabilities" "$(same "$(awk '/^(Uid|Gid|CapEff)/ {print $2}' "/proc/$process/status" | xargs)" "1654 1654 0000000000000000")"
tell "its root is read-only" "$(same "$(awk '$5 == "/" {print substr($6, 1, 2)}' "/proc/$process/mountinfo")" ro)"
begin=$(date +%s%N)
(inside health) > "$root.log" 2>&1
code=$? took=$((($(date +%s%N) - begin) / 1000000))
tell "health is 0 with a server ($took ms)" "$(same $code 0)"
message='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bare-root","version":"1"}}}'
answer=$(curl -s -m 10 -H 'Host: mcp.example.com' -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -d "$message" "http://127.0.0.1:$port/mcp")
tell "it answers initialize" "$(grep -q '"serverInfo"' <<< "$answer" && echo ok || echo "$answer")"
stop
tell "SIGTERM ends it with 0" "$(same "$ended" 0)"

printf '\nPassed: %d\nFailed: %d\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
