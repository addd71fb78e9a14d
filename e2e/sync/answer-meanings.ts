import type { FaultName } from './answers.ts';

/** How long an answer is waited for here, in ms. */
export const patience = { usual: 250, assembling: 250 };

/** What an answer means to a request about one path: the code that the person is told, or how the run ended. */
export const usual: Readonly<Record<FaultName, string>> = {
  '400 bad request': 'serverError',
  '400 invalid path': 'nameRefusedByServer',
  '400 short body': 'interrupted',
  '401': 'signedOut',
  '403 forbidden': 'forbidden',
  '403 page of a firewall': 'forbidden',
  '404': 'changing',
  '405': 'serverError',
  '409': 'changing',
  '412': 'changing',
  '413': 'serverError',
  '415': 'serverError',
  '416': 'serverError',
  '423': 'locked',
  '429': 'offline: serverUnavailable',
  '500': 'serverError',
  '500 page': 'serverError',
  '501': 'serverError',
  '502': 'serverError',
  '503 maintenance': 'offline: maintenance',
  '503 page in maintenance': 'offline: maintenance',
  '503': 'serverError',
  '503 account disabled': 'signedOut',
  '503 storage away': 'serverError',
  '504': 'serverError',
  '507': 'quotaFull',
  '200 page': 'malformedAnswer',
  '202 for anything': 'malformedAnswer',
  '204 for anything': 'changing',
  '301': 'serverError',
  '302 to a sign-in': 'serverError',
  'closed before an answer': 'interrupted',
  'closed in mid-answer': 'malformedAnswer',
  'no answer': 'interrupted',
  'no HTTP': 'malformedAnswer',
};

/** Whether it ends the run, whatever was asked. */
export function endsRun(told: string): boolean {
  return told === 'signedOut' || told.startsWith('offline');
}
