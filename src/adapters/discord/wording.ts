/** What the adapter itself says, in the languages that it speaks. */
export interface Wording {
  share: string;
  failed: string;
  setUp: string;
  mayNotSpeak(missing: string): string;
  noTestPost(reason: string): string;
  welcome: string;
  /** The first steps, one a line; shown where the bot was just added. */
  firstSteps: readonly string[];
}

const english: Wording = {
  share: 'Share here',
  failed: 'That did not work',
  setUp: 'Borderwire is set up here',
  mayNotSpeak: (missing) =>
    `I may not post in that channel yet. Missing: ${missing}. Grant them to me in the channel’s settings, then try again.`,
  noTestPost: (reason) => `I could not post a test there (${reason}). Check my permissions in that channel.`,
  welcome: 'Hello, this is Borderwire',
  firstSteps: [
    'I watch news and government feeds for US travel bans and deportation deals, and say how sure each report is.',
    'First step: somebody who manages a channel types /subscribe there, or chooses one with its channel option.',
    'Anybody can ask: /ban-status, /timeline, /deals, /help. Answers are private until you share them.',
    'Information, not legal advice. I read no messages.',
  ],
};

const others: Readonly<Record<string, Wording>> = {
  es: {
    share: 'Compartir aquí',
    failed: 'No ha funcionado',
    setUp: 'Borderwire está listo aquí',
    mayNotSpeak: (missing) =>
      `Todavía no puedo publicar en ese canal. Falta: ${missing}. Concédemelo en los ajustes del canal e inténtalo de nuevo.`,
    noTestPost: (reason) => `No he podido publicar una prueba allí (${reason}). Revisa mis permisos en ese canal.`,
    welcome: 'Hola, soy Borderwire',
    firstSteps: [
      'Sigo noticias y fuentes oficiales sobre prohibiciones de viaje a EE. UU. y acuerdos de deportación, y digo qué tan seguro es cada informe.',
      'Primer paso: quien administre un canal escribe allí /subscribe, o elige otro con la opción channel.',
      'Cualquiera puede preguntar: /ban-status, /timeline, /deals, /help. Las respuestas son privadas hasta que las compartes.',
      'Es información, no asesoría legal. No leo mensajes.',
    ],
  },
  fr: {
    share: 'Partager ici',
    failed: 'Cela n’a pas fonctionné',
    setUp: 'Borderwire est prêt ici',
    mayNotSpeak: (missing) =>
      `Je ne peux pas encore publier dans ce salon. Il manque : ${missing}. Accordez-les-moi dans les paramètres du salon, puis réessayez.`,
    noTestPost: (reason) => `Je n’ai pas pu y publier d’essai (${reason}). Vérifiez mes permissions dans ce salon.`,
    welcome: 'Bonjour, ici Borderwire',
    firstSteps: [
      'Je suis l’actualité et les sources officielles sur les interdictions d’entrée aux États-Unis et les accords d’expulsion, et je dis à quel point chaque information est sûre.',
      'Première étape : une personne qui gère un salon y tape /subscribe, ou en choisit un autre avec l’option channel.',
      'Tout le monde peut demander : /ban-status, /timeline, /deals, /help. Les réponses sont privées tant que vous ne les partagez pas.',
      'Information, et non conseil juridique. Je ne lis aucun message.',
    ],
  },
  pt: {
    share: 'Compartilhar aqui',
    failed: 'Não funcionou',
    setUp: 'O Borderwire está pronto aqui',
    mayNotSpeak: (missing) =>
      `Ainda não posso publicar nesse canal. Falta: ${missing}. Conceda-me isso nas configurações do canal e tente de novo.`,
    noTestPost: (reason) => `Não consegui publicar um teste lá (${reason}). Verifique minhas permissões nesse canal.`,
    welcome: 'Olá, aqui é o Borderwire',
    firstSteps: [
      'Acompanho notícias e fontes oficiais sobre proibições de entrada nos EUA e acordos de deportação, e digo quão certa é cada informação.',
      'Primeiro passo: quem gerencia um canal digita /subscribe nele, ou escolhe outro com a opção channel.',
      'Qualquer pessoa pode perguntar: /ban-status, /timeline, /deals, /help. As respostas são privadas até você compartilhar.',
      'É informação, não aconselhamento jurídico. Não leio mensagens.',
    ],
  },
};

/** By the asker's locale, such as `es-419` or `pt-BR`; English for every other. */
export function wordingFor(locale: string): Wording {
  return others[locale.split('-')[0] ?? ''] ?? english;
}
