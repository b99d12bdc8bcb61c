// Reads sample calls (JSON lines), builds each with swagger-client from the document itself, and writes a verdict for each.
// node judge.mjs CALLS > VERDICTS
import { createReadStream, readFileSync } from "node:fs";
import querystring from "node:querystring";
import { createInterface } from "node:readline";
import qs from "qs";
import SwaggerClient from "swagger-client";
import { parseTemplate } from "url-template";

const repeated = { arrayFormat: "repeat" };
const origin = "https://api.example.com";
let document = { file: null, spec: null };

for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const call = JSON.parse(line);
  if (document.file !== call.document) {
    document = { file: call.document, spec: JSON.parse(readFileSync(call.document, "utf8")) };
  }

  let verdict;
  try {
    verdict = await judge(call, document.spec);
  } catch (error) {
    verdict = { agrees: false, ours: "", theirs: "", what: "judge failed: " + error.message };
  }

  process.stdout.write(JSON.stringify({ document: call.name, method: call.method, path: call.path, ...verdict }) + "\n");
}

async function judge(call, spec) {
  // OpenAPI 3.2 has no peer yet.
  const item = resolve(spec, spec.paths[call.path]);
  if (item[call.method.toLowerCase()] === undefined || JSON.stringify(item).includes('"querystring"')) {
    return { agrees: null };
  }

  const theirs = await build(call, spec);
  const ours = call.sent;
  const aspects = [
    ["method", ours.method, theirs.method.toUpperCase()],
    ["path", pathOf(ours.url), pathOf(theirs.url)],
    ["query", queryOf(ours.url), queryOf(theirs.url)],
    ["headers", headersOf(ours.headers, call), headersOf(theirs.headers, call)],
    // A range is no content type (RFC 9110 §8.3), though swagger-client sends it.
    ["content type", typeOf(ours.headers), call.body?.type.includes("*") ? typeOf(ours.headers) : typeOf(theirs.headers)],
    ["body", await bodyOf(ours.headers, Buffer.from(ours.body ?? "", "base64")), await bodyOf(theirs.headers, theirs.body)],
  ];
  for (const [what, mine, other] of aspects) {
    const [left, right] = [JSON.stringify(mine), JSON.stringify(other)];
    if (left !== right) {
      return { agrees: false, what, ours: difference(mine, other), theirs: difference(other, mine) };
    }
  }

  return { agrees: true };
}

// Of two lists, what stands in the one alone.
function difference(one, other) {
  const others = Array.isArray(other) ? new Set(other.map(item => JSON.stringify(item))) : null;
  const rest = Array.isArray(one) && others !== null ? one.filter(item => !others.has(JSON.stringify(item))) : one;
  return (JSON.stringify(rest) ?? "nothing").slice(0, 400);
}

// Swagger 2.0: swagger-client reads it as it stands, collectionFormat, consumes and all.
function buildSwagger(call, spec) {
  const item = resolve(spec, spec.paths[call.path]);
  const operation = item[call.method.toLowerCase()];
  const parameters = new Map([...(item.parameters ?? []), ...(operation.parameters ?? [])].map(p => inline(spec, p))
    .filter(p => p.in !== "header" || !/^(accept|content-type|authorization|content-length|host|connection|transfer-encoding|accept-encoding|cookie|expect|keep-alive|te|trailer|upgrade)$/i.test(p.name))
    .map(p => [p.in + " " + p.name, p]));
  const body = [...parameters.values()].find(p => p.in === "body");
  const values = Object.fromEntries(call.parameters.map(p => [`${p.in}.${p.name}`, value(p.value)]));
  if (call.body !== null && body !== undefined) {
    values[`body.${body.name}`] = value(call.body.value);
  } else if (call.body !== null) {
    Object.entries(call.body.value).forEach(([name, member]) => values[`formData.${name}`] = value(member));
  }

  const request = SwaggerClient.buildRequest({
    spec: {
      ...spec,
      schemes: ["https"],
      host: "api.example.com",
      basePath: "",
      paths: { [call.path.split("#")[0]]: { [call.method.toLowerCase()]: { ...operation, operationId: "it", parameters: [...parameters.values()], responses: {} } } },
      definitions: {},
      parameters: {},
      responses: {},
    },
    operationId: "it",
    parameters: values,
    // A form is sent as a form, whatever the operation consumes (Swagger 2.0, "Parameter Object").
    requestContentType: call.body?.type,
  });
  // swagger-client escapes the commas between the items of a list in a path; unescaped they are RFC 6570's (§3.2.2).
  for (const list of call.parameters.filter(p => p.in === "path" && Array.isArray(p.value)).map(p => p.value)) {
    request.url = request.url.replace(encodeURIComponent(list.join(",")), list.map(encodeURIComponent).join(","));
  }

  return request;
}

