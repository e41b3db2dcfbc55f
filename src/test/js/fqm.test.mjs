// What compare-fqm.mjs rests on: node --test src/test/js
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, exclusions, fault } from './fqm-comparison.mjs';
import { spelled } from './fqm-spelling.mjs';

const coded = (code) => ({ code: { coding: [{ code }] } });
const population = (code, count) => ({ ...coded(code), count });
const MEASURE = { group: [{ id: 'g', ...coded('total'), population: [coded('initial-population'), coded('measure-observation')] }] };
const PATIENT = { entry: [{ resource: { resourceType: 'Patient', id: 'p' } }] };

function ofTwoEpisodes(count, mean) {
  const results = (days) => [
    { populationType: 'initial-population', result: true },
    { populationType: 'measure-observation', result: true, observations: [days] },
  ];
  const group = { groupId: 'g', episodeResults: [{ populationResults: results(3) }, { populationResults: results(6) }] };
  const populations = [population('initial-population', count), population('measure-observation', 2)];
  const expected = { group: [{ ...coded('total'), population: populations, measureScore: { value: mean } }] };
  return differences({ expected, patients: [PATIENT] }, MEASURE, new Map([['p', [group]]]));
}

test('each episode counts, and the mean is of all of them', () => {
  assert.deepEqual(ofTwoEpisodes(2, 4.5), []);
});

test('another count and another mean are told by place', () => {
  assert.deepEqual(ofTwoEpisodes(1, 4.6), [
    'total initial-population: expected 1, fqm-execution 2',
    'total mean: expected 4.60000000, fqm-execution 4.50000000',
  ]);
});

test('a population that only one side has is told', () => {
  const expected = { group: [{ ...coded('total'), population: [population('numerator', 1)] }] };
  const results = new Map([['p', [{ groupId: 'g', populationResults: [] }]]]);
  assert.deepEqual(differences({ expected, patients: [PATIENT] }, MEASURE, results), [
    'total numerator: expected 1, fqm-execution 0',
    'total initial-population: expected undefined, fqm-execution 0',
    'total measure-observation: expected undefined, fqm-execution 0',
  ]);
});

test('a case is at fault unless it differs exactly as listed', () => {
  const known = exclusions([{ reason: 'why', cases: { listed: ['a'] } }]);
  assert.equal(fault('other', [], known), undefined);
  assert.equal(fault('listed', ['a'], known), undefined);
  assert.match(fault('other', ['a'], known), /^other: a/);
  assert.match(fault('listed', ['b'], known), /^listed: b.*why/);
  assert.match(fault('listed', [], known), /^listed: equal now; take it off/);
});

const named = (name) => ({ type: 'NamedTypeSpecifier', name });
const overload = (of) => ({ type: 'FunctionDef', name: 'day', operand: [{ operandTypeSpecifier: named(of) }] });
const TODAY = { type: 'Today' };

function bundle(library) {
  const data = Buffer.from(JSON.stringify({ library })).toString('base64');
  const content = [{ contentType: 'application/elm+json', data }];
  return { entry: [{ resource: { library: ['http://a/L|1'] } }, { resource: { resourceType: 'Library', content } }] };
}

function library(expression = {}) {
  const reference = { type: 'FunctionRef', name: 'day', signature: [named('System.Date')] };
  return {
    identifier: { id: 'L' },
    parameters: { def: [{ name: 'As Of', default: TODAY }] },
    statements: { def: [overload('System.Date'), overload('FHIR.date'), { name: 'A', expression: reference }, { name: 'B', expression }] },
  };
}

const elm = (one) => JSON.parse(Buffer.from(one.entry[1].resource.content[0].data, 'base64')).library;

test('the as-of day and the function that is meant are told, and nothing else is changed', () => {
  const given = bundle(library());
  const result = spelled(given, '2025-03-15');
  assert.deepEqual(given, bundle(library()));
  assert.deepEqual(result.entry[0].resource.library, ['http://a/L']);
  const { parameters, statements } = elm(result);
  assert.deepEqual([parameters.def[0].default.type, parameters.def[0].default.day.value], ['Date', '15']);
  assert.deepEqual(statements.def.map((def) => def.expression?.name ?? def.name), ['day(System.Date)', 'day(FHIR.date)', 'day(System.Date)', 'B']);
});

test('a library that asks for the day of the run is refused', () => {
  assert.throws(() => spelled(bundle(library(TODAY)), '2025-03-15'), /asks for the day of the run/);
});

test('a reference to a function that is not there is refused', () => {
  const reference = { type: 'FunctionRef', name: 'day', signature: [named('System.Time')] };
  assert.throws(() => spelled(bundle(library(reference)), '2025-03-15'), /day\(System.Time\), which is not there/);
});
