/** Query parameters that say where a reader came from, not what is read. Lower case. */
export const trackerParameters: ReadonlySet<string> = new Set(
  `
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id rdt_cid epik
    irclickid scid sc_cid s_cid s_kwcid ef_id mc_cid mc_eid mkt_tok _hsenc _hsmi __hstc __hssc __hsfp
    hsctatracking vero_id _ga _gl _openstat wt.mc_id wt.mc_ev wt.nav wt_mc xtor spm scm zanpid oc ref ref_src
    ref_url referrer referer reflink rss ocid ncid icid cvid guccounter guce_referrer guce_referrer_sig
    traffic_source sourceid smid smtyp partner emc ftag intcmp int_cmp cmp cmpid campaign_id srnd sref leadsource
    taid ito mod mbid share sharetype shared share_id feature fb_ref fb_source fb_action_ids fb_action_types
    action_object_map action_type_map action_ref_map algorithm ns_mchannel ns_source ns_campaign ns_linkname
    ns_fee nlid newsletter recruiter trk trkcampaign elqtrackid cb_rec tpcc amp amp_js_v outputtype amp_gsa usqp
    sessionid jsessionid phpsessid vgo_ee
  `
    .trim()
    .split(/\s+/),
);

/** Families of such parameters. */
export const trackerPrefixes = [
  'utm_',
  'utm-',
  'at_',
  'itm_',
  'hsa_',
  'pk_',
  'mtm_',
  'piwik_',
  'matomo_',
  'stm_',
  'oly_',
  'gaa_',
];

/** Parameters that choose a form of the page and not what it says: mobile and AMP forms. */
export const formParameter = /^(m=[01]|_?amp(=.*)?|(output|view|mode|platform)=(amp|mobile))$/;

/** Second homes of sites that serve the same under both. */
export const hostAliases: Readonly<Record<string, string>> = {
  'bbc.co.uk': 'bbc.com',
  'us.cnn.com': 'cnn.com',
  'guardian.co.uk': 'theguardian.com',
};

/** Parameters that name the article where the path does not (`/story.php?id=7`). Lower case, in no order. */
export const articleParameter =
  /^(id|p|aid|nid|pid|v|[a-z]*(article|story|news|doc|document|post|item|entry|content|page)_?(id|no|number)?)$/;
