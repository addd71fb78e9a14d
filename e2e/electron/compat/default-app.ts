// electron [flags] [-r module] folder: what Electron's own default app does, for a binary that came without one.
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { join, resolve } from 'node:path';
import { app } from 'electron';

const required: string[] = [];
let target: string | undefined;
const args = process.argv.slice(1);
for (let i = 0; i < args.length && !target; i += 1) {
  const arg = args[i] ?? '';
  if (arg === '-r') required.push(resolve(args[(i += 1)] ?? ''));
  else if (!arg.startsWith('-')) target = resolve(arg);
}
if (!target) {
  process.stderr.write('no program to start\n');
  process.exit(2);
}
const loader = Module as unknown as {
  _preloadModules(files: string[]): void;
  _load(file: string, parent: unknown, isMain: boolean): void;
  _resolveFilename(file: string, parent: null, isMain: boolean): string;
};
Object.assign(process, { defaultApp: true });
loader._preloadModules(required);
const manifest = join(target, 'package.json');
if (existsSync(manifest)) {
  const { name, productName, version } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>;
  const title = productName ?? name ?? 'program';
  app.setName(title);
  Reflect.apply(Reflect.get(app, 'setVersion') as (text: string) => void, app, [version ?? '0.0.0']);
  app.setPath('userData', join(app.getPath('appData'), title));
  Reflect.apply(Reflect.get(app, 'setAppPath') as (path: string) => void, app, [target]);
}
loader._load(loader._resolveFilename(target, null, true), loader, true);
