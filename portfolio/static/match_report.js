// A match report as elements of the page.
"use strict";

function chapter(title, parent) {
  const section = element("section", "", parent);
  section.className = "work";
  element("h3", title, section);
  return section;
}

function inYears(number) {
  return `${number} year${number === 1 ? "" : "s"}`;
}

function tellUse(use) {
  const until = use.is_current ? "today" : use.last_used || "an unknown day";
  return `${use.skill}: ${inYears(use.years)}, until ${until}`;
}

function tellEvidence(evidence, sources, parent) {
  if (!evidence.length) return;
  const list = element("ul", "", parent);
  list.className = "quotes";
  for (const { citation } of evidence) {
    const source = sources.get(`${citation.source_type} ${citation.source_id}`);
    const name = source?.title || citation.source_type;
    cite(citation.quote, name, source?.url || "", element("li", "", list));
  }
}

function showScores(document, words, parent) {
  const list = element("dl", "", chapter("Scores", parent));
  list.className = "scores";
  for (const name of words.scores) {
    const score = document.scores[name];
    const group = element("div", "", list);
    element("dt", name, group);
    const told = score === null ? document.scores.unscored[name] : `${score} of 100`;
    element("dd", told, group).className = "score";
    const formula = document.scores.formula[name];
    if (formula) element("dd", formula, group).className = "formula";
  }
}

function showList(title, kind, matches, sources, words, parent) {
  if (!matches.length) return;
  const list = element("ul", "", chapter(`${title} (${matches.length})`, parent));
  list.className = "asked";
  for (const match of matches) {
    const item = element("li", "", list);
    item.className = kind;
    element("strong", match.requirement.text, item);
    const notes = [words.levels[match.requirement.level]];
    const needed = match.requirement.at_least;
    if (needed > 1) notes.push(`${needed} of them are needed`);
    notes.push(...(match.reasons || []).map((reason) => words.reasons[reason]));
    notes.push(...(match.uses || []).filter((use) => use.years !== null).map(tellUse));
    if (match.scored === false) notes.push("not scored");
    element("p", notes.join("; "), item).className = "hint";
    tellEvidence(match.evidence, sources, item);
  }
}

function showTexts(title, texts, parent) {
  if (!texts.length) return;
  const list = element("ul", "", chapter(title, parent));
  list.className = "asked";
  for (const text of texts) element("li", text, list);
}

function showComparison(comparison, parent) {
  const told = comparison.experience.map((one) => {
    const found = one.found === null ? "not known" : inYears(one.found);
    const what = one.skills.join(", ") || "Experience";
    return `${what}: ${inYears(one.asked)} asked for, ${found} found`;
  });
  const degree = comparison.education;
  if (degree.asked || degree.preferred) {
    const found = degree.found || "none";
    told.push(`Education: ${degree.asked || degree.preferred} asked for, ${found} found`);
  }
  for (const one of comparison.languages) {
    const name = one.any_of?.join(" or ") || one.name;
    told.push(`${name}: ${one.asked || "yes"} asked for, ${one.found || "none"} found`);
  }
  showTexts("Years, degree and languages", told, parent);
}

function showReport(document, words, parent) {
  const sources = new Map();
  for (const one of document.sources) sources.set(`${one.source_type} ${one.source_id}`, one);
  element("h2", document.title || "Match report", parent);
  const facts = [document.company, document.profile, document.created_at.slice(0, 10)];
  if (document.left_out) {
    facts.push(`too long: ${document.left_out} requirements are cut or left out`);
  }
  element("p", facts.filter(Boolean).join(" · "), parent).className = "hint";
  if (document.summary) {
    element("p", document.summary, parent);
    element("p", words.summarised, parent).className = "hint";
  }
  showScores(document, words, parent);
  for (const [name, title] of Object.entries(words.lists)) {
    showList(title, name, document[name], sources, words, parent);
  }
  showComparison(document.comparison, parent);
  showTexts("Beyond what is asked", document.strengths.map((one) => one.skill), parent);
  showTexts("What to do", document.recommendations.map((one) => one.text), parent);
  showTexts("Not judged", document.unjudged.map((one) => one.text), parent);
}
