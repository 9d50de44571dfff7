/** Months by the first letters that tell them apart, in the languages that feeds are dated in. 0 = January. */
export const months: ReadonlyMap<string, number> = new Map(
  (
    [
      'jan january januar janvier enero ene janeiro gennaio gen januari styczeń stycznia sty янв января ianuarie ocak oca ιαν ιανουαρίου januar január janu tammikuu leden ledna siječanj janar janye يناير',
      'feb february februar février févr fevrier fév fev febrero fevereiro febbraio februari lutego luty lut фев февраля februarie şubat şub φεβ februára febr február helmikuu veljača shkurt fevriye фебруар فبراير',
      'mar march märz mrz mars marzo março marco maart marca mrt marzec мар марта mart μάρ μαρ márc március maaliskuu ožujak mas مارس',
      'apr april avril avr abril abr aprile kwiecień kwietnia kwi апр апреля aprilie nisan nis απρ ápr április huhtikuu travanj prill أبريل ابريل',
      'may mai mayo maio maggio mag mei maj maja мая май mayıs μάι μαι μαϊ máj május toukokuu svibanj me мај مايو',
      'jun june juni juin junio junho giugno giu czerwiec czerwca cze июн июня iunie haziran haz ιούν ιουν jún június kesäkuu lipanj qershor jen јун يونيو',
      'jul july juli juillet juil julio julho luglio lug lipiec lipca lip июл июля iulie temmuz tem ιούλ ιουλ júl július heinäkuu srpanj korrik jiyè јул يوليو',
      'aug august août aout agosto ago augustus sierpień sierpnia sie авг августа ağustos ağu αύγ αυγ augusztus elokuu kolovoz gusht out август أغسطس اغسطس',
      'sep sept september septembre septiembre setembro set settembre wrzesień września wrz сен сент сентября septembrie eylül eyl σεπ szept szeptember syyskuu rujan shtator septanm септембар سبتمبر',
      'oct october oktober okt octobre octubre outubro ottobre ott październik października paź окт октября octombrie ekim eki οκτ október lokakuu listopad tetor oktòb октобар أكتوبر اكتوبر',
      'nov november novembre noviembre novembro nov listopada lis ноя ноября noiembrie kasım kas νοέ νοε novemberi marraskuu studeni nëntor novanm новембар نوفمبر',
      'dec december dezember dez décembre decembre déc diciembre dic dezembro dicembre grudzień grudnia gru дек декабря decembrie aralık ara δεκ joulukuu prosinac dhjetor desanm децембар desember des ديسمبر',
    ] as const
  ).flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index])),
);

/** Offsets in minutes of the zone names that feeds use. An unknown name reads as UTC. */
export const zones: ReadonlyMap<string, number> = new Map(
  Object.entries({
    est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360, mst: -420, mdt: -360, mt: -420, pst: -480, pdt: -420, pt: -480,
    akst: -540, akdt: -480, hst: -600, ast: -240, adt: -180, nst: -210, ndt: -150, brt: -180, art: -180, clt: -240, cot: -300,
    wet: 0, west: 60, bst: 60, ist: 330, cet: 60, cest: 120, met: 60, mest: 120, mez: 60, mesz: 120, eet: 120, eest: 180,
    msk: 180, msd: 240, trt: 180, sast: 120, cat: 120, eat: 180, wat: 60, irst: 210, gst: 240, pkt: 300, npt: 345, ict: 420, wib: 420,
    hkt: 480, sgt: 480, awst: 480, pht: 480, jst: 540, kst: 540, acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
  }),
);
