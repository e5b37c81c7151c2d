// One package against the standard: its schemas (Ajv), its code lists, and what its text demands besides.
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { base, schemasFor } from './schemas.mjs';

const compiled = new Map();

function judgesFor(extensions) {
  const key = [...extensions].sort().join(' ');
  if (!compiled.has(key)) {
    const schemas = schemasFor(extensions);
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(schemas.release, base + 'release-schema.json').addSchema(schemas.versioned, base + 'versioned-release-validation-schema.json');
    compiled.set(key, { ...schemas, forReleases: ajv.compile(schemas.releases), forRecords: ajv.compile(schemas.records) });
  }
  return compiled.get(key);
}

export function judge(document) {
  const found = { errors: [], warnings: [], releases: 0, records: 0 };
  const error = (path, message) => found.errors.push({ path, message });
  const warn = (kind, path, message) => found.warnings.push({ kind, path, message });
  const extensions = Array.isArray(document.extensions) ? document.extensions : [];
  const judges = judgesFor(extensions);
  for (const address of judges.unknown) error('extensions', `${address} is not at hand`);
  const ofRecords = document.records !== undefined;
  const valid = ofRecords ? judges.forRecords : judges.forReleases;
  if (!valid(document)) for (const wrong of valid.errors) error(wrong.instancePath.slice(1), `${wrong.message} ${JSON.stringify(wrong.params)}`);
  if (document.version !== '1.1') error('version', 'is not 1.1');
  if (found.errors.length > 0) return found;

  for (const name of Object.keys(document)) if (!(ofRecords ? judges.records : judges.releases).properties[name]) warn('additional-field', name, 'the standard knows no such field');
  for (const release of document.releases ?? []) look(release, false);
  for (const record of document.records ?? []) {
    found.records++;
    const embedded = record.releases.filter(release => release.ocid !== undefined);
    for (const release of embedded) look(release, false);
    for (const release of embedded) if (release.ocid !== record.ocid) error('records/releases', `${release.ocid} in the record of ${record.ocid}`);
    for (let i = 1; i < record.releases.length; i++) {
      if (Date.parse(record.releases[i - 1].date) > Date.parse(record.releases[i].date)) error('records/releases', 'are not in the order of their dates');
    }
    if (record.compiledRelease) look(record.compiledRelease, true);
  }
  const ids = (document.releases ?? []).map(release => `${release.ocid} ${release.id}`);
  if (new Set(ids).size < ids.length) error('releases', 'an id is there twice');
  return found;

  function look(release, isCompiled) {
    if (!isCompiled) found.releases++;
    if (release.tag.includes('compiled') !== isCompiled) error('tag', `${release.tag}`);
    walk(judges.release, release, '');
    const parties = new Set((release.parties ?? []).map(party => party.id));
    refer(release, '', parties);
    if (!isCompiled) return;
    const awards = new Set((release.awards ?? []).map(award => award.id));
    for (const contract of release.contracts ?? []) if (!awards.has(contract.awardID)) warn('unresolved-award', 'contracts/awardID', contract.awardID);
    const lots = new Set((release.tender?.lots ?? []).map(lot => lot.id));
    related(release, '', lots);
  }

  /** Fields nobody declared, and codes that are in no list. */
  function walk(schema, value, path) {
    if (schema?.$ref) schema = judges.release.definitions[schema.$ref.replace('#/definitions/', '')];
    if (schema?.codelist && value !== null) {
      for (const code of [value].flat()) {
        if (judges.codes[schema.codelist]?.has(code)) continue;
        if (schema.openCodelist) warn('code-not-listed', path, `${code} is not in ${schema.codelist}`);
        else error(path, `${code} is not in ${schema.codelist}`);
      }
    }
    if (Array.isArray(value)) {
      for (const item of value) walk(schema?.items, item, path);
    } else if (value !== null && typeof value === 'object') {
      const patterns = Object.keys(schema?.patternProperties ?? {}).map(pattern => new RegExp(pattern));
      for (const [name, inner] of Object.entries(value)) {
        const at = path ? `${path}/${name}` : name;
        if (schema?.properties?.[name]) walk(schema.properties[name], inner, at);
        else if (!patterns.some(pattern => pattern.test(name))) warn('additional-field', at, 'no declared extension knows such a field');
      }
    }
  }

  function refer(value, path, parties) {
    each(value, path, (inner, at) => {
      if (/(^|\/)(buyer|procuringEntity|seller|tradingCentre|agency|suppliers|tenderers|tenderer|complainant|author|payer|payee)$/.test(at) && !parties.has(inner.id))
        warn('unresolved-party', at, `${inner.id} is not among the parties`);
    });
  }

  function related(value, path, lots) {
    each(value, path, (inner, at) => {
      for (const lot of [inner.relatedLots ?? [], inner.relatedLot ?? []].flat()) if (!lots.has(lot)) warn('unresolved-lot', `${at}/relatedLots`, lot);
    });
  }
}

/** Every object, with the names that lead to it. */
function each(value, path, visit) {
  if (Array.isArray(value)) for (const item of value) each(item, path, visit);
  else if (value !== null && typeof value === 'object') {
    visit(value, path);
    for (const [name, inner] of Object.entries(value)) each(inner, path ? `${path}/${name}` : name, visit);
  }
}
