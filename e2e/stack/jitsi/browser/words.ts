/** The few words of the stand-in's own pages. The product has its own dictionaries. */
const FR = {
  notice: 'Ce serveur de démonstration tient lieu de Jitsi Meet',
  you: 'Vous',
  join: 'Rejoindre',
  joinTitle: 'Rejoindre la réunion',
  name: 'Votre nom',
  connecting: 'Connexion à la réunion…',
  lobby: 'Vous êtes dans le sas',
  lobbyMore: 'On va vous faire entrer.',
  password: 'Mot de passe de la réunion',
  passwordTitle: 'La réunion est protégée',
  alone: 'Vous êtes la première personne ici',
  left: 'Vous avez quitté la réunion',
  denied: 'On ne vous a pas laissé entrer',
  ended: 'La réunion est finie',
  kicked: 'Vous avez été retiré de la réunion',
  token: 'Ce serveur demande un jeton pour entrer',
  lost: 'La connexion à la réunion est perdue',
  shares: 'partage son écran',
  youShare: 'Vous partagez votre écran',
  handUp: 'main levée',
  soundOff: 'micro coupé',
  hear: 'Activer le son',
  microphone: 'Micro',
  camera: 'Caméra',
  desktop: 'Partager',
  raisehand: 'Main',
  tileview: 'Mosaïque',
  hangup: 'Quitter',
};

/** Every text the pages show, in one language. */
export type Words = typeof FR;

const EN: Words = {
  notice: 'This demonstration server stands in for Jitsi Meet',
  you: 'You',
  join: 'Join',
  joinTitle: 'Join the meeting',
  name: 'Your name',
  connecting: 'Connecting to the meeting…',
  lobby: 'You are in the lobby',
  lobbyMore: 'Somebody will let you in.',
  password: 'Password of the meeting',
  passwordTitle: 'The meeting is protected',
  alone: 'You are the first one here',
  left: 'You left the meeting',
  denied: 'You were not let in',
  ended: 'The meeting is over',
  kicked: 'You were removed from the meeting',
  token: 'This server asks for a token to enter',
  lost: 'The connection to the meeting is lost',
  shares: 'is sharing their screen',
  youShare: 'You are sharing your screen',
  handUp: 'hand raised',
  soundOff: 'muted',
  hear: 'Turn on the sound',
  microphone: 'Microphone',
  camera: 'Camera',
  desktop: 'Share',
  raisehand: 'Hand',
  tileview: 'Tiles',
  hangup: 'Leave',
};

export function wordsIn(lang: 'fr' | 'en'): Words {
  return lang === 'fr' ? FR : EN;
}
