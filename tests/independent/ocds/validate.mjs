// Judges OCDS 1.1 packages: node validate.mjs FILE… (a .jsonl file holds a package a line). What it says stands in ops/ocds-validate.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { judge } from './judge.mjs';

const here = new URL('.', import.meta.url);
const accepted = readFileSync(new URL('accepted-warnings.csv', here), 'utf8').trim().split('\n').slice(1)
  .map(line => line.split(',')).map(([kind, path]) => ({ kind, path }));
const most = 200;   // lines about one file

async function* packages(file) {
  if (!file.endsWith('.jsonl')) {
    yield [file, readFileSync(file, 'utf8')];
    return;
  }
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) if (++number && line.trim()) yield [`${file}:${number}`, line];
}

const isAccepted = warning => accepted.some(a => a.kind === warning.kind && a.path === warning.path);
let refused = 0;
for (const file of process.argv.slice(2)) {
  const seen = { packages: 0, releases: 0, records: 0, accepted: 0, errors: 0, warnings: 0 };
  for await (const [where, text] of packages(file)) {
    let found;
    try {
      found = judge(JSON.parse(text));
    } catch (broken) {
      found = { errors: [{ path: '', message: broken.message }], warnings: [], releases: 0, records: 0 };
    }
    seen.packages++;
    for (const count of ['releases', 'records']) seen[count] += found[count];
    for (const error of found.errors) if (++seen.errors <= most) console.error(`${where}: error at /${error.path}: ${error.message}`);
    for (const warning of found.warnings) {
      if (isAccepted(warning)) seen.accepted++;
      else if (++seen.warnings <= most) console.error(`${where}: warning ${warning.kind} at ${warning.path}: ${warning.message}`);
    }
  }
  console.log(`${file}: ${seen.packages} packages, ${seen.releases} releases, ${seen.records} records, ${seen.errors} errors, ${seen.warnings} warnings, ${seen.accepted} accepted`);
  if (seen.errors + seen.warnings > 0 || seen.packages === 0) refused++;
}
process.exitCode = refused > 0 ? 1 : 0;