async function build(call, spec) {
  if (spec.swagger === "2.0") {
    return buildSwagger(call, spec);
  }

  const item = resolve(spec, spec.paths[call.path]);
  const operation = item[call.method.toLowerCase()];
  // OpenAPI 3.1, "Path Item Object": those of the operation override those of the path.
  const parameters = new Map();
  for (const parameter of [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(p => inline(spec, p))) {
    // A header has one name, however it is written (RFC 9110 §5.1). OpenAPI 3.1, "Parameter Object": such definitions shall be ignored; swagger-client asks for their values.
    if (parameter.in !== "header" || !/^(accept|content-type|authorization|content-length|host|connection|transfer-encoding|accept-encoding|cookie|expect|keep-alive|te|trailer|upgrade)$/i.test(parameter.name)) {
      parameters.set(parameter.in + " " + (parameter.in === "header" ? call.parameters.find(p => p.in === "header"
        && p.name.toLowerCase() === parameter.name.toLowerCase())?.name : parameter.name), parameter);
    }
  }

  // A fragment is not sent (RFC 3986 §3.5): in a path key it only tells operations apart.
  // '?q={q}' beside a query parameter q says it twice; swagger-client would send both.
  // Beside a literal query it fills no placeholder, so that query is put in front of what it builds.
  const [path, ...literal] = call.path.split("#")[0].split("?");
  const pairs = literal.join("?").split("&").filter(pair => pair !== "" && !parameters.has("query " + pair.split("=")[0]))
    .map(pair => pair.replace(/\{([^}]*)\}/g, (all, name) => encodeURIComponent(call.parameters.find(p => p.in === "path" && p.name === name).value)));
  // What is nested in a deepObject is left open (OpenAPI 3.1.1, "Style Examples"); qs reads and writes the brackets that
  // servers know: a[b][c]=1, and a[b]=1&a[b]=2 for a list.
  const isNested = p => parameters.get(p.in + " " + p.name)?.style === "deepObject" && p.value !== null && typeof p.value === "object"
    && Object.values(p.value).some(member => member !== null && typeof member === "object");
  const nested = call.parameters.filter(isNested);
  for (const p of nested) {
    parameters.delete(p.in + " " + p.name);
  }

  const request = SwaggerClient.buildRequest({
    spec: {
      openapi: "3.0.3",
      info: { title: "", version: "" },
      servers: [{ url: origin }],
      paths: {
        [path]: {
          [call.method.toLowerCase()]: {
            operationId: "it",
            parameters: [...parameters.values()].filter(p => p.in !== "path" || path.includes(`{${p.name}}`)),
            requestBody: operation.requestBody === undefined ? undefined : inline(spec, operation.requestBody),
            responses: {},
          },
        },
      },
    },
    operationId: "it",
    parameters: Object.fromEntries(call.parameters.filter(p => !nested.includes(p) && (p.in !== "path" || path.includes(`{${p.name}}`))).map(p => [`${p.in}.${p.name}`, value(p.value)])),
    requestBody: call.body === null ? undefined : value(call.body.value),
    requestContentType: call.body?.type,
  });
  if (pairs.length > 0) {
    const [before, after] = request.url.split("?");
    request.url = before + "?" + pairs.join("&") + (after === undefined ? "" : "&" + after);
  }

  expandByRfc6570(request, path, call, parameters);
  if (nested.length > 0) {
    const deep = nested.map(p => qs.stringify({ [p.name]: numbered(p.value) }, repeated)).filter(text => text !== "").join("&");
    request.url += (request.url.includes("?") ? "&" : "?") + deep;
  }

  return { ...request, body: formOf(operation.requestBody && inline(spec, operation.requestBody), call) ?? request.body };
}

