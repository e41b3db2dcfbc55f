// What fqm-execution 1.8.6 and cql-execution 3.3.2 want spelled otherwise, though the standards allow it as it is.
// Nothing here decides who is counted.

const ELM = 'application/elm+json';

const resources = (bundle) => bundle.entry.map((entry) => entry.resource);
const literal = (value) => ({ type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}Integer', value: String(value) });

// The ELM of CQL's Date literal.
function dateLiteral(date) {
  const [year, month, day] = date.split('-').map(Number);
  return { type: 'Date', year: literal(year), month: literal(month), day: literal(day) };
}

// R4 lets Measure.library have a version; fqm-execution compares the whole of it with Library.url
// (extractLibrariesFromMeasureBundle) and finds none. The Bundle has one version of a library only.
function libraryWithoutVersion(measure) {
  measure.library = measure.library.map((canonical) => canonical.split('|')[0]);
}

// The parameter "As Of" with that day as its default; true if the library has it.
function setAsOf(library, date) {
  const parameter = library.parameters?.def.find((one) => one.name === 'As Of');
  if (parameter) {
    parameter.default = dateLiteral(date);
  }
  return parameter !== undefined;
}

// The type in a few words: the name, or the kind with its parts.
function type(specifier) {
  const parts = [specifier.elementType ?? specifier.pointType ?? specifier.choice ?? specifier.element ?? []].flat();
  const words = parts.map((part) => (part.elementType ? `${part.name} ${type(part.elementType)}` : type(part)));
  return specifier.name ?? `${specifier.type}<${words.join(', ')}>`;
}

const signed = (name, specifiers) => `${name}(${specifiers.map(type).join(', ')})`;
const functions = (library) => library.statements.def.filter((def) => def.type === 'FunctionDef');

// The names that several functions of the library share.
function overloaded(library) {
  const names = functions(library).map((def) => def.name);
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}

function* references(node) {
  if (node !== null && typeof node === 'object') {
    if (node.type === 'FunctionRef') {
      yield node;
    }
    for (const child of Object.values(node)) {
      yield* references(child);
    }
  }
}

// ELM's FunctionRef.signature tells which of several functions of a name is meant; cql-execution does not read it
// (FunctionRef.exec in elm/reusable.js) and takes the last that may fit, for a DateTime also one of a FHIR.dateTime,
// which then calls itself for ever. So functions that share a name get their signature into the name.
function nameBySignature(libraries) {
  const shared = new Map(libraries.map((library) => [library.identifier.id, overloaded(library)]));
  const defined = new Map();
  for (const library of libraries) {
    const names = shared.get(library.identifier.id);
    const overloads = functions(library).filter((def) => names.has(def.name));
    overloads.forEach((def) => (def.name = signed(def.name, def.operand.map((one) => one.operandTypeSpecifier))));
    defined.set(library.identifier.id, new Set(overloads.map((def) => def.name)));
  }
  for (const library of libraries) {
    const paths = new Map(library.includes?.def.map((include) => [include.localIdentifier, include.path]));
    for (const reference of references(library.statements)) {
      const target = reference.libraryName ? paths.get(reference.libraryName) : library.identifier.id;
      if (shared.get(target).has(reference.name)) {
        reference.name = signed(reference.name, reference.signature);
        if (!defined.get(target).has(reference.name)) {
          throw new Error(`${library.identifier.id} refers to ${target}.${reference.name}, which is not there`);
        }
      }
    }
  }
}

// The Bundle as fqm-execution wants it, for that as-of day; the one given is not touched.
export function spelled(bundle, date) {
  const copy = structuredClone(bundle);
  libraryWithoutVersion(resources(copy)[0]);
  const contents = resources(copy)
    .filter((resource) => resource.resourceType === 'Library')
    .map((resource) => resource.content.find((attachment) => attachment.contentType === ELM));
  const libraries = contents.map((content) => JSON.parse(Buffer.from(content.data, 'base64').toString('utf8')).library);
  if (libraries.filter((library) => setAsOf(library, date)).length !== 1) {
    throw new Error('not one library has the parameter "As Of"');
  }
  nameBySignature(libraries);
  contents.forEach((content, index) => {
    const text = JSON.stringify({ library: libraries[index] });
    if (/"type":"(Today|Now)"/.test(text)) {
      throw new Error(`${libraries[index].identifier.id} asks for the day of the run`);
    }
    content.data = Buffer.from(text, 'utf8').toString('base64');
  });
  return copy;
}
