import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { compiledPlace } from '../../../main/sync/cli/journal-place.ts';
import { nodeFlags } from '../../../main/sync/cli/node-flags.ts';

const pair = z.object({
  url: z.string(),
  user: z.string(),
  password: z.string(),
  remote: z.string(),
  local: z.string(),
  journal: z.string(),
});

/** What a program that holds the engine is to do; it is a process of its own, for its memory to be its own. */
export const jobSchema = z.discriminatedUnion('kind', [
  /** Runs to rest so many times; the first may find something to do. */
  z.object({ kind: z.literal('runs'), pair, times: z.number() }),
  /** One bare request of the file at `local`, there or back. */
  z.object({ kind: z.enum(['barePut', 'bareGet']), pair }),
  /** The first look at a folder, with nothing known of it. */
  z.object({ kind: z.literal('firstScan'), local: z.string() }),
  /** Makes the journal of a folder, with a server in memory that has all of it. */
  z.object({ kind: z.literal('join'), local: z.string(), journal: z.string(), files: z.number() }),
  /** Opens that journal and looks at everything. */
  z.object({ kind: z.literal('laterStart'), local: z.string(), journal: z.string(), etag: z.string() }),
  /** Watches for so many seconds in which nothing happens. */
  z.object({ kind: z.literal('idle'), pair, seconds: z.number() }),
  /** Runs so many times, a file here being another each time. */
  z.object({ kind: z.literal('flat'), pair, times: z.number() }),
]);
export type Job = z.infer<typeof jobSchema>;
export type JobPair = z.infer<typeof pair>;

const answerSchema = z.object({
  /** Of each run, in seconds. */
  seconds: z.array(z.number()),
  requests: z.number().optional(),
  peakMb: z.number(),
  etag: z.string().optional(),
  /** Kept after 100 runs, and at the end. */
  kept: z.array(z.object({ heapMb: z.number(), openFiles: z.number() })).optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** Has a job done by a new process. */
export async function doJob(job: Job): Promise<Answer> {
  const program = join(import.meta.dirname, 'worker.ts');
  const args = [...nodeFlags, '--expose-gc', program, JSON.stringify(job)];
  // As the command does: else the memory is half that of what strips the types.
  const env = { ...process.env, NODE_COMPILE_CACHE: compiledPlace(process.env) };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resume) => child.on('close', resume));
  if (code !== 0) throw new Error(`${job.kind} ended with ${String(code)}`);
  return answerSchema.parse(JSON.parse(output));
}