// swagger-client joins a label's list with dots where explode is false (RFC 6570 §3.2.5 and the tables since OpenAPI 3.0.4
// say commas), and keeps one cookie of several. Both styles are RFC 6570's, so an implementation of that is the judge.
function expandByRfc6570(request, path, call, parameters) {
  const of = place => call.parameters.filter(p => p.in === place && parameters.get(place + " " + p.name)?.content === undefined);
  const expression = (p, operator) => `{${operator}v${parameters.get(p.in + " " + p.name).explode ?? p.in === "cookie" ? "*" : ""}}`;
  if (of("path").some(p => parameters.get("path " + p.name)?.style === "label")) {
    const expanded = of("path").reduce((text, p) => {
      const operator = { label: ".", matrix: ";" }[parameters.get("path " + p.name).style] ?? "";
      return text.replace(`{${p.name}}`, parseTemplate(expression(p, operator)).expand({ v: p.value }).replace(/^;v/, ";" + p.name));
    }, path);
    request.url = origin + expanded + request.url.slice(origin.length).replace(/^[^?]*/, "");
  }

  if (of("cookie").length > 0) {
    request.headers.Cookie = of("cookie").map(p => parseTemplate(expression(p, "?")).expand({ v: p.value })
      .slice(1).replace(/(^|&)v=/g, `$1${p.name}=`).replaceAll("&", "; ")).join("; ");
  }
}

// The body of a form where swagger-client leaves the specification, or null where it does not. It joins the items of an
// array with commas where the form has no encoding for it, but each item is a pair or part of its own: style form and
// explode are the default (OpenAPI 3.0.3 and 3.1.1, "Encoding Object"; RFC 7578 §4.3). So Node's own writer is the judge,
// and qs for deepObject; an object without a style is JSON (its contentType is application/json by default).
function formOf(requestBody, call) {
  const type = call.body?.type.split(";")[0].trim().toLowerCase();
  const encoding = requestBody?.content[call.body?.type]?.encoding ?? {};
  const isForm = type === "application/x-www-form-urlencoded";
  if (!isForm && type !== "multipart/form-data" || call.body.value === null || typeof call.body.value !== "object") {
    return null;
  }

  const members = Object.entries(call.body.value);
  const text = member => member !== null && typeof member === "object" && !(member instanceof Blob) ? JSON.stringify(member) : member;
  if (!isForm) {
    const form = new FormData();
    if (!members.some(([name, member]) => Array.isArray(member) && encoding[name] === undefined || encoding[name]?.style === "deepObject")) {
      return null;
    }

    for (const [name, member] of members) {
      if (encoding[name]?.style === "deepObject") {
        new URLSearchParams(qs.stringify({ [name]: numbered(member) }, repeated)).forEach((item, key) => form.append(key, item));
        continue;
      }

      for (const item of Array.isArray(member) ? member : [member]) {
        form.append(name, text(value(item)));
      }
    }

    return form;
  }

  if (members.some(([name]) => encoding[name] !== undefined && (encoding[name].style ?? "deepObject") !== "deepObject" && !isDefault(encoding[name]))) {
    return null;
  }

  return members.map(([name, member]) => encoding[name]?.style === "deepObject"
    ? qs.stringify({ [name]: numbered(member) }, repeated)
    : querystring.stringify({ [name]: Array.isArray(member) ? member.map(text) : text(member) })).filter(pair => pair !== "").join("&");
}

// A list of objects is told with numbers, as Rails, PHP and qs read it: a[0][b]=1.
function numbered(node) {
  if (node === null || typeof node !== "object") {
    return node;
  }

  const inner = Object.entries(node).map(([name, member]) => [name, numbered(member)]);
  return Array.isArray(node) && !inner.some(([, member]) => member !== null && typeof member === "object")
    ? node : Object.fromEntries(inner);
}

function isDefault(encoding) {
  return encoding.style === "form" && encoding.explode !== false;
}

