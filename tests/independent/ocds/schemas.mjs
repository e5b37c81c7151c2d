// The standard's schemas with the extensions a package declares applied, and the code lists of both.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const standard = new URL('1.1.5/', here);
const official = new URL('extensions/', here);
const own = new URL('../../../openapi/ocds/', here);
export const base = 'https://standard.open-contracting.org/schema/1__1__5/';

const json = url => JSON.parse(readFileSync(url, 'utf8'));

/** RFC 7396. */
function patched(target, patch) {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const result = target !== null && typeof target === 'object' && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = patched(result[name], value);
  }
  return result;
}

/** Where the extension of an address lies here; null where it does not. */
function folderOf(address) {
  const ours = /^https?:\/\/[^/]+\/.*?v1\/ocds\/extensions\/([a-z]+)\/extension\.json$/.exec(address);
  const theirs = /\/open-contracting-extensions\/([A-Za-z_]+)\/master\/extension\.json$/.exec(address);
  const folder = ours ? new URL(`${ours[1]}/`, own) : theirs ? new URL(`${theirs[1]}/`, official) : null;
  return folder !== null && existsSync(new URL('extension.json', folder)) ? folder : null;
}

/** RFC 4180. */
function rows(text) {
  const all = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    all.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') all.push([]);
  }
  return all;
}

function addCodes(codes, folder) {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    const name = file.replace(/^[+-]/, '');
    const [head, ...lines] = rows(readFileSync(new URL(encodeURIComponent(file), folder), 'utf8'));
    const listed = lines.map(line => line[head.indexOf('Code')]).filter(Boolean);
    codes[name] = new Set(file.startsWith('+') ? [...codes[name] ?? [], ...listed] : listed);
  }
}

/** What a schema of an extension that is not declared would define: anything. */
function completed(schema) {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/([A-Za-z]+)"/g)) schema.definitions[name] ??= {};
  return schema;
}

export function schemasFor(extensions) {
  let release = json(new URL('release-schema.json', standard));
  let links = {};
  const [unknown, codes] = [[], {}];
  addCodes(codes, new URL('codelists/', standard));
  for (const address of extensions) {
    const folder = folderOf(address);
    if (folder === null) {
      unknown.push(address);
      continue;
    }
    const schema = new URL('release-schema.json', folder);
    if (existsSync(schema)) release = patched(release, json(schema));
    const packaged = new URL('release-package-schema.json', folder);
    if (existsSync(packaged)) links = patched(links, json(packaged).properties);   // it would demand nothing any more besides
    addCodes(codes, new URL('codelists/', folder));
  }
  const wrapped = name => {
    const schema = json(new URL(`${name}-package-schema.json`, standard));
    return { ...schema, properties: { ...schema.properties, ...links } };
  };
  return {
    release: completed(release), releases: wrapped('release'), records: wrapped('record'),
    versioned: json(new URL('versioned-release-validation-schema.json', standard)), codes, unknown,
  };
}
