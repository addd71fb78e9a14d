// `npm run brand -- new ID` and `npm run brand -- check [ID]`: packs for integrators.
import { createInterface } from 'node:readline/promises';
import { brandCommand } from './cli.ts';
import { wordsFor } from './words.ts';

const terminal = process.stdin.isTTY
  ? createInterface({ input: process.stdin, output: process.stderr })
  : null;
process.exitCode = await brandCommand(process.argv.slice(2), {
  words: wordsFor(process.env),
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  ask: terminal && ((question) => terminal.question(question)),
});
terminal?.close();
