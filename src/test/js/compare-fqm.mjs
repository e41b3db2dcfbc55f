// The cases worked out by hand, on fqm-execution: another evaluator on another CQL engine (cql-execution), which reads our
// ELM and the Measures; fqm-spelling.mjs tells what it wants spelled otherwise. What it counts in each population of each group must be what was worked out by hand.
// node compare-fqm.mjs DIR [MEASURE…]: DIR is written by FqmBundles; MEASURE is a name or an id, NETB1 or NETB1-2.0.0.
// Exit code 0 only if every case is equal or stands in fqm-exclusions.json, with its reason, and differs still.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Calculator } from 'fqm-execution';
import { spelled } from './fqm-spelling.mjs';

const CHUNK = 200; // patients in one calculation
const EXCLUSIONS = JSON.parse(readFileSync(new URL('fqm-exclusions.json', import.meta.url), 'utf8'));

const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const resources = (bundle) => bundle.entry.map((entry) => entry.resource);

// The case with its patients renamed, so that those of several cases can be calculated at once.
function readCase(directory, measure, file) {
  const [expected, ...patients] = resources(read(directory, measure, file));
  return { name: `${measure}/${file.slice(0, -'.json'.length)}`, expected, patients };
}

const patientId = (bundle) => resources(bundle).find((resource) => resource.resourceType === 'Patient')?.id;

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

// One that is in the population, for a patient: 1 if the patient is, or the number of that patient's episodes that are.
function count(group, type) {
  const populations = group.episodeResults?.map((episode) => episode.populationResults) ?? [group.populationResults];
  const isIn = (results) => results.some((result) => result.populationType === type && result.result);
  return populations.filter(isIn).length;
}

function differences({ expected, patients }, measure, results) {
  const found = [];
  expected.group.forEach((group, index) => {
    const { id } = measure.group[index];
    for (const { code, count: wanted } of group.population) {
      const type = code.coding[0].code;
      const groups = patients.flatMap((patient) => results.get(patientId(patient)).filter((one) => one.groupId === id));
      const counted = groups.reduce((sum, one) => sum + count(one, type), 0);
      if (counted !== wanted) {
        found.push(`${group.code.coding[0].code} ${type}: expected ${wanted}, fqm-execution ${counted}`);
      }
    }
  });
  return found;
}

// What fqm-execution cannot calculate together it calculates in halves, so that in the end one case alone fails.
async function compareChunk(bundle, chunk) {
  const measure = resources(bundle)[0];
  try {
    const results = await calculate(bundle, chunk);
    return chunk.cases.map((one) => ({ name: one.name, differences: differences(one, measure, results) }));
  } catch (failure) {
    if (chunk.cases.length > 1) {
      const half = Math.ceil(chunk.cases.length / 2);
      const first = await compareChunk(bundle, { ...chunk, cases: chunk.cases.slice(0, half) });
      return [...first, ...(await compareChunk(bundle, { ...chunk, cases: chunk.cases.slice(half) }))];
    }
    return [{ name: chunk.cases[0].name, differences: [`fails: ${failure.message.split('\n')[0]}`] }];
  }
}

// Compares the Measure's cases, prints a line, and tells what speaks against them or against the exclusions.
async function compare(directory, id) {
  const start = Date.now();
  const bundle = read(directory, `${id}.json`);
  const cases = readdirSync(join(directory, id)).sort().map((file) => readCase(directory, id, file));
  const faults = [];
  let equal = 0;
  let excluded = 0;
  for (const chunk of chunks(cases)) {
    for (const { name, differences: found } of await compareChunk(bundle, chunk)) {
      const reason = EXCLUSIONS[name];
      if (reason === undefined) {
        found.length === 0 ? (equal += 1) : faults.push(`${name}: ${found.join('; ')}`);
      } else if (found.length === 0) {
        faults.push(`${name}: equal now; take it off fqm-exclusions.json. Listed for: ${reason}`);
      } else {
        excluded += 1;
      }
    }
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${id}: ${equal} of ${cases.length} cases equal, ${excluded} excluded, ${faults.length} faults, ${seconds} s`);
  faults.forEach((fault) => console.error(`  ${fault}`));
  return { cases: cases.map((one) => one.name), equal, excluded, faults: faults.length };
}

async function main([directory, ...wanted]) {
  const all = readdirSync(directory).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
  const ids = all.filter((id) => wanted.length === 0 || wanted.some((name) => id === name || id.startsWith(`${name}-`)));
  if (ids.length === 0) {
    throw new Error(`${directory} has no Measure ${wanted.join(' ')}`);
  }
  const sum = { cases: [], equal: 0, excluded: 0, faults: 0 };
  for (const id of ids.sort()) {
    const compared = await compare(directory, id);
    sum.cases.push(...compared.cases);
    sum.equal += compared.equal;
    sum.excluded += compared.excluded;
    sum.faults += compared.faults;
  }
  const compared = new Set(sum.cases);
  const unknown = Object.keys(EXCLUSIONS).filter((name) => ids.includes(name.split('/')[0]) && !compared.has(name));
  unknown.forEach((name) => console.error(`${name}: there is no such case; take it off fqm-exclusions.json`));
  console.log(`${sum.cases.length} cases: ${sum.equal} equal, ${sum.excluded} excluded, ${sum.faults + unknown.length} faults`);
  return sum.faults + unknown.length === 0 ? 0 : 1;
}

if (process.argv.length < 3) {
  console.error('usage: node compare-fqm.mjs DIR [MEASURE…]');
  process.exit(2);
}
process.exitCode = await main(process.argv.slice(2)).catch((failure) => {
  console.error(failure.message);
  return 1;
});
