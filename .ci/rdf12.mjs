// Reads Turtle of RDF 1.2 from standard input with N3.js and prints each triple as a line of JSON:
// subject, predicate, object; a triple term is a list of three.
// usage: node rdf12.mjs FOLDER_OF_NODE_MODULES
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const { Parser } = createRequire(process.argv[2] + '/')('n3')
const written = term => {
  if (term.termType === 'Quad') return [written(term.subject), written(term.predicate), written(term.object)]
  if (term.termType !== 'Literal') return term.value
  return { text: term.value, language: term.language, type: term.datatype.value }
}
const triples = new Parser({ format: 'text/turtle' }).parse(readFileSync(0, 'utf-8'))
for (const { subject, predicate, object } of triples)
  console.log(JSON.stringify([written(subject), written(predicate), written(object)]))
