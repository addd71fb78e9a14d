import { interrupted } from '../interrupted.ts';

export async function run(): Promise<number> {
  await interrupted();
  return 1;
}
