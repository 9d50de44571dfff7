import type { Phrases } from '../../core/phrases.ts';

type Localised = readonly [es: string, fr: string, pt: string];

/** Names of commands, where a language has a plain word; the others are called the same everywhere. */
const commands: Readonly<Record<string, Localised>> = {
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

/** Names of options; those of operators' commands stay English. */
const options: Readonly<Record<string, Localised>> = {
  country: ['país', 'pays', 'país'],
  on: ['fecha', 'jour', 'data'],
  known: ['conocido', 'connu', 'conhecido'],
  since: ['desde', 'depuis', 'desde'],
  exceptions: ['excepciones', 'exceptions', 'exceções'],
  history: ['historial', 'historique', 'histórico'],
  case: ['caso', 'affaire', 'processo'],
  topic: ['tema', 'thème', 'tema'],
  certainty: ['certeza', 'certitude', 'certeza'],
  until: ['hasta', 'jusque', 'até'],
  page: ['página', 'page', 'página'],
  format: ['formato', 'format', 'formato'],
  words: ['palabras', 'mots', 'palavras'],
  date: ['fecha', 'date', 'data'],
  roles: ['papel', 'rôle', 'papel'],
  sources: ['fuentes', 'sources', 'fontes'],
  hold: ['retener', 'retenir', 'reter'],
  stages: ['etapas', 'étapes', 'etapas'],
  languages: ['idiomas', 'langues', 'idiomas'],
  digest: ['frecuencia', 'fréquence', 'frequência'],
  at: ['hora', 'heure', 'hora'],
  quiet: ['silencio', 'silence', 'silêncio'],
  zone: ['zona', 'fuseau', 'fuso'],
  updates: ['cambios', 'mises-à-jour', 'mudanças'],
  reminders: ['recordatorios', 'rappels', 'lembretes'],
  pause: ['pausar', 'suspendre', 'pausar'],
  resume: ['reanudar', 'reprendre', 'retomar'],
  change: ['cambiar', 'changer', 'mudar'],
  which: ['cuál', 'laquelle', 'qual'],
  add: ['añadir', 'ajouter', 'adicionar'],
  import: ['importar', 'importer', 'importar'],
  test: ['probar', 'essayer', 'testar'],
  remove: ['quitar', 'retirer', 'remover'],
  export: ['exportar', 'exporter', 'exportar'],
  'what-is-wrong': ['qué-está-mal', 'ce-qui-est-faux', 'o-que-está-errado'],
  'answer-to': ['respuesta-a', 'réponse-à', 'resposta-a'],
  command: ['comando', 'commande', 'comando'],
  channel: ['canal', 'salon', 'canal'],
  publish: ['publicar', 'publier', 'publicar'],
  form: ['formulario', 'formulaire', 'formulário'],
};

type Localisations = Record<string, string>;

/** `name_localizations`. Interactions still tell the English name, so that only people meet these. */
export function localisedNames(kind: 'command' | 'option', name: string): { name_localizations?: Localisations } {
  const found = (kind === 'command' ? commands : options)[name];
  return found ? { name_localizations: inLocales(name, found) } : {};
}

/** `description_localizations` from the catalogue; none where it does not know the words. `fit` keeps Discord's limit. */
export function localisedDescriptions(
  english: string,
  phrases: Phrases,
  fit: (words: string) => string,
): { description_localizations?: Localisations } {
  const [es, fr, pt] = ['es', 'fr', 'pt'].map((language) => phrases.text(english, language));
  if (es === undefined || fr === undefined || pt === undefined || es === english) return {};
  return { description_localizations: inLocales(fit(english), [fit(es), fit(fr), fit(pt)]) };
}

/** With the default language, as Discord advises. */
function inLocales(english: string, [es, fr, pt]: Localised): Localisations {
  return { 'en-US': english, 'es-ES': es, 'es-419': es, fr, 'pt-BR': pt };
}

/** Every command and option whose name has a translation. */
export const translated = { commands: Object.keys(commands), options: Object.keys(options) } as const;
