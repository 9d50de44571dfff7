/** A description in Spanish, French and Brazilian Portuguese, at most 100 characters each. */
export type Localised = readonly [es: string, fr: string, pt: string];

/** Names of commands, where a language has a plain word; the others are called the same everywhere. */
const names: Readonly<Record<string, Localised>> = {
  deals: ['acuerdos', 'accords', 'acordos'],
  courts: ['tribunales', 'tribunaux', 'tribunais'],
  timeline: ['cronología', 'chronologie', 'cronologia'],
  search: ['buscar', 'chercher', 'buscar'],
  story: ['noticia', 'nouvelle', 'notícia'],
  subscribe: ['suscribir', 'abonner', 'inscrever'],
  subscriptions: ['suscripciones', 'abonnements', 'inscrições'],
  sources: ['fuentes', 'sources', 'fontes'],
  help: ['ayuda', 'aide', 'ajuda'],
};

/** Descriptions of commands, by name. */
const commands: Readonly<Record<string, Localised>> = {
  'ban-status': [
    'Si un país está bajo una prohibición de entrada a EE. UU., desde cuándo y quién lo dice',
    'Si un pays est visé par une interdiction d’entrée aux États-Unis, depuis quand et selon qui',
    'Se um país está sob proibição de entrada nos EUA, desde quando e quem o diz',
  ],
  deals: [
    'Acuerdos de expulsión a terceros países: etapa, cupo, personas enviadas, pagos y fuentes',
    'Accords d’expulsion vers des pays tiers : étape, plafond, personnes envoyées, paiements, sources',
    'Acordos de remoção para terceiros países: etapa, limite, pessoas enviadas, pagamentos e fontes',
  ],
  courts: [
    'Casos judiciales: en qué punto está cada uno y cómo llegó ahí',
    'Affaires en justice : où en est chacune et comment elle en est arrivée là',
    'Processos judiciais: em que pé está cada um e como chegou até aí',
  ],
  timeline: [
    'Qué pasó, paso a paso, con etapa, certeza y enlaces',
    'Ce qui s’est passé, étape par étape, avec degré de certitude et liens',
    'O que aconteceu, passo a passo, com etapa, certeza e links',
  ],
  latest: ['Las noticias más recientes', 'Les dernières nouvelles', 'As notícias mais recentes'],
  search: ['Buscar noticias por palabras', 'Chercher des nouvelles par mots', 'Buscar notícias por palavras'],
  since: ['Lo que me perdí desde un día', 'Ce que j’ai manqué depuis un jour', 'O que perdi desde um dia'],
  story: [
    'Todo sobre una noticia: artículos, quién la dio primero y por qué van juntos',
    'Tout sur une nouvelle : articles, qui l’a donnée en premier, pourquoi ils vont ensemble',
    'Tudo sobre uma notícia: artigos, quem a deu primeiro e por que estão juntos',
  ],
  subscribe: [
    'Avisar a este canal de las novedades',
    'Prévenir ce salon des nouveautés',
    'Avisar este canal sobre novidades',
  ],
  subscriptions: [
    'Ver, pausar o reanudar lo que sigue este canal',
    'Voir, suspendre ou reprendre ce que suit ce salon',
    'Ver, pausar ou retomar o que este canal segue',
  ],
  unsubscribe: ['Dejar de avisar a este canal', 'Ne plus prévenir ce salon', 'Parar de avisar este canal'],
  sources: [
    'Las fuentes que se vigilan y cómo están',
    'Les sources suivies, et leur état',
    'As fontes acompanhadas e como estão',
  ],
  report: [
    'Decir qué está mal en una respuesta: lo leen los operadores, sin guardar tu nombre',
    'Dire ce qui est faux dans une réponse : les opérateurs le lisent, sans garder votre nom',
    'Dizer o que está errado numa resposta: os operadores leem, sem guardar seu nome',
  ],
  help: [
    'Qué hago, qué no hago y de dónde vienen mis datos',
    'Ce que je fais, ce que je ne fais pas, et d’où viennent mes données',
    'O que faço, o que não faço e de onde vêm meus dados',
  ],
};

