import { describe, expect, it } from 'vitest';
import { compareResponse } from './compare-response.ts';
import { Likeness } from './likeness.ts';
import type { RecordedExchange, RecordedResponse } from './recordings.ts';
import { groups, readGroup, shortId } from './recordings.ts';
import type { WireResponse } from './wire.ts';

/** Recorded answers whose body was kept whole. */
const whole = groups
  .flatMap(readGroup)
  .flatMap((exchange) => (exchange.response ? [{ exchange, response: exchange.response }] : []))
  .filter(({ response }) => response.bodyTruncated === undefined && response.bodyEncoding === undefined);

function asAnswer(response: RecordedResponse): WireResponse {
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name.toLowerCase(),
    [value].flat(),
  ]);
  return { status: response.status, headers: Object.fromEntries(headers), body: Buffer.from(response.body) };
}

function differences(exchange: RecordedExchange, recorded: RecordedResponse, actual: WireResponse): string[] {
  const at = Date.parse(String(recorded.headers.Date));
  const comparison = {
    likeness: new Likeness(),
    host: '{host}',
    recordedAt: at,
    replayedAt: at,
    differences: [],
  };
  compareResponse(comparison, exchange.request.method, recorded, actual);
  return comparison.differences;
}

describe('the comparison', () => {
  it('finds every recorded answer like itself', () => {
    const unlike = whole.filter(
      ({ exchange, response }) => differences(exchange, response, asAnswer(response)).length > 0,
    );
    expect(unlike.map(({ exchange }) => shortId(exchange))).toEqual([]);
    expect(whole.length).toBeGreaterThan(480);
  });

  const body = (from: RegExp, to: string) => (answer: WireResponse) => ({
    ...answer,
    body: Buffer.from(answer.body.toString('utf8').replace(from, to)),
  });
  const without = (name: string) => (answer: WireResponse) => ({
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([each]) => each !== name)),
  });

  it.each([
    ['another status', 480, (answer: WireResponse) => ({ ...answer, status: answer.status + 1 })],
    ['a lost etag', 100, without('etag')],
    ['a lost file id', 100, without('oc-fileid')],
    ['a lost content type', 400, without('content-type')],
    ['another exception', 100, body(/Exception\\/, 'Exceptions\\')],
    ['another permission', 15, body(/<oc:permissions>\w/, '<oc:permissions>X')],
    ['another size', 15, body(/<oc:size>/, '<oc:size>9')],
    ['another mtime', 20, body(/<d:getlastmodified>\w+, \d+/, '<d:getlastmodified>Mon, 01')],
    ['a lost property', 20, body(/<d:resourcetype\/>|<d:resourcetype>.*?<\/d:resourcetype>/, '')],
    [
      'a lost response',
      10,
      body(/<d:response>(?:(?!<d:response>).)*<\/d:response><\/d:multistatus>/, '</d:multistatus>'),
    ],
    ['another OCS code', 60, body(/"statuscode":\d+/, '"statuscode":999')],
    ['a lost key', 20, body(/"permissions":\d+,/, '')],
    ['a number where a text was', 20, body(/"id":"(\d+)"/, '"id":$1')],
  ])('notices %s', (_what, atLeast, change) => {
    const changed = whole
      .map(({ exchange, response }) => ({
        exchange,
        response,
        answer: asAnswer(response),
        after: change(asAnswer(response)),
      }))
      .filter(({ answer, after }) => JSON.stringify(answer) !== JSON.stringify(after));
    const unnoticed = changed.filter(
      ({ exchange, response, after }) => differences(exchange, response, after).length === 0,
    );
    expect(unnoticed.map(({ exchange }) => shortId(exchange))).toEqual([]);
    expect(changed.length).toBeGreaterThanOrEqual(atLeast);
  });

  it('notices when one etag becomes two, and when two become one', () => {
    const likeness = new Likeness();
    expect(likeness.pair('etag', 'a', '1')).toBeNull();
    expect(likeness.pair('etag', 'a', '1')).toBeNull();
    expect(likeness.pair('etag', 'a', '2')).toContain('was 1 before');
    expect(likeness.pair('etag', 'b', '1')).toContain('stands for a already');
    expect(likeness.pair('file id', 'b', '1')).toBeNull();
  });
});
