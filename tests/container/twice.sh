#!/usr/bin/env bash
# bash twice.sh PUBLISHED: publishes the commit once more, from a clone at another path where nothing was built, and compares the
# executable with that in PUBLISHED, which was published as the Dockerfile does: that too where nothing was built with other settings,
# as the compiler is not run again for another path map. The last two lines are the totals.
set -uo pipefail
published=$(realpath "$1")
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT

git clone -q . "$again/clone" && cd "$again/clone" &&
  dotnet publish src/NeonPanel.Mcp.Server -p:PublishAot=true -p:ContinuousIntegrationBuild=true -o "$again/server"
if cmp "$published/NeonPanel.Mcp.Server" "$again/server/NeonPanel.Mcp.Server"; then
  echo "  ok      two builds of one commit give the same executable"
  echo && echo "Passed: 1" && echo "Failed: 0"
else
  echo "  FAILED  two builds of one commit differ (uncommitted changes differ too)"
  echo && echo "Passed: 0" && echo "Failed: 1"
  exit 1
fi
