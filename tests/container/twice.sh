#!/usr/bin/env bash
# bash twice.sh PUBLISHED [AGAIN]: compares the executables of two publishes of one commit. AGAIN is a publish from a clone at another
# path; without it, this script makes one. Both clones must be fresh, because the compiler does not run again for another path map. The
# last two lines are the totals.
set -uo pipefail
published=$(realpath "$1")
again=${2:-}
if [ -z "$again" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  again=$folder/server
  git clone -q . "$folder/clone" &&
    dotnet publish "$folder/clone/src/NeonPanel.Mcp.Server" -p:PublishAot=true -p:ContinuousIntegrationBuild=true -o "$again"
fi

if cmp "$published/NeonPanel.Mcp.Server" "$again/NeonPanel.Mcp.Server"; then
  echo "  ok      two builds of one commit give the same executable"
  echo && echo "Passed: 1" && echo "Failed: 0"
else
  echo "  FAILED  two builds of one commit differ (uncommitted changes differ too)"
  echo && echo "Passed: 0" && echo "Failed: 1"
  exit 1
fi
