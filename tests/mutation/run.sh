#!/usr/bin/env bash
# Mutation testing with Stryker.NET: changes the code in many small ways and tells which changes no test notices.
#   tests/mutation/run.sh --list              the folders, as areas.txt names them
#   tests/mutation/run.sh Edge Requests       whole folders, by the end of their path
#   tests/mutation/run.sh src/.../Paging.cs   single files
#   tests/mutation/run.sh --changed BASE      the files that differ from BASE, such as origin/main
#   tests/mutation/run.sh --all               every folder: hours
# Reports go to artifacts/mutation/FOLDER, the scores to artifacts/mutation/scores.txt.
set -uo pipefail
cd "$(dirname "$0")/../.."
out="$PWD/artifacts/mutation"
areas() { grep -v '^#' tests/mutation/areas.txt; }

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$PWD/tests/mutation/run.sh" >&2
  exit 2
}

# The area that holds a file: the line whose folder is the beginning of its path.
area_of() {
  areas | awk -F ' [|] ' -v file="$1" 'index(file, $1 "/") == 1 { print $1 }'
}

# The beginning of a glob for files of a folder: the globs start at the project, which may be the folder itself.
within() {
  [ -n "$(find "$1" -maxdepth 1 -name '*.csproj')" ] && echo '**/' || echo "**/${1##*/}/"
}

# Mutates the given globs of one area with the tests of that area alone.
mutate() {
  local folder=$1 globs=$2 line config tests filter name project
  line=$(areas | awk -F ' [|] ' -v folder="$folder" '$1 == folder')
  config=$(awk -F ' [|] ' '{ print $2 }' <<< "$line")
  tests=$(awk -F ' [|] ' '{ print $3 }' <<< "$line")
  filter=$(for part in $tests; do printf '|FullyQualifiedName~%s' "$part"; done)
  name=${folder##*/}
  case $config in
    generator) project=NeonPanel.Mcp.Generator.Tests ;;
    deploy) project=NeonPanel.Mcp.Deploy.Tests ;;
    ledger) project=NeonPanel.Mcp.Sandbox.Tests ;;
    *) project=NeonPanel.Mcp.Server.Tests ;;
  esac
  rm -rf "$out/$name" && mkdir -p "$out/$name"
  sed -e "s#\"mutate\": .*#\"mutate\": [$globs],#" -e "s#\"test-case-filter\": .*#\"test-case-filter\": \"TestCategory!=Process\&(${filter#|})\",#" \
    "tests/mutation/$config.json" > "$out/$name/stryker-config.json"
  (cd "tests/$project" && dotnet stryker --config-file "$out/$name/stryker-config.json" --output "$out/$name") 2>&1 | tee "$out/$name/log.txt"
  local code=${PIPESTATUS[0]} score
  score=$(grep -oE 'final mutation score is [0-9.]+ %|mutation score could not be computed|Unable to calculate a mutation score' "$out/$name/log.txt" | tail -1)
  echo "$folder: ${score:-no score, exit code $code} ($globs)" | tee -a "$out/scores.txt"
  return "$code"
}

[ $# -gt 0 ] || usage
case $1 in
  --list) areas | awk -F ' [|] ' '{ print $1 }'; exit ;;
  --changed)
    [ $# -eq 2 ] || usage
    files=$(git diff --name-only --diff-filter=d "$2" -- '*.cs') || exit 2
    set -- $files ;;
  --all) set -- $(areas | awk -F ' [|] ' '{ print $1 }') ;;
  -*) usage ;;
esac

mkdir -p "$out"
dotnet tool restore > /dev/null || exit 1
declare -A wanted
for item; do
  if [[ $item == *.cs ]]; then
    folder=$(area_of "$item")
    [ -n "$folder" ] || { echo "$item: no line of tests/mutation/areas.txt holds it, so it is not mutated."; continue; }
    glob="\"$(within "$folder")${item#"$folder/"}\""
  else
    folder=$(areas | awk -F ' [|] ' -v end="$item" '$1 == end || substr($1, length($1) - length(end)) == "/" end { print $1 }')
    [ -n "$folder" ] || { echo "'$item' is no folder of tests/mutation/areas.txt; --list names them." >&2; exit 2; }
    glob="\"$(within "$folder")**/*.cs\""
  fi
  wanted[$folder]="${wanted[$folder]:+${wanted[$folder]}, }$glob"
done
worst=0
for folder in "${!wanted[@]}"; do
  mutate "$folder" "${wanted[$folder]}" || worst=$?
done
exit "$worst"
