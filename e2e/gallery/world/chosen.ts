import type { OfferedFolder } from '../../../preload/contract/chosen-folders.ts';

const MO = 1024 * 1024;

const offer = (path: string, size: number, rest: Partial<OfferedFolder> = {}): OfferedFolder => ({
  path,
  bytes: size * MO,
  sharedBy: null,
  standing: { is: 'free' },
  ...rest,
});

/** What Nadia has on the server. */
export const offered: readonly OfferedFolder[] = [
  offer('Documents', 310),
  offer('Documents/Modèles', 24),
  offer('Documents/Notes de service', 118),
  offer('Marchés publics', 5400, { sharedBy: 'Direction de la commande publique' }),
  offer('Photothèque', 61_000, { sharedBy: 'Claire Vidal' }),
  offer('Photothèque/2025', 27_000, { sharedBy: 'Claire Vidal' }),
  offer('Photothèque/2026', 34_000, { sharedBy: 'Claire Vidal' }),
  offer('Projets', 820, { standing: { is: 'kept', folder: 'Projets' } }),
  offer('Projets/Berges', 310, { standing: { is: 'inside', folder: 'Projets' } }),
  offer('Salons', 2900, { standing: { is: 'around', folder: 'Coupe du monde de rugby' } }),
  offer('Salons/Coupe du monde de rugby', 640, {
    standing: { is: 'kept', folder: 'Coupe du monde de rugby' },
  }),
];
