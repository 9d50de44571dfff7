/** What the adapter itself says, in the languages that it speaks. */
export interface Wording {
  share: string;
  failed: string;
  setUp: string;
  mayNotSpeak(missing: string): string;
  noTestPost(reason: string): string;
}

const english: Wording = {
  share: 'Share here',
  failed: 'That did not work',
  setUp: 'Borderwire is set up here',
  mayNotSpeak: (missing) =>
    `I may not post in that channel yet. Missing: ${missing}. Grant them to me in the channel’s settings, then try again.`,
  noTestPost: (reason) => `I could not post a test there (${reason}). Check my permissions in that channel.`,
};

const others: Readonly<Record<string, Wording>> = {
  es: {
    share: 'Compartir aquí',
    failed: 'No ha funcionado',
    setUp: 'Borderwire está listo aquí',
    mayNotSpeak: (missing) =>
      `Todavía no puedo publicar en ese canal. Falta: ${missing}. Concédemelo en los ajustes del canal e inténtalo de nuevo.`,
    noTestPost: (reason) => `No he podido publicar una prueba allí (${reason}). Revisa mis permisos en ese canal.`,
  },
  fr: {
    share: 'Partager ici',
    failed: 'Cela n’a pas fonctionné',
    setUp: 'Borderwire est prêt ici',
    mayNotSpeak: (missing) =>
      `Je ne peux pas encore publier dans ce salon. Il manque : ${missing}. Accordez-les-moi dans les paramètres du salon, puis réessayez.`,
    noTestPost: (reason) => `Je n’ai pas pu y publier d’essai (${reason}). Vérifiez mes permissions dans ce salon.`,
  },
  pt: {
    share: 'Compartilhar aqui',
    failed: 'Não funcionou',
    setUp: 'O Borderwire está pronto aqui',
    mayNotSpeak: (missing) =>
      `Ainda não posso publicar nesse canal. Falta: ${missing}. Conceda-me isso nas configurações do canal e tente de novo.`,
    noTestPost: (reason) => `Não consegui publicar um teste lá (${reason}). Verifique minhas permissões nesse canal.`,
  },
};

/** By the asker's locale, such as `es-419` or `pt-BR`; English for every other. */
export function wordingFor(locale: string): Wording {
  return others[locale.split('-')[0] ?? ''] ?? english;
}
