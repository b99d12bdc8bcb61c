// node lint.mjs DOCKERFILE: what a linter says of it, and what an image of ours must have. The last two lines are the totals.
import { readFileSync } from "node:fs";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";

const text = readFileSync(process.argv[2], "utf8");
const instructions = DockerfileParser.parse(text).getInstructions();
const last = instructions.findLastIndex((instruction) => instruction.getKeyword() === "FROM");
const arguments_ = (keyword, from = last) =>
  instructions.slice(from).filter((instruction) => instruction.getKeyword() === keyword)
    .map((instruction) => instruction.getExpandedArguments().map((argument) => argument.getValue()).join(" "));

const findings = validate(text).map((finding) => `line ${finding.range.start.line + 1}: ${finding.message}`);
const images = arguments_("FROM", 0).map((from) => from.split(" ")[0]);
const run = arguments_("ENTRYPOINT")[0] ?? "";
const labels = arguments_("LABEL").join(" ");

const rules = {
  "the linter finds nothing": findings.length === 0 || findings.join("; "),
  "every base image has a tag that names version and distribution": images.every((image) => /:\S*noble/.test(image)) || images.join(" "),
  "every base image is pinned by digest": (images.length === 2 && images.every((image) => /@sha256:[0-9a-f]{64}$/.test(image))) || images.join(" "),
  "no frontend is fetched by a tag": !/^#\s*syntax\s*=/m.test(text) || "a line '# syntax='",
  "the last stage runs as a numeric user who is not root": /^[1-9]\d*(:[1-9]\d*)?$/.test(arguments_("USER").at(-1) ?? "") || arguments_("USER").join(),
  "port 3030 is told and listened to": (arguments_("EXPOSE").join() === "3030" && arguments_("ENV").join(" ").includes("ASPNETCORE_HTTP_PORTS=3030")) || arguments_("EXPOSE").join(),
  "the image starts and checks itself without a shell, by the same binary":
    (/^\["\/app\/[\w.]+"\]$/.test(run) && arguments_("HEALTHCHECK").join() === `CMD ${run.slice(0, -1)}, "health"]`) || `${run}; ${arguments_("HEALTHCHECK")}`,
  "the labels tell version and commit": ["version", "revision"].every((label) => labels.includes(`org.opencontainers.image.${label}=`)) || labels,
  "the last stage runs no command": arguments_("RUN").length === 0 || arguments_("RUN").join("; "),
};

let failed = 0;
for (const [rule, outcome] of Object.entries(rules)) {
  failed += outcome === true ? 0 : 1;
  console.log(outcome === true ? `  ok      ${rule}` : `  FAILED  ${rule}: ${outcome}`);
}

console.log(`\nPassed: ${Object.keys(rules).length - failed}\nFailed: ${failed}`);
process.exit(failed === 0 ? 0 : 1);
