import { renewPictures } from '../../guides/renew.ts';
import { type Plan, switchesOf } from '../plan.ts';
import { FOR_GALLERY } from '../steps.ts';

/** `npm run guides`: takes the pictures of the guides anew, in docs/pictures. */
export function plan(args: string[]): Plan {
  switchesOf('guides', args, []);
  return { needs: FOR_GALLERY, run };
}

async function run(stop: AbortSignal): Promise<number> {
  await renewPictures((file) => console.log(`docs/pictures/${file}`), stop);
  return 0;
}
