import type { Article } from '../core/article.ts';
import type { ArticleForm, Reading } from '../core/reading.ts';

/** Headline words and address parts that say what form an article has, in the languages read. First match wins. */
const titles: readonly (readonly [ArticleForm, RegExp])[] = [
  [
    'live-blog',
    /\blive (?:updates|blog|coverage)\b|^live\s*:|\| live$|— live$|\ben (?:directo|vivo|direct)\b|\bao vivo\b|^(?:uživo|drejtpërdrejt)\b|^مباشر/iu,
  ],
  [
    'opinion',
    /^(?:opinion|editorial|op-ed|commentary|comment|column|letters?|guest essay|viewpoint|opinión|análisis y opinión|tribuna|tribune|éditorial|opinião|artigo de opinião|mišljenje|kolumna|komentar|stav|opinione|koment|رأي|افتتاحية)\s*[:|–—-]|\b[|–—] opinion$|^our view\b|^(?!.*\b(?:courts?|judges?|justices|ruling)\b).{3,60}\bmust (?:never|not)\b/iu,
  ],
  [
    'roundup',
    /\bround-?up\b|\bweek in\b|\bas of (?:january|february|march|april|may|june|july|august|september|october|november|december) \d{4}$|\bwho (?:has )?(?:signed|agreed|refused|said yes)[^:]{0,30}\bwho\b|\bbolet[ií]n de (?:\p{L}+)\s*:|\bbilten\b|\bthis week in\b|\bmonth in review\b|\byear in review\b|\b(?:weekly|daily|morning|evening) (?:brief|briefing|digest|newsletter)\b|\bbrief(?:ing)? #?\d+\b|\bin (?:\d+|ten|twelve|a dozen|seven|five) dates\b|^timeline\b|\ba timeline\b|\bat a glance\b|\bwhere (?:things|they) (?:all )?stand\b|\bso far this (?:week|month|year)\b|\bresumen (?:de la semana|semanal)\b|\brevue de presse\b|\bresumo da semana\b|\bpregled (?:sedmice|nedelje|tjedna|vijesti)\b/iu,
  ],
  [
    'explainer',
    /^(?:how|why|inside)\b(?!.*\?$)|\bmarks? .{0,12}\b(?:years?|months?|anniversary)\b|^(?:a|one|two) years? (?:on|since|later)\b|\bqué (?:deben?|necesitan?) saber\b|^[^:]{3,50}: (?:what|how|why|who|where)\b|\bexplain(?:er|ed)\b|\bplain-language guide\b|\ba guide to\b|\bguide:|\bwhat (?:to|you need to|we|.{3,30} needs? to) know\b|\bthings to know\b|\bwhat we know\b|\bq ?& ?a\b|\bfaq\b|\bfrequently asked\b|^factbox\b|^fact check\b|^backgrounder\b|\bexplicador\b|\blo que (?:se sabe|hay que saber)\b|\bclaves (?:para|de)\b|\bdécryptage\b|\bce que l['’]on sait\b|\bentenda\b|\bo que se sabe\b|\bšta (?:znamo|treba znati)\b|\bçfarë dimë\b|ما نعرفه|أسئلة وأجوبة/iu,
  ],
  [
    'reaction',
    /\b(?:react(?:s|ed|ions?)?|condemns?|condemned|slams?|denounces?|denounced|welcomes?|hails?|applauds?|outrage|protest(?:s|ers)?|criticis[em]s?|criticizes?|reaccion\w*|condena\w*|réagi\w*|réactions?|dénonc\w*|condamn\w*|reaç\w*|reagu?j\w*|osud\w*|reagim\w*|dënon\w*)\b.{0,60}\b(?:groups?|ngos?|activists?|advocates?|bishops?|church|opposition|union|amnesty|human rights watch|aclu|lawmakers?|ong|oposición|opposition|oposição|opozicij\w*|nvo)\b|\bun (?:experts?|rights (?:office|chief|body))\b.{0,30}\b(?:urges?|calls?|warns?|slams?|condemns?)\b|\b(?:groups?|ngos?|activists?|advocates?|bishops?|opposition|amnesty|human rights watch|aclu|ong|opozicij\w*)\b.{0,40}\b(?:react|condemn|slam|denounce|welcome|criticis|criticiz|decry|reaccion|dénonc|condamn|osud|dënoj)/iu,
  ],
];

/** Those whose wish is no act of state. */
const petitioners =
  'senators?|lawmakers?|legislators?|democrats?|republicans?|congress(?:man|woman|men|members?)|mps|deputies|families|relatives|lawyers|attorneys|bar association|civil society|church(?:es)?|bishops?|unions?|universit(?:y|ies)|colleges|students?|residents|experts?|activists?|advocates?|groups?|governors?|mayors?|senador[ae]s|congresistas|legisladores|diputad[oa]s|familias|abogad[oa]s|organizaciones|obispos|estudiantes|sénateurs|députés|familles|avocats|associations|étudiants|senadores|deputados|famílias|advogados|estudantes|senatori|poslanici|zastupnici|porodice|obitelji|advokati|odvjetnici|studenti|senatorët|deputetët|familjet|avokatët|studentët|نواب|عائلات|محامون|طلاب|منظمات';
const wishes =
  'urges?|urged|demands?|demanded|calls? (?:on|for)|called (?:on|for)|questions?|asks? (?:rubio|noem|mullin)|piden|pide|exigen|exige|reclaman|instan|demandent|réclament|exigent|pedem|exigem|traže|pozivaju|kërkojnë|يطالب|يطالبون|تطالب';
/** The answers of diplomacy to what came: steps of a state, though not the one that is followed. */
const protests =
  "summons|(?:recalls|recalled) (?:its |the |his |her )?(?:ambassador|envoy)|lodges? protest|protests (?:at|against|over)|convoca (?:al|o|a) (?:embaj|emba|encarg)\\p{L}*|llama a consultas|convoque l['’](?:ambassad|chargé)\\p{L}*|rappelle son ambassad\\p{L}*|povlači ambasador\\p{L}*|veleposlanik\\p{L}* pozvan|تستدعي السفير|تستدعي القائم";
const diplomatic = new RegExp(`(?<!\\p{L})(?:${protests})(?!\\p{L})`, 'iu');

/** Whether a headline tells a government's protest: what it protests against may be news that nobody else tells. */
export function isProtest(title: string): boolean {
  return diplomatic.test(title.slice(0, 300));
}

/** Fear of what may come, and protests. */
const feelings =
  "fear(?:s|ed|ing)?|worr(?:y|ies|ied)|brac(?:e|es|ing) for|dreads?|anxious|uneasy|tem(?:en|em|e)|preocupa\\w*|craignent|redoutent|s['’]inquièt\\p{L}+|strahuj[ue]|zabrinut\\p{L}*|druhen|kanë frikë|يخشى|يخشون";
/** `Washington urges Examplia to take …` is an act. */
const american =
  '(?<!\\p{L})(?:US|U\\.S\\.|Washington|Trump|White House|State Department|administration|DHS|Rubio|EE\\.? ?UU\\.?|États-Unis|EUA|SAD|SHBA|واشنطن)(?!\\p{L})';
const answered = new RegExp(
  `(?<!\\p{L})(?:${petitioners})(?!\\p{L}).{0,40}(?<!\\p{L})(?:${wishes})(?!\\p{L})|^(?!.{0,60}${american}.{0,40}(?:${feelings}|${protests})).{0,80}(?<!\\p{L})(?:${feelings}|${protests})(?!\\p{L})`,
  'iu',
);

const addresses: readonly (readonly [ArticleForm, RegExp])[] = [
  ['live-blog', /\/(?:live|liveblog|live-updates|en-directo|en-direct|ao-vivo)\//i],
  [
    'opinion',
    /\/(?:opinions?|editorials?|commentary|commentisfree|op-ed|columnists?|opinion-es|opinio|tribunes?|kolumne)\//i,
  ],
  ['explainer', /\/(?:explainers?|factbox|fact-check)\//i],
  ['roundup', /\/(?:newsletters?|roundup|briefing)\//i],
];

/** The form of an article, from its headline and address. Forms other than news are context in a story. */
export function formOf(article: Pick<Article, 'title' | 'url'>): ArticleForm {
  const byTitle = titles.find(([, pattern]) => pattern.test(article.title.slice(0, 300)));
  if (byTitle !== undefined) return byTitle[0];
  if (answered.test(article.title.slice(0, 300))) return 'reaction';
  const byAddress = addresses.find(([, pattern]) => pattern.test(article.url ?? ''));
  return byAddress?.[0] ?? 'news';
}

/** Headline words of what a measure in force does to people, or of how long ago it began. */
const aftermath =
  /\b(?:strand(?:s|ed|ing)|bites?|in limbo|(?:torn|kept|keeps?) apart|separat(?:ed|es)|struggl\w+|cop(?:e|es|ing) with|heartbr\w+|dreams?|dashed|(?:loses?|lost|losing|lack|lacks|short of)|empty|toll|fallout|(?:(?:one|two|a|six|\d+) )?(?:years?|months?) (?:on|later|into)\b|anniversary|varad[oa]s|en el limbo|separad[oa]s|un año después|dans l['’]incertitude|séparé\w*|un an après|no limbo|retid[oa]s|um ano depois|u neizvjesnosti|u neizvesnosti|godinu (?:dana )?(?:poslije|posle|kasnije|nakon)|një vit (?:pas|më vonë)|në pasiguri)(?![\p{L}])|عالق|بعد عام|بعد مرور عام/iu;
const dayMs = 86_400_000;
/** From this many days on, a ban that took effect is no longer news. */
const oldDays = 14;

/**
 * Whether an article about an entry ban only tells what the ban does to people: its headline tells no step, and the ban
 * that it speaks of took effect weeks ago or is told by its consequences.
 */
export function isAftermath(
  { title, publishedAt }: Pick<Article, 'title' | 'publishedAt'>,
  { matters, stage, effectiveDate }: Pick<Reading, 'matters' | 'stage' | 'effectiveDate'>,
  titleTells: boolean,
): boolean {
  if (titleTells || matters[0]?.id.startsWith('ban/') !== true) return false;
  if (aftermath.test(title)) return true;
  return (
    stage === 'effective' &&
    effectiveDate !== null &&
    Date.parse(publishedAt) - Date.parse(effectiveDate) > oldDays * dayMs
  );
}