/** Descriptions of options, by command and option, or by option alone where they mean the same. */
const options: Readonly<Record<string, Localised>> = {
  country: ['un país', 'un pays', 'um país'],
  topic: ['un tema', 'un thème', 'um tema'],
  case: ['un caso: nombre o expediente', 'une affaire : nom ou numéro', 'um processo: nome ou número'],
  channel: ['otro canal en vez de este', 'un autre salon que celui-ci', 'outro canal em vez deste'],
  'ban-status.country': [
    'un país: nombre, gentilicio, código o bandera',
    'un pays : nom, nationalité, code ou drapeau',
    'um país: nome, nacionalidade, código ou bandeira',
  ],
  'ban-status.on': [
    'el día por el que se pregunta, como 2025-07-01 (si no, hoy en Washington)',
    'le jour demandé, par exemple 2025-07-01 (sinon aujourd’hui à Washington)',
    'o dia em questão, como 2025-07-01 (senão, hoje em Washington)',
  ],
  'ban-status.known': [
    'sin lo que se supo después de este día',
    'sans ce qui a été appris après ce jour',
    'sem o que se soube depois deste dia',
  ],
  'timeline.since': [
    'primer día, como 2025-04-01',
    'premier jour, par exemple 2025-04-01',
    'primeiro dia, como 2025-04-01',
  ],
  'timeline.until': ['último día', 'dernier jour', 'último dia'],
  'timeline.format': ['texto, csv o json', 'texte, csv ou json', 'texto, csv ou json'],
  'search.words': ['qué buscar', 'ce qu’il faut chercher', 'o que procurar'],
  'since.date': [
    'un día, como 7d o 2026-07-01',
    'un jour, par exemple 7d ou 2026-07-01',
    'um dia, como 7d ou 2026-07-01',
  ],
  'story.id': [
    'el número de la noticia, como lo muestran los avisos y /latest',
    'le numéro de la nouvelle, comme le montrent les alertes et /latest',
    'o número da notícia, como mostram os avisos e /latest',
  ],
  'subscribe.country': [
    'solo estos países, separados por comas',
    'seulement ces pays, séparés par des virgules',
    'só estes países, separados por vírgulas',
  ],
  'subscribe.topic': ['solo estos temas', 'seulement ces thèmes', 'só estes temas'],
  'subscribe.certainty': ['certeza mínima', 'certitude minimale', 'certeza mínima'],
  'subscribe.stages': ['solo estas etapas', 'seulement ces étapes', 'só estas etapas'],
  'subscribe.languages': [
    'solo medios en estos idiomas (en, es, …)',
    'seulement des médias dans ces langues (en, es, …)',
    'só veículos nestes idiomas (en, es, …)',
  ],
  'subscribe.digest': [
    'al momento, cada hora, cada día o cada semana',
    'aussitôt, chaque heure, chaque jour ou chaque semaine',
    'na hora, a cada hora, todo dia ou toda semana',
  ],
  'subscribe.at': [
    'hora local del resumen diario o semanal, como 08:30',
    'heure locale du résumé quotidien ou hebdomadaire, par exemple 08:30',
    'hora local do resumo diário ou semanal, como 08:30',
  ],
  'subscribe.quiet': [
    'horas de silencio, como 22:00-07:00',
    'heures calmes, par exemple 22:00-07:00',
    'horas de silêncio, como 22:00-07:00',
  ],
  'subscribe.zone': [
    'zona horaria, como America/Bogota',
    'fuseau horaire, par exemple Europe/Paris',
    'fuso horário, como America/Sao_Paulo',
  ],
  'subscribe.updates': [
    'cómo se cuentan los cambios: edición, hilo o mensaje nuevo',
    'comment les changements sont dits : modification, fil ou nouveau message',
    'como as mudanças são contadas: edição, tópico ou nova mensagem',
  ],
  'subscriptions.pause': ['el número de una que pausar', 'le numéro de celle à suspendre', 'o número de uma a pausar'],
  'subscriptions.resume': [
    'el número de una que reanudar',
    'le numéro de celle à reprendre',
    'o número de uma a retomar',
  ],
  'unsubscribe.which': [
    'un número de /subscriptions, o all (todas)',
    'un numéro de /subscriptions, ou all (toutes)',
    'um número de /subscriptions, ou all (todas)',
  ],
  'help.command': ['un comando', 'une commande', 'um comando'],
};

/** `name_localizations` of a command. Interactions still tell its English name. */
export function localisedNames(command: string): { name_localizations?: Record<string, string> } {
  const found = names[command];
  return found ? { name_localizations: inLocales(command, found) } : {};
}

function inLocales(english: string, [es, fr, pt]: Localised): Record<string, string> {
  return { 'en-US': english, 'es-ES': es, 'es-419': es, fr, 'pt-BR': pt };
}

/** `description_localizations` of a command, or of one of its options; with the default language, as Discord advises. */
export function localisedDescriptions(
  english: string,
  command: string,
  option?: string,
): { description_localizations?: Record<string, string> } {
  const found = option === undefined ? commands[command] : (options[`${command}.${option}`] ?? options[option]);
  if (!found) return {};
  return { description_localizations: inLocales(english, found) };
}

/** Every command and option that has a translation, as `command` or `command.option`; an option alone stands for all. */
export const translated: readonly string[] = [...Object.keys(commands), ...Object.keys(options)];
