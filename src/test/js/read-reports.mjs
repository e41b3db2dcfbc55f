// Reads every MeasureReport of a running demo with fhir-kit-client, page by page, and prints a line each.
// node read-reports.mjs http://127.0.0.1:8080/fhir [token]; exit code 0 only if as many reports came as the server says it has.
import { Client } from 'fhir-kit-client';

const PAGE = 5;

function line(report) {
  const figures = report.group.map((group) => {
    const counts = group.population.map((population) => population.count).join('/');
    const score = group.measureScore?.value;
    return `${group.code.coding[0].code} ${counts}${score === undefined ? '' : ` = ${score}`}`;
  });
  return `${report.identifier[0].value} v${report.meta.versionId}: ${figures.join(', ')}`;
}

async function read(baseUrl, token) {
  const client = new Client({ baseUrl, ...(token && { bearerToken: token }) });
  const { fhirVersion } = await client.capabilityStatement();
  if (!fhirVersion.startsWith('4.0.')) {
    throw new Error(`${baseUrl} speaks FHIR ${fhirVersion}, not R4`);
  }
  const reports = new Map();
  let pages = 0;
  let page = await client.search({ resourceType: 'MeasureReport', searchParams: { _count: PAGE } });
  const { total } = page;
  while (page) {
    pages += 1;
    for (const { resource } of page.entry ?? []) {
      if (reports.has(resource.id)) {
        throw new Error(`${resource.id} came twice`);
      }
      reports.set(resource.id, resource);
      console.log(line(resource));
    }
    page = await client.nextPage({ bundle: page });
  }
  return { reports: [...reports.values()], pages, total };
}

const [baseUrl, token] = process.argv.slice(2);
if (!baseUrl) {
  console.error('usage: node read-reports.mjs BASE-URL [TOKEN]');
  process.exit(2);
}
try {
  const { reports, pages, total } = await read(baseUrl, token);
  const reporters = new Set(reports.map(({ reporter }) => reporter.reference ?? reporter.identifier.value));
  console.log(`${reports.length} reports of ${[...reporters].join(', ')} on ${pages} pages`);
  if (total === 0 || reports.length !== total) {
    console.error(`expected ${total} reports`);
    process.exitCode = 1;
  }
} catch (failure) {
  console.error(`${baseUrl} could not be read: ${failure.message}`);
  process.exitCode = 1;
}
