#!/usr/bin/env bash
# Mutation testing on a busy machine, where Stryker.NET takes hours: all changes of a project are written into a copy of
# the code, each behind a switch, and built once. Then one process turns them on one at a time.
#   tests/mutation/switches.sh server                 writes and builds the changes of a configuration of areas.txt
#   tests/mutation/switches.sh server Edge Failures   tries those of some folders; the first run builds
#   EVERY=5 tests/mutation/switches.sh server Answers   tries every fifth change of each folder
#   tests/mutation/switches.sh server Calls/Names     only a subfolder, with the tests of the same subfolder
#   EVERY=5 FROM=2 tests/mutation/switches.sh server Answers   another sample: the second, seventh, twelfth change
#   AGAIN=1 EVERY=5 tests/mutation/switches.sh server Answers   tries what survived again, with the tests as they are now
# The results are in artifacts/switches: CONFIGURATION/FOLDER/SAMPLE/results.tsv and survivors.tsv, and scores.txt.
set -uo pipefail
cd "$(dirname "$0")/../.."
out="$PWD/artifacts/switches"
config=${1:?configuration of areas.txt}
shift
areas() { grep -v '^#' tests/mutation/areas.txt | awk -F ' [|] ' -v config="$config" '$2 == config'; }

case $config in
  server) project=src/NeonPanel.Mcp.Server tests=tests/NeonPanel.Mcp.Server.Tests ;;
  client) project=src/NeonPanel.Client tests=tests/NeonPanel.Mcp.Server.Tests ;;
  generator) project=generator/NeonPanel.Mcp.Generator tests=tests/NeonPanel.Mcp.Generator.Tests ;;
  *) echo "'$config' is none of server, client, generator." >&2; exit 2 ;;
esac
copy="$out/$config/copy"

build() {
  cp tests/mutation/MutantRun.cs "$copy/$tests/"
  (cd "$copy" && dotnet build "$tests" -v q -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false \
    -p:GenerateProgramFile=false -clp:ErrorsOnly)
}

write() {
  rm -rf "$out/$config" && mkdir -p "$copy" || exit 1
  # What git knows, as it is now; a folder of its own, so that the copy has its own artifacts.
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy" || exit 1
  (
    cd "$copy" || exit 1
    dotnet build "$tests" -v q -p:RunAnalyzers=false -p:EmitCompilerGeneratedFiles=true -clp:ErrorsOnly || exit 1
    # Outside of the repository, whose settings would give the tool a lock file.
    tool=$(mktemp -d)
    version=$(sed -n 's/.*"Microsoft.CodeAnalysis.CSharp" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
    sed "s/^#:package .*/&@$version/" tests/mutation/Switches.cs > "$tool/Switches.cs"
    dotnet run "$tool/Switches.cs" -- "$PWD" "$project" "artifacts/bin/${tests##*/}/debug" "$out/$config/mutants.tsv" \
      $(areas | awk -F ' [|] ' '{ print $1 }') || exit 1
  ) && build && touch "$out/$config/built"
}

# The tests of today in the copy, whose code stays as it is. What they reach is found out anew.
renew() {
  rm -rf "${copy:?}/$tests" && git ls-files -z --cached --others --exclude-standard "$tests" | xargs -0 cp --parents -t "$copy" \
    && build && find "$out/$config" -path "$copy" -prune -o -name coverage.tsv -exec rm {} +
}

[ -e "$out/$config/built" ] || write || exit 1
[ -z "${AGAIN:-}" ] || renew || exit 1
for name; do
  # A name with a slash is a subfolder of a line of areas.txt.
  top=$name below=
  [[ $name == [A-Z]*/* ]] && top=${name%%/*} below=${name#*/}
  line=$(areas | awk -F ' [|] ' -v end="$top" '$1 == end || substr($1, length($1) - length(end)) == "/" end')
  [ -n "$line" ] || { echo "'$name' is no folder of tests/mutation/areas.txt for $config." >&2; exit 2; }
  every=${EVERY:-1} from=${FROM:-${EVERY:-1}}
  results="$out/$config/$name/$from-of-$every"
  export MUTANTS_OUT="$results" MUTANTS_ASSEMBLY="${project##*/}" MUTANTS_TESTS MUTANTS_COVERAGE="$out/$config/$name/coverage.tsv"
  mkdir -p "$results"
  awk -F '\t' -v folder="${line%% |*}/${below:+$below/}" -v every="$every" -v from="$from" 'index($2, folder) == 1 && ++count % every == from % every' \
    "$out/$config/mutants.tsv" > "$results/mutants.tsv"
  MUTANTS_TESTS=$(awk -F ' [|] ' '{ print $3 }' <<< "$line")
  [ -z "$below" ] || MUTANTS_TESTS=$(tr ' ' '\n' <<< "$MUTANTS_TESTS" | sed -n "s#[.]\$#.${below//\//.}.#p" | tr '\n' ' ' | sed 's/ $//')
  if [ -n "${AGAIN:-}" ] && [ -e "$results/results.tsv" ]; then
    sed -i '/\tkilled\t/!d' "$results/results.tsv" && rm -f "$results/ended"
  fi
  # A mutant that never ends ends the process; the next one goes on behind it.
  for _ in $(seq 100); do
    [ -e "$results/ended" ] && break
    before=$(wc -l 2> /dev/null < "$results/results.tsv")
    (cd "$copy/$tests" && dotnet exec "$copy/artifacts/bin/${tests##*/}/debug/${tests##*/}.dll") >> "$results/log.txt" 2>&1
    [ "$before" = "$(wc -l 2> /dev/null < "$results/results.tsv")" ] && [ ! -e "$results/ended" ] && { tail "$results/log.txt" >&2; exit 1; }
  done
  awk -F '\t' 'NR == FNR { place[$1] = $0; next } $2 != "killed" { print $2 "\t" place[$1] }' "$results/mutants.tsv" "$results/results.tsv" > "$results/survivors.tsv"
  awk -F '\t' -v name="$name $from/$every" -v day="$(date -u +%F)" '
    { all++; count[$2]++ }
    END { printf "%s %s: %d mutants, %d killed, %d survived, %d not reached, %d at first use: %d %%\n", day, name, all, count["killed"], count["survived"], count["no coverage"], count["first use"], all ? 100 * count["killed"] / all : 0 }
  ' "$results/results.tsv" | tee -a "$out/scores.txt"
done
