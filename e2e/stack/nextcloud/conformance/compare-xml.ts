/** Compares XML bodies: same elements in the same order, same meaning in each. */
import type { XmlElement } from '../dav/xml-read.ts';
import { parseXml } from '../dav/xml-read.ts';
import type { Comparison } from './compare-values.ts';
import {
  expectEqual,
  expectEtag,
  expectFileId,
  expectLike,
  expectOcId,
  expectTemplate,
  expectTime,
  note,
} from './compare-values.ts';

type Rule = (comparison: Comparison, where: string, recorded: string, actual: string) => void;

const unixTime: Rule = (comparison, where, recorded, actual) =>
  expectTime(comparison, where, Number(recorded) * 1000, Number(actual) * 1000);
const httpTime: Rule = (comparison, where, recorded, actual) =>
  expectTime(comparison, where, Date.parse(recorded), Date.parse(actual));

/** How leaves of these names are compared; all others must be equal. */
const rules: Readonly<Record<string, Rule>> = {
  getetag: expectEtag,
  getlastmodified: httpTime,
  fileid: expectFileId,
  id: expectOcId,
  'trashbin-deletion-time': unixTime,
  upload_time: unixTime,
  'comments-href': (comparison, where, recorded, actual) =>
    expectFileId(comparison, where, recorded.split('/').at(-1) ?? '', actual.split('/').at(-1) ?? ''),
  stime: unixTime,
  item_source: expectFileId,
  file_source: expectFileId,
  file_parent: expectFileId,
  etag: expectTemplateFree,
  storage: expectTemplateFree,
};

/** Values that say nothing about likeness, such as the number of a storage. */
function expectTemplateFree(): void {
  // Any value will do.
}

/** Compares two documents; a recorded one that was cut is compared as far as it goes. */
export function compareXml(comparison: Comparison, recorded: string, actual: string, isCut: boolean): void {
  const expected = isCut ? closeCutXml(recorded) : recorded;
  const [left, right] = [parseXml(expected), parseXml(actual)];
  compareElements(comparison, '', left, right, isCut);
}

function compareElements(
  comparison: Comparison,
  where: string,
  recorded: XmlElement,
  actual: XmlElement,
  isCut: boolean,
): void {
  const here = `${where}/${recorded.local}`;
  if (recorded.namespace !== actual.namespace || recorded.local !== actual.local) {
    note(comparison, where, `<${recorded.local}> expected, <${actual.local}> found`);
    return;
  }
  if (recorded.children.length === 0 && actual.children.length === 0) {
    compareLeaf(comparison, here, recorded.local, recorded.text, actual.text);
  } else if (recorded.local === 'multistatus') {
    compareResponses(comparison, here, recorded, actual, isCut);
  } else {
    compareChildren(comparison, here, recorded, actual, isCut);
  }
}

function compareLeaf(
  comparison: Comparison,
  where: string,
  name: string,
  recorded: string,
  actual: string,
): void {
  const isOcsId = name === 'id' && where.startsWith('/ocs/');
  if (isOcsId) expectLike(comparison, 'share id', where, recorded, actual);
  else if (recorded !== '' && rules[name]) rules[name](comparison, where, recorded, actual);
  else if (/[<{]/.test(recorded)) expectTemplate(comparison, where, recorded, actual);
  else expectEqual(comparison, where, recorded, actual);
}

function compareChildren(
  comparison: Comparison,
  where: string,
  recorded: XmlElement,
  actual: XmlElement,
  isCut: boolean,
): void {
  if (
    isCut
      ? recorded.children.length > actual.children.length
      : recorded.children.length !== actual.children.length
  ) {
    note(comparison, where, `${names(recorded)} expected, ${names(actual)} found`);
    return;
  }
  for (const [index, child] of recorded.children.entries()) {
    const other = actual.children[index];
    // In a cut document the last branch is the one that was cut.
    const branchIsCut = isCut && index === recorded.children.length - 1;
    if (other) compareElements(comparison, where, child, other, branchIsCut);
  }
}

/** Responses are matched by href: no client relies on the order of a listing. */
function compareResponses(
  comparison: Comparison,
  where: string,
  recorded: XmlElement,
  actual: XmlElement,
  isCut: boolean,
): void {
  const byHref = new Map(actual.children.map((response) => [hrefOf(response), response]));
  if (!isCut && recorded.children.length !== actual.children.length) {
    note(comparison, where, `${hrefs(recorded)} expected, ${hrefs(actual)} found`);
  }
  for (const [index, response] of recorded.children.entries()) {
    const wanted = comparison.likeness.translate(hrefOf(response));
    const other = byHref.get(wanted) ?? sameButTime(comparison, actual, index, response);
    if (other) compareChildren(comparison, `${where} ${hrefOf(response)}`, response, other, false);
    else note(comparison, where, `nothing for ${hrefOf(response)}, only ${hrefs(actual)}`);
  }
}

/** The response at the same place, when the names differ in a time only: trash and versions. */
function sameButTime(
  comparison: Comparison,
  actual: XmlElement,
  index: number,
  recorded: XmlElement,
): XmlElement | undefined {
  const other = actual.children[index];
  const time = /(?:\.d|\/)(\d{10})(?=\/|$)/;
  const [recordedTime, actualTime] = [hrefOf(recorded), other ? hrefOf(other) : ''].map(
    (href) => time.exec(href)?.[1],
  );
  if (!other || recordedTime === undefined || actualTime === undefined) return undefined;
  const kind = hrefOf(recorded).includes('/trashbin/') ? 'trash time' : 'version time';
  expectLike(comparison, kind, hrefOf(recorded), recordedTime, actualTime);
  return comparison.likeness.translate(hrefOf(recorded)) === hrefOf(other) ? other : undefined;
}

function hrefOf(response: XmlElement): string {
  return response.children.find((child) => child.local === 'href')?.text ?? '';
}

function hrefs(multistatus: XmlElement): string {
  return multistatus.children.map(hrefOf).join(' ');
}

function names(element: XmlElement): string {
  return `[${element.children.map((child) => child.local).join(' ')}]`;
}

/** Drops the half element at the end of a cut document and closes what is open. */
function closeCutXml(text: string): string {
  const lastResponse = text.lastIndexOf('</d:response>');
  if (lastResponse >= 0) return `${text.slice(0, lastResponse)}</d:response></d:multistatus>`;
  const whole = text.slice(0, text.lastIndexOf('</') + text.slice(text.lastIndexOf('</')).indexOf('>') + 1);
  const open: string[] = [];
  for (const [, slash, name = '', selfClosing] of whole.matchAll(/<(\/?)([a-z][^\s<>/]*)[^<>]*?(\/?)>/gi)) {
    if (slash === '/') open.pop();
    else if (selfClosing !== '/') open.push(name);
  }
  return (
    whole +
    open
      .toReversed()
      .map((name) => `</${name}>`)
      .join('')
  );
}
