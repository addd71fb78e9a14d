import { TypedEventEmitter } from 'matrix-js-sdk/lib/models/typed-event-emitter.js';
import type { AccountDataClient } from 'matrix-js-sdk/lib/secret-storage.js';
import { z } from 'zod';
import { ChatError } from '../http/chat-error.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import { sdkShape } from './shapes.ts';

const AnyContent = z.record(z.string(), z.unknown());

/** Reads one account data item from the server; null when there is none. @throws ChatError */
export async function readAccountData(
  http: ChatHttp,
  userId: string,
  type: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    return AnyContent.parse(await http.json('GET', pathOf(userId, type)));
  } catch (error) {
    if (error instanceof ChatError && error.code === 'not-found') return null;
    throw error;
  }
}

/** Writes one account data item. @throws ChatError */
export async function writeAccountData(
  http: ChatHttp,
  userId: string,
  type: string,
  content: object,
): Promise<void> {
  await http.json('PUT', pathOf(userId, type), { body: content });
}

function pathOf(userId: string, type: string): string {
  return `/_matrix/client/v3/user/${encodeURIComponent(userId)}/account_data/${encodeURIComponent(type)}`;
}

/** Account data as the SDK's secret storage asks for it: always from the server, never from a cache. */
export class ServerAccountData extends TypedEventEmitter<never, never> {
  readonly #http: ChatHttp;
  readonly #userId: string;

  constructor(http: ChatHttp, userId: string) {
    super();
    this.#http = http;
    this.#userId = userId;
  }

  getAccountDataFromServer(type: string): Promise<Readonly<Record<string, unknown>> | null> {
    return readAccountData(this.#http, this.#userId, type);
  }

  async setAccountData(type: string, content: object): Promise<object> {
    await writeAccountData(this.#http, this.#userId, type, content);
    return {};
  }

  /** The SDK's type names every event of its client; secret storage uses the two methods above only. */
  asSdk(): AccountDataClient {
    return sdkShape<AccountDataClient>(this);
  }
}
