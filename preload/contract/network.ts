import { z } from 'zod';
import { event, Nothing, request } from './channel.ts';
import { Label, Timestamp } from './values.ts';

const QuestionId = z.string().max(100);
/** A host, with its port where it is not the usual one. */
const Host = z.string().max(300);

/** A certificate of the person's, as they recognise it. */
export const OwnCertificate = z.strictObject({
  fingerprint: z.string().max(200),
  subject: Label,
  issuer: Label,
  validUntil: Timestamp,
});
export type OwnCertificate = z.infer<typeof OwnCertificate>;

/** Who asks on the way to the servers, and for what. */
export const NetworkQuestion = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('proxy'),
    id: QuestionId,
    proxy: Host,
    /** What the proxy calls itself. */
    realm: z.string().max(300),
    user: z.string().max(500),
    wasRefused: z.boolean(),
    mayRemember: z.boolean(),
  }),
  /** A server of calls or services that the organisation lets ask. */
  z.strictObject({
    kind: z.literal('server'),
    id: QuestionId,
    host: Host,
    /** What the server calls what it guards. */
    realm: z.string().max(300),
    user: z.string().max(500),
    wasRefused: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('own-certificate'),
    id: QuestionId,
    host: Host,
    choices: z.array(OwnCertificate).min(1).max(100),
  }),
]);
export type NetworkQuestion = z.infer<typeof NetworkQuestion>;

/** A server that is not spoken to because it can't prove who it is. What is told helps those who run it. */
export const DoubtfulServer = z.strictObject({
  host: Host,
  reason: z.enum(['ended', 'not-begun', 'unknown-authority', 'other-name', 'revoked', 'other']),
  subject: Label,
  issuer: Label,
  validFrom: Timestamp,
  validUntil: Timestamp,
  /** Chromium's own word, for whoever looks it up. */
  code: z.string().max(100),
});
export type DoubtfulServer = z.infer<typeof DoubtfulServer>;

/**
 * Whether the organisation's servers are reached, by what the last requests to them said: `silent` nobody answers,
 * `stranger` somebody else does (the page of a guests' network, for instance).
 */
export const Reach = z.enum(['reached', 'no-network', 'silent', 'stranger']);
export type Reach = z.infer<typeof Reach>;

/** How the way to the servers is. */
export const NetworkView = z.strictObject({
  /** The question that waits for the person. */
  question: NetworkQuestion.nullable(),
  doubtful: z.array(DoubtfulServer).max(20),
});
export type NetworkView = z.infer<typeof NetworkView>;

/** The way to the servers: who asks on it, and who is not trusted. */
export const network = {
  audience: 'app',
  requests: {
    view: request({ request: Nothing, answer: NetworkView }),
    /** The chat hears its server, or no longer; the answer is what is known at once, `reachChanged` tells the rest. */
    tellReach: request({
      request: z.strictObject({ isReached: z.boolean() }),
      answer: z.strictObject({ reach: Reach }),
    }),
    /** Signs in at the proxy or server that asked; null leaves it. The password is kept by the system's key store at most. */
    answerProxy: request({
      request: z.strictObject({
        id: QuestionId,
        answer: z
          .strictObject({
            user: z.string().min(1).max(500),
            password: z.string().max(4000),
            remember: z.boolean(),
          })
          .nullable(),
      }),
      answer: Nothing,
    }),
    /** Shows one of the person's certificates to the server that asked; null shows none. */
    chooseCertificate: request({
      request: z.strictObject({ id: QuestionId, fingerprint: z.string().max(200).nullable() }),
      answer: Nothing,
    }),
  },
  events: {
    changed: event(NetworkView, 'latest'),
    reachChanged: event(z.strictObject({ reach: Reach }), 'latest'),
  },
} as const;