// A file stands in the sample as {"$file": {name, type, base64}}.
function value(sample) {
  if (Array.isArray(sample)) {
    return sample.map(value);
  }

  if (sample !== null && typeof sample === "object") {
    return sample.$file
      ? new File([Buffer.from(sample.$file.base64, "base64")], sample.$file.name, { type: sample.$file.type })
      : Object.fromEntries(Object.entries(sample).map(([name, inner]) => [name, value(inner)]));
  }

  return sample;
}

function resolve(spec, node) {
  for (let step = 0; step < 32 && node?.$ref !== undefined; step++) {
    node = node.$ref.slice(2).split("/").reduce((at, token) => at[decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~")], spec);
  }

  return node;
}

// As deep as serialization looks: recursive schemas have no end.
function inline(spec, node, depth = 0) {
  if (node === null || typeof node !== "object" || depth > 8) {
    return node;
  }

  if (Array.isArray(node)) {
    return node.map(item => inline(spec, item, depth + 1));
  }

  const target = resolve(spec, node);
  return Object.fromEntries(Object.entries(target)
    .filter(([name]) => name !== "example" && name !== "examples" && name !== "default")
    .map(([name, inner]) => [name, inline(spec, inner, depth + 1)]));
}

// Percent-encoding is compared after decoding what need not be encoded (RFC 3986 §2.3), and hex digits in upper case (§6.2.2.1).
function normalize(text) {
  return text.replace(/%([0-9a-fA-F]{2})/g, (all, hex) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : all.toUpperCase();
  });
}

function pathOf(url) {
  return normalize(url.slice(origin.length).split("?")[0]);
}

function queryOf(url) {
  const query = url.split("?").slice(1).join("?");
  // Brackets and the pipe, which no query may hold (RFC 3986 §3.4), are written both ways in practice, and mean the same to every server (OpenAPI 3.1.1, "Style Examples").
  // A name is what stands before the first '=', and has one reading only.
  return query === "" ? [] : query.split("&").map(pair => {
    const [name, ...rest] = pair.split("=");
    return [decodeURIComponent(name), normalize(rest.join("=")).replaceAll("[", "%5B").replaceAll("]", "%5D").replaceAll("|", "%7C")];
  }).sort(([left], [right]) => left < right ? -1 : left > right ? 1 : 0);
}

function headersOf(headers, call) {
  const wanted = new Set(call.parameters.filter(p => p.in === "header").map(p => p.name.toLowerCase()).concat("cookie"));
  return Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)])
    .filter(([name]) => wanted.has(name)).sort(([left], [right]) => left < right ? -1 : 1);
}

function contentType(headers) {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
}

// A type's parameters (boundary, charset) are not the judge's to say.
function typeOf(headers) {
  return contentType(headers)?.split(";")[0].trim().toLowerCase() ?? null;
}

async function bodyOf(headers, body) {
  if (body === undefined || body === null || body.length === 0) {
    return null;
  }

  const type = contentType(headers) ?? "";
  if (typeof FormData !== "undefined" && body instanceof FormData || type.startsWith("multipart/form-data")) {
    const form = body instanceof FormData ? body : await new Response(body, { headers: { "content-type": type } }).formData();
    const parts = [];
    for (const [name, part] of form.entries()) {
      parts.push(typeof part === "string"
        ? [name, json(part)]
        : [name, part.name, Buffer.from(await part.arrayBuffer()).toString("base64")]);
    }

    return parts;
  }

  if (body instanceof Blob) {
    body = Buffer.from(await body.arrayBuffer());
  }

  if (typeof body === "object" && !Buffer.isBuffer(body)) {
    return sorted(body);
  }

  const text = body.toString();
  if (type.startsWith("application/x-www-form-urlencoded")) {
    // A form writes a space as '+' (HTML), or as %20.
    return text.split("&").map(pair => normalize(pair).replaceAll("+", "%20").replaceAll("[", "%5B").replaceAll("]", "%5D").replaceAll("|", "%7C"));
  }

  return json(text);
}

function json(text) {
  try {
    return sorted(JSON.parse(text));
  } catch {
    return text;
  }
}

function sorted(node) {
  return Array.isArray(node) ? node.map(sorted)
    : node !== null && typeof node === "object" ? Object.fromEntries(Object.keys(node).sort().map(name => [name, sorted(node[name])]))
    : node;
}
