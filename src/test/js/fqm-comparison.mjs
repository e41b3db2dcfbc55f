// What speaks against fqm-execution's results of a case, and against the list of exclusions.

const OBSERVATION = 'measure-observation';
const DIGITS = 9; // of a mean

export const patientId = (bundle) => bundle.entry.map((entry) => entry.resource).find((one) => one.resourceType === 'Patient')?.id;
const populationCode = (population) => population.code.coding[0].code;
const groupCode = (group) => group.code.coding[0].code;

// The results of that type in the groups: one for each patient, or where the basis is another one for each episode.
function populationResults(groups, type) {
  const results = groups.flatMap((group) => group.episodeResults?.map((one) => one.populationResults) ?? [group.populationResults]);
  return results.flatMap((one) => one.filter((result) => result.populationType === type && result.result));
}

// The mean of what was observed, as text; nothing if nothing was.
function mean(groups) {
  const values = populationResults(groups, OBSERVATION).flatMap((result) => result.observations ?? []);
  const sum = values.reduce((all, value) => all + value, 0);
  return values.length === 0 ? 'nothing' : (sum / values.length).toPrecision(DIGITS);
}

// Every figure that is compared, by its place: what was worked out by hand and what fqm-execution has.
function* figures(expected, measure, groupResults) {
  const codes = new Set([...expected.group, ...measure.group].map(groupCode));
  for (const code of codes) {
    const wanted = expected.group.find((group) => groupCode(group) === code);
    const defined = measure.group.find((group) => groupCode(group) === code);
    const groups = groupResults(defined?.id);
    const types = new Set([wanted, defined].flatMap((group) => group?.population ?? []).map(populationCode));
    for (const type of types) {
      const population = wanted?.population.find((one) => populationCode(one) === type);
      yield [`${code} ${type}`, population?.count, populationResults(groups, type).length];
    }
    if (types.has(OBSERVATION)) {
      yield [`${code} mean`, wanted?.measureScore?.value.toPrecision(DIGITS) ?? 'nothing', mean(groups)];
    }
  }
}

// Where fqm-execution has another figure than the one worked out by hand: a line each.
export function differences({ expected, patients }, measure, results) {
  const groupResults = (id) => patients.map((one) => results.get(patientId(one)).find((group) => group.groupId === id));
  return [...figures(expected, measure, groupResults)]
    .filter(([, wanted, found]) => wanted !== found)
    .map(([place, wanted, found]) => `${place}: expected ${wanted}, fqm-execution ${found}`);
}

// By the name of the case, from the list in fqm-exclusions.json: how it is known to differ, and why.
export function exclusions(list) {
  const each = list.flatMap(({ reason, cases }) => Object.entries(cases).map(([name, known]) => [name, { differences: known, reason }]));
  return Object.fromEntries(each);
}

// What speaks against the case, if anything: it differs otherwise than listed, or it is listed and differs no more.
export function fault(name, found, excluded) {
  const { differences: known, reason } = excluded[name] ?? { differences: [] };
  if (found.join() === known.join()) {
    return undefined;
  }
  const listed = reason ? ` Listed as "${known.join('; ')}" for: ${reason}` : '';
  return found.length === 0
    ? `${name}: equal now; take it off fqm-exclusions.json.${listed}`
    : `${name}: ${found.join('; ')}.${listed}`;
}
