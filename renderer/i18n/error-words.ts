import type { ContractError } from '../../preload/contract/channel.ts';
import type { ProblemCode } from '../../preload/contract/files.ts';
import type { CommandError } from '../matrix/protocol.ts';
import type { Words } from './index.ts';

/** Anything that can go wrong, from main, from the chat, or with one file. */
export type AnyError =
  | { readonly from: 'main'; readonly error: ContractError }
  | { readonly from: 'chat'; readonly error: CommandError }
  | { readonly from: 'file'; readonly code: ProblemCode; readonly detail: string };

/** What a person reads: what happened, what was kept, what to do; `details` is for who helps them. */
export interface ErrorWords {
  readonly title: string;
  readonly kept: string;
  readonly action: string;
  readonly details: string;
}

/** The words of an error in the person's language. */
export function errorWords(problem: AnyError, { t }: Words): ErrorWords {
  const details = detailsOf(problem);
  switch (problem.from) {
    case 'main': {
      const key = problem.error.messageKey;
      return { title: t(`${key}.title`), kept: t(`${key}.kept`), action: t(`${key}.action`), details };
    }
    case 'chat': {
      const key = `errors:command.${problem.error.code}` as const;
      return { title: t(`${key}.title`), kept: t(`${key}.kept`), action: t(`${key}.action`), details };
    }
    case 'file': {
      const key = `errors:problem.${problem.code}` as const;
      return { title: t(`${key}.title`), kept: t(`${key}.kept`), action: t(`${key}.action`), details };
    }
  }
}

function detailsOf(problem: AnyError): string {
  switch (problem.from) {
    case 'main': {
      const { code, messageKey, details } = problem.error;
      return [
        messageKey.replace(/^errors:/, ''),
        code,
        ...Object.entries(details).map(([k, v]) => `${k}=${v}`),
      ].join(' ');
    }
    case 'chat':
      return `chat.${problem.error.code} ${problem.error.detail}`.trim();
    case 'file':
      return `file.${problem.code} ${problem.detail}`.trim();
  }
}
