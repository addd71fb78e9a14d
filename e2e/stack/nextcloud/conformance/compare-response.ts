/** Compares a whole answer: status, the headers a client reads, and the body by its type. */
import { gunzipSync } from 'node:zlib';
import { compareJson } from './compare-json.ts';
import type { Comparison } from './compare-values.ts';
import { expectEqual, expectEtag, expectOcId, expectTemplate, expectTime, note } from './compare-values.ts';
import { compareXml } from './compare-xml.ts';
import type { RecordedResponse } from './recordings.ts';
import type { WireResponse } from './wire.ts';

type Rule = (comparison: Comparison, where: string, recorded: string, actual: string) => void;

const date: Rule = (comparison, where, recorded, actual) =>
  expectTime(comparison, where, Date.parse(recorded), Date.parse(actual));
const sameIgnoringCase: Rule = (comparison, where, recorded, actual) =>
  expectEqual(comparison, where, recorded.toLowerCase(), actual.toLowerCase());
const template: Rule = (comparison, where, recorded, actual) =>
  /<[a-z]/.test(recorded)
    ? expectTemplate(comparison, where, recorded, actual)
    : expectEqual(comparison, where, recorded, actual);

/** The headers a client reads. */
const headerRules: Readonly<Record<string, Rule>> = {
  etag: expectEtag,
  'oc-etag': expectEtag,
  'oc-fileid': expectOcId,
  'oc-checksum': expectEqual,
  'x-oc-mtime': expectEqual,
  'x-oc-ctime': expectEqual,
  'x-hash-sha1': expectEqual,
  'x-hash-md5': expectEqual,
  'x-hash-sha256': expectEqual,
  'content-range': expectEqual,
  'content-type': sameIgnoringCase,
  'content-disposition': expectEqual,
  'content-encoding': expectEqual,
  'last-modified': date,
  location: template,
  allow: expectEqual,
  'accept-ranges': expectEqual,
  'www-authenticate': expectEqual,
  'retry-after': expectEqual,
  dav: expectEqual,
};

/** Notes every difference between the recorded answer and the actual one. */
export function compareResponse(
  comparison: Comparison,
  method: string,
  recorded: RecordedResponse,
  actual: WireResponse,
): void {
  if (recorded.status !== actual.status)
    note(comparison, 'status', `${recorded.status} expected, ${actual.status} found`);
  compareHeaders(comparison, recorded, actual);
  compareLength(comparison, method, recorded, actual);
  compareBody(comparison, recorded, actual);
}

function compareHeaders(comparison: Comparison, recorded: RecordedResponse, actual: WireResponse): void {
  const expected = new Map(
    Object.entries(recorded.headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value : [value],
    ]),
  );
  for (const [name, rule] of Object.entries(headerRules)) {
    const left = expected.get(name) ?? [];
    const right = actual.headers[name] ?? [];
    if (left.length !== right.length) {
      note(
        comparison,
        name,
        `${left.length} times expected (${left.join()}), ${right.length} times found (${right.join()})`,
      );
      continue;
    }
    for (const [index, value] of left.entries()) rule(comparison, name, value, right[index] ?? '');
  }
}

/** Content-Length counts where a client relies on it: for downloads. */
function compareLength(
  comparison: Comparison,
  method: string,
  recorded: RecordedResponse,
  actual: WireResponse,
): void {
  const expected = Object.entries(recorded.headers).find(
    ([name]) => name.toLowerCase() === 'content-length',
  )?.[1];
  const type = String(recorded.headers['Content-Type'] ?? recorded.headers['Content-type'] ?? '');
  const isDownload =
    (method === 'GET' || method === 'HEAD') && /^(text\/plain|application\/(octet|x-bin))/.test(type);
  if (!isDownload || typeof expected !== 'string') return;
  expectEqual(comparison, 'content-length', expected, actual.headers['content-length']?.join() ?? 'none');
}

function compareBody(comparison: Comparison, recorded: RecordedResponse, actual: WireResponse): void {
  const isCut = recorded.bodyTruncated !== undefined;
  const type = actual.headers['content-type']?.join() ?? '';
  if (recorded.bodyEncoding !== undefined) {
    compareBinary(comparison, recorded, actual);
  } else if (isCut && recorded.bodyTruncated?.includes('HTML') === true) {
    if (!/<html/i.test(actual.body.toString('utf8'))) note(comparison, 'body', 'an HTML page expected');
  } else if (recorded.body.startsWith('<?xml')) {
    compareXmlSafely(comparison, recorded.body, actual.body.toString('utf8'), isCut);
  } else if (
    /^[[{]/.test(recorded.body) &&
    (/json/.test(type) || recorded.body.startsWith('{"\\/') || recorded.body === '[]')
  ) {
    compareJson(comparison, recorded.body, actual.body.toString('utf8'), isCut);
  } else {
    expectEqual(comparison, 'body', recorded.body, actual.body.toString('utf8'));
  }
}

function compareXmlSafely(comparison: Comparison, recorded: string, actual: string, isCut: boolean): void {
  try {
    compareXml(comparison, recorded, actual, isCut);
  } catch (error) {
    note(comparison, 'body', `cannot be compared as XML: ${String(error)}`);
  }
}

/** Binary bodies are kept as base64, the long ones as their first 256 bytes. */
function compareBinary(comparison: Comparison, recorded: RecordedResponse, actual: WireResponse): void {
  const expected = Buffer.from(recorded.body, 'base64');
  const isWhole = recorded.bodyEncoding === 'base64';
  if (expected.readUInt16BE(0) === 0x504b) {
    expectEqual(
      comparison,
      'zip entries',
      zipNames(expected).join(),
      zipNames(actual.body).slice(0, zipNames(expected).length).join(),
    );
  } else if (expected.readUInt16BE(0) === 0x1f8b) {
    if (actual.body.readUInt16BE(0) !== 0x1f8b) note(comparison, 'body', 'gzip expected');
    else if (isWhole && expected.length > 18) {
      expectEqual(
        comparison,
        'unzipped body',
        gunzipSync(expected).toString(),
        gunzipSync(actual.body).toString(),
      );
    }
  } else {
    const found = isWhole ? actual.body : actual.body.subarray(0, expected.length);
    expectEqual(comparison, 'body', expected.toString('base64'), found.toString('base64'));
  }
}

/** Names in the local headers of a zip, as far as its bytes go. */
function zipNames(zip: Buffer): string[] {
  const names: string[] = [];
  for (let at = zip.indexOf('PK\u0003\u0004'); at >= 0; at = zip.indexOf('PK\u0003\u0004', at + 4)) {
    if (at + 30 <= zip.length)
      names.push(zip.subarray(at + 30, at + 30 + zip.readUInt16LE(at + 26)).toString('utf8'));
  }
  return names;
}
