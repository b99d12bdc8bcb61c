// Reads expected.json: groups of scenarios that cannot apply, or of checks that fail within one, for a reason, in the runs and
// revisions that the group names (all when it names none).
import { readFileSync } from "node:fs";

const groups = JSON.parse(readFileSync(new URL("../expected.json", import.meta.url)));

/** What may fail in one run of the suite. */
export function expectationsOf(run, revision) {
  const here = groups.filter(group => applies(group.runs, run) && applies(group.revisions, revision));
  return {
    /** Why a scenario cannot apply as a whole; undefined when it can. */
    reason: scenario => here.find(group => group.scenarios?.includes(scenario))?.reason,
    /** The checks that fail within a scenario that applies otherwise. */
    checks: scenario => here.flatMap(group => group.checks?.[scenario] ?? []),
  };
}

/** The scenarios that are listed and that the suite, as it is now, does not have. */
export function unknownScenarios(seen) {
  const listed = groups.flatMap(group => [...group.scenarios ?? [], ...Object.keys(group.checks ?? {})]);
  return [...new Set(listed)].filter(scenario => !seen.has(scenario));
}

const applies = (list, value) => list === undefined || list.includes(value);
