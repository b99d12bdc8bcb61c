// Compiles the schemas of tools as strict clients do: with Ajv, the dialect of JSON Schema 2020-12, and its `u` flag for patterns.
// Reads JSON lines of {document, tool, schema} and writes one JSON line for each schema that does not compile.
// Usage: node schemas.mjs schemas.jsonl
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import Ajv from 'ajv/dist/2020.js'

// Formats and words of OpenAPI are annotations, so only faults of a schema itself count.
const ajv = new (Ajv.default ?? Ajv)({ strict: false, validateFormats: false, logger: false })
const known = new Set()
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const { document, tool, schema } = JSON.parse(line)
  const text = JSON.stringify(schema)
  if (known.has(text)) continue
  known.add(text)
  try {
    ajv.compile(schema)
  } catch (error) {
    console.log(JSON.stringify({ document, tool, what: error.message }))
  } finally {
    ajv.removeSchema(schema)
  }
}
