// For each operation of a document a call with all that it takes and one with only what it needs: made by openapi-sampler
// from the schemas, built by swagger-client into a request. Nothing of ours has a part in it.
// node calls.mjs DOCUMENT OVERLAY > CALLS
import { readFileSync } from "node:fs";
import { JSONPath } from "jsonpath-plus";
import sampler from "openapi-sampler";
import SwaggerClient from "swagger-client";

const methods = ["get", "put", "post", "delete", "patch"];
const spec = overlaid(JSON.parse(readFileSync(process.argv[2], "utf8")), JSON.parse(readFileSync(process.argv[3], "utf8")));

for (const [path, item] of Object.entries(spec.paths)) {
  // The authorization server is no API (docs/decisions/0007).
  for (const method of path.startsWith("/oauth2/") ? [] : methods.filter(name => item[name] !== undefined)) {
    for (const kind of ["full", "minimal"]) {
      process.stdout.write(JSON.stringify(await call(path, method, kind)) + "\n");
    }
  }
}

// OpenAPI Overlay 1.0.0 §4.4.3.
function overlaid(document, overlay) {
  for (const { target, update, remove } of overlay.actions) {
    // From the end, so that what is removed from a list does not move what is still to be.
    for (const { parent, parentProperty, value } of JSONPath({ path: target, json: document, resultType: "all" }).reverse()) {
      if (remove === true) {
        Array.isArray(parent) ? parent.splice(parentProperty, 1) : delete parent[parentProperty];
      } else if (Array.isArray(value)) {
        value.push(update);
      } else if (parent === null) {
        merge(document, update);
      } else {
        parent[parentProperty] = merge(value, update);
      }
    }
  }

  return document;
}

function merge(target, update) {
  if (target === null || update === null || typeof target !== "object" || typeof update !== "object") {
    return update;
  }

  if (Array.isArray(target)) {
    return target.concat(update);
  }

  for (const [name, value] of Object.entries(update)) {
    target[name] = name in target ? merge(target[name], value) : value;
  }

  return target;
}

async function call(path, method, kind) {
  const operation = spec.paths[path][method];
  const all = [...(spec.paths[path].parameters ?? []), ...(operation.parameters ?? [])].map(resolve);
  // Goes with the file's bytes alone, and takes its value from the file (docs/calls.md); not an argument.
  const fileName = operation["x-mcp"]?.upload?.fileName;
  const parameters = all.filter(parameter => parameter.name !== fileName && (kind === "full" || parameter.required))
    .map(parameter => ({ in: parameter.in, name: parameter.name, value: awkward(resolve(parameter.schema), parameter.example ?? sample(parameter.schema, kind), parameter["x-mcp"]?.lookup ? "path" : parameter.in) }));
  const content = resolve(operation.requestBody)?.content ?? {};
  const type = Object.keys(content).find(name => name === "application/json") ?? Object.keys(content)[0];
  const isNeeded = type !== undefined && (kind === "full" || operation.requestBody.required === true);
  const body = isNeeded ? awkward(resolve(content[type].schema), sample(content[type].schema, kind), "body") : undefined;
  const request = SwaggerClient.buildRequest({
    spec: { ...spec, servers: [{ url: "https://api.example.com" }], security: [], paths: { [path]: { [method]: inline({ ...operation, operationId: "it", parameters: all, security: [] }) } } },
    operationId: "it",
    parameters: Object.fromEntries(parameters.map(parameter => [`${parameter.in}.${parameter.name}`, parameter.value])),
    requestBody: body,
    requestContentType: isNeeded ? type : undefined,
  });
  return {
    method: method.toUpperCase(),
    path,
    kind,
    parameters,
    body,
    request: {
      target: request.url.slice("https://api.example.com".length),
      contentType: request.headers["Content-Type"],
      body: typeof request.body === "string" ? JSON.parse(request.body) : request.body,
    },
  };
}

function sample(schema, kind) {
  return sampler.sample(schema, { skipReadOnly: true, skipNonRequired: kind === "minimal", quiet: true }, spec);
}

// Free texts get characters that have to be escaped. Those of a path are ids, and stay, as
// do those that are looked up in a list.
function awkward(schema, value, place) {
  if (Array.isArray(value)) {
    return value.map(item => awkward(resolve(schema?.items ?? {}), item, place));
  }

  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, awkward(resolve(schema?.properties?.[name] ?? {}), inner, place)]));
  }

  const isFree = typeof value === "string" && ["enum", "format", "pattern", "maxLength"].every(name => schema?.[name] === undefined);
  return isFree && place !== "path" ? "a b&c=d,é+;@/?#%41\"" : value;
}

function resolve(node) {
  return node?.$ref === undefined ? node : resolve(node.$ref.slice(2).split("/").reduce((at, token) => at[token.replaceAll("~1", "/").replaceAll("~0", "~")], spec));
}

// As deep as serialization looks.
function inline(node, depth = 0) {
  if (node === null || typeof node !== "object" || depth > 10) {
    return node;
  }

  return Array.isArray(node) ? node.map(item => inline(item, depth + 1))
    : Object.fromEntries(Object.entries(resolve(node)).map(([name, inner]) => [name, inline(inner, depth + 1)]));
}
