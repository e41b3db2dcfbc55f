// The cases worked out by hand, on fqm-execution: another evaluator on another CQL engine (cql-execution), which reads our
// ELM and the Measures; fqm-spelling.mjs tells what it wants spelled otherwise. The count of each population of each group
// and the mean of what is observed must be what was worked out by hand. Not compared, since it has none of them: strata by
// value, the other statistics, bortfall.
// node compare-fqm.mjs DIR [MEASURE…]: DIR is written by FqmBundles; MEASURE is a name or an id, NETB1 or NETB1-2.0.0.
// Exit code 0 only if every case is equal, or stands in fqm-exclusions.json with its reason and differs still.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Calculator } from 'fqm-execution';
import { differences, exclusions, fault, patientId } from './fqm-comparison.mjs';
import { spelled } from './fqm-spelling.mjs';

const CHUNK = 200; // patients in one calculation
const JSON_FILE = '.json';
const EXCLUSIONS = exclusions(JSON.parse(readFileSync(new URL('fqm-exclusions.json', import.meta.url), 'utf8')));

const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const stems = (...path) =>
  readdirSync(join(...path))
    .filter((file) => file.endsWith(JSON_FILE))
    .map((file) => file.slice(0, -JSON_FILE.length))
    .sort();

function readCase(directory, measure, name) {
  const [expected, ...patients] = read(directory, measure, name + JSON_FILE).entry.map((entry) => entry.resource);
  return { name: `${measure}/${name}`, expected, patients };
}

// Cases of the same period and as-of day, in runs of at most CHUNK patients, in none of which an id of a patient comes twice.
function chunks(cases) {
  const open = new Map();
  const all = [];
  for (const one of cases) {
    const { date, period } = one.expected;
    const key = `${period.start} ${period.end} ${date}`;
    const ids = one.patients.map(patientId);
    let chunk = open.get(key);
    if (!chunk || chunk.ids.size + ids.length > CHUNK || ids.some((id) => chunk.ids.has(id))) {
      chunk = { date, period, cases: [], ids: new Set() };
      open.set(key, chunk);
      all.push(chunk);
    }
    chunk.cases.push(one);
    ids.forEach((id) => chunk.ids.add(id));
  }
  return all;
}

async function calculate(bundle, { date, period, cases }) {
  const options = {
    measurementPeriodStart: period.start,
    measurementPeriodEnd: period.end,
    trustMetaProfile: false, // our patients' resources claim no profile
    calculateHTML: false,
    calculateSDEs: false,
    calculateClauseCoverage: false,
    verboseCalculationResults: false,
  };
  const patients = cases.flatMap((one) => one.patients);
  const { results } = await Calculator.calculate(spelled(bundle, date), patients, options);
  return new Map(results.map((result) => [result.patientId, result.detailedResults]));
}

// What fqm-execution cannot calculate together it calculates in halves, so that in the end one case alone fails.
async function compareChunk(bundle, chunk) {
  const measure = bundle.entry[0].resource;
  try {
    const results = await calculate(bundle, chunk);
    return chunk.cases.map((one) => ({ name: one.name, found: differences(one, measure, results) }));
  } catch (failure) {
    if (chunk.cases.length > 1) {
      const half = Math.ceil(chunk.cases.length / 2);
      const first = await compareChunk(bundle, { ...chunk, cases: chunk.cases.slice(0, half) });
      return [...first, ...(await compareChunk(bundle, { ...chunk, cases: chunk.cases.slice(half) }))];
    }
    return [{ name: chunk.cases[0].name, found: [`fails: ${failure.message.replaceAll(/\s+/g, ' ')}`] }];
  }
}

// Compares the Measure's cases and prints a line for the Measure, and one for each fault.
async function compare(directory, id) {
  const start = Date.now();
  const bundle = read(directory, id + JSON_FILE);
  const cases = stems(directory, id).map((name) => readCase(directory, id, name));
  const compared = [];
  for (const chunk of chunks(cases)) {
    compared.push(...(await compareChunk(bundle, chunk)));
  }
  const names = new Set(cases.map((one) => one.name));
  const faults = [
    ...compared.map(({ name, found }) => fault(name, found, EXCLUSIONS)).filter((one) => one !== undefined),
    ...Object.keys(EXCLUSIONS)
      .filter((name) => name.startsWith(`${id}/`) && !names.has(name))
      .map((name) => `${name}: there is no such case; take it off fqm-exclusions.json`),
  ];
  const equal = compared.filter(({ found }) => found.length === 0).length;
  const excluded = compared.filter(({ name, found }) => found.length > 0 && name in EXCLUSIONS).length;
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${id}: ${equal} of ${cases.length} cases equal, ${excluded} excluded, ${faults.length} faults, ${seconds} s`);
  faults.forEach((one) => console.error(`  ${one}`));
  return { cases: cases.length, equal, excluded, faults: faults.length };
}

async function main([directory, ...wanted]) {
  const ids = stems(directory).filter(
    (id) => wanted.length === 0 || wanted.some((name) => id === name || id.startsWith(`${name}-`)),
  );
  if (ids.length === 0) {
    throw new Error(`${directory} has no Measure ${wanted.join(' ')}`);
  }
  const sum = { cases: 0, equal: 0, excluded: 0, faults: 0 };
  for (const id of ids) {
    const compared = await compare(directory, id);
    Object.keys(sum).forEach((key) => (sum[key] += compared[key]));
  }
  const strays = Object.keys(EXCLUSIONS).filter((name) => wanted.length === 0 && !ids.includes(name.split('/')[0]));
  strays.forEach((name) => console.error(`${name}: there is no such Measure; take it off fqm-exclusions.json`));
  sum.faults += strays.length;
  console.log(`${sum.cases} cases: ${sum.equal} equal, ${sum.excluded} excluded, ${sum.faults} faults`);
  return sum.faults === 0 ? 0 : 1;
}

if (process.argv.length < 3) {
  console.error('usage: node compare-fqm.mjs DIR [MEASURE…]');
  process.exit(2);
}
process.exitCode = await main(process.argv.slice(2)).catch((failure) => {
  console.error(failure.message);
  return 1;
});
