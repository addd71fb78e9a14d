import type { z } from 'zod';
import type { Message } from '../../preload/contract/messages.ts';
import { AppError } from '../contract/app-error.ts';
import type { Http, HttpAnswer, HttpRequest } from './http.ts';
import { HttpError } from './http-error.ts';

/** Which of the servers an error is about. */
export type Service = 'chat' | 'files' | 'conference';

/** Asks a server of the account; what keeps an answer from coming becomes an error the person can read. */
export async function ask(http: Http, service: Service, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await http(request);
  } catch (error) {
    throw error instanceof HttpError ? unanswered(error, service, request.url) : error;
  }
}

function unanswered(error: HttpError, service: Service, url: string): AppError {
  const details = { host: URL.parse(url)?.host ?? '' };
  return new AppError(messageOf(error, service), details, error);
}

function messageOf({ failure }: HttpError, service: Service): Message {
  switch (failure) {
    case 'offline':
      return 'offline.network';
    case 'unreachable':
      return `unreachable.${service}`;
    case 'certificate':
      return `certificate.${service}`;
    case 'own-certificate':
      return 'certificate.own';
    case 'timeout':
      return service === 'conference' ? 'unreachable.conference' : `timeout.${service}`;
    case 'cancelled':
      return 'cancelled.request';
    case 'too-large':
      return `not-a-server.${service}`;
    case 'insecure':
      return 'unsupported.insecure';
  }
}

/** The answer's JSON in the shape it should have, null when it is something else (a web page, for instance). */
export function jsonOf<T>(answer: HttpAnswer, schema: z.ZodType<T>): T | null {
  try {
    const result = schema.safeParse(JSON.parse(answer.text));
    return result.success ? result.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** As jsonOf, for an answer that only a server of another kind would not give. Throws `not-a-server`. */
export function expectJson<T>(answer: HttpAnswer, service: Service, schema: z.ZodType<T>): T {
  const json = jsonOf(answer, schema);
  if (json === null) {
    throw new AppError(`not-a-server.${service}`, {
      host: new URL(answer.url).host,
      status: answer.status,
    });
  }
  return json;
}
