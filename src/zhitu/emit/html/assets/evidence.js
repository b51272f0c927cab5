/* zhitu: the words behind a relation. Those of one region stand in one file, read when they are first asked for. */
"use strict";

var zhituEvidence = (() => {
  /** relation, year, status, quote, report, claim, who @typedef {[string, number, string, string, string, string, string]} Words */
  /** @type {Map<string, {reports: Record<string, string>, policies: Record<string, Words[]>}>} */
  const known = new Map();

  /** Called by the files. @param {string} region @param {any} content */
  function give(region, content) { known.set(region, content); }

  /** What the reports of a region say of a policy. @param {string} region @param {string} policy */
  async function of(region, policy) {
    if (!known.has(region)) await zhitu.load(`evidence/${region}.js`);
    const content = known.get(region);
    return { words: content?.policies[policy] || [], reports: content?.reports || {} };
  }

  /** @param {string} region @param {string} policy @param {(relation: string) => boolean} [wanted] */
  async function list(region, policy, wanted = () => true) {
    const { words, reports } = await of(region, policy);
    const chosen = words.filter((word) => wanted(word[0]));
    if (!chosen.length) return zhitu.h("p", { class: "note" }, zhitu.t("no_evidence"));
    return zhitu.h("ul", { class: "quotes" }, ...chosen.map(([relation, year, status, quote, report, claim, who]) =>
      zhitu.h("li", {},
        zhitu.h("p", { class: "what" }, zhitu.h("i", { class: `dash ${relation}` }), zhitu.h("b", {}, zhitu.t(relation)),
          ` ${year || ""}`, status === "planned" ? ` · ${zhitu.t("planned")}` : "", who ? ` · ${who}` : ""),
        zhitu.h("a", { class: "quote", href: `${zhitu.up()}report/${report}.html#${claim}` }, quote),
        zhitu.h("small", {}, reports[report] || ""))));
  }

  const inPage = document.getElementById("evidence");
  if (inPage) for (const [region, content] of Object.entries(JSON.parse(inPage.textContent || "{}"))) give(region, content);

  return { give, list };
})();
