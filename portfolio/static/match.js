// The form on the page at /match/.
"use strict";

const ADDRESS = "/api/v1/job-analyses/";
const LONGEST = 300;
const form = document.querySelector(".match form");
const button = form.querySelector("button");
const told = document.querySelector(".told");
const report = document.querySelector(".report");
const words = JSON.parse(form.dataset.words);

let waiting = false;

class Refused extends Error {}

async function explain(response) {
  if (response.status === 429) {
    const wait = inWords(response.headers.get("Retry-After"));
    return `That were many descriptions. Please come back in ${wait}.`;
  }
  if (response.status === 503) return "Too much is going on just now. Please try again in a moment.";
  if (response.status === 413) return "This is too large.";
  if (response.status === 404) return "This analysis is not there any more.";
  const problem = await response.json();
  const details = (problem.errors || []).map((error) => {
    return `${error.pointer === "#/file" ? "The file" : "The text"} ${error.detail}.`;
  });
  return details.join(" ") || "This did not work. Please try again later.";
}

async function call(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) throw new Refused(await explain(response));
  return response;
}

function begin() {
  const file = form.elements.file.files[0];
  const profile = form.dataset.profile;
  if (file) {
    const body = new FormData();
    body.append("file", file);
    body.append("profile", profile);
    return call(ADDRESS, { method: "POST", body });
  }
  const text = form.elements.text.value;
  const headers = { "Content-Type": "application/json" };
  return call(ADDRESS, { method: "POST", headers, body: JSON.stringify({ text, profile }) });
}

async function finish(begun, headers) {
  let analysis = begun;
  for (let seconds = 1; analysis.status === "pending" || analysis.status === "running"; seconds++) {
    if (seconds > LONGEST) throw new Refused("This takes too long. Please try again later.");
    told.textContent = analysis.status === "pending" ? "Waiting for its turn…" : "Comparing…";
    await new Promise((resolve) => setTimeout(resolve, 1000));
    analysis = await (await call(`${ADDRESS}${begun.id}/`, { headers })).json();
  }
  if (analysis.status === "failed") throw new Refused(`It failed: ${analysis.reason}`);
  return analysis;
}

function offer(name, act) {
  const made = element("button", name, report.querySelector(".actions"));
  made.type = "button";
  made.addEventListener("click", () => attempt(act));
}

function offerActions(id, headers) {
  element("p", "", report).className = "actions";
  offer("Print", async () => window.print());
  offer("Make a link for a week", async () => {
    const sent = { ...headers, "Content-Type": "application/json" };
    const options = { method: "POST", headers: sent, body: JSON.stringify({ days: 7 }) };
    const link = await (await call(`${ADDRESS}${id}/share/`, options)).json();
    told.textContent = "Whoever has this link sees the report: ";
    const shown = element("a", new URL(link.url, location.href).href, told);
    shown.href = link.url;
    shown.focus();
  });
  offer("Delete", async () => {
    await call(`${ADDRESS}${id}/`, { method: "DELETE", headers });
    report.hidden = true;
    report.replaceChildren();
    told.textContent = "Description and report are deleted.";
    form.elements.text.focus();
  });
}

async function compare() {
  if (!form.elements.file.files.length && form.elements.text.value.trim().length < 50) {
    form.elements.text.focus();
    throw new Refused("Please paste at least 50 characters, or choose a file.");
  }
  told.textContent = "Comparing…";
  const begun = await (await begin()).json();
  const headers = { "X-Analysis-Token": begun.access_token };
  const analysis = await finish(begun, headers);
  report.replaceChildren();
  showReport(analysis, words, report);
  offerActions(begun.id, headers);
  report.hidden = false;
  told.textContent = "The report is below.";
  report.focus();
}

async function attempt(act) {
  if (waiting) return;
  waiting = true;
  button.setAttribute("aria-disabled", "true");
  try {
    await act();
  } catch (error) {
    told.textContent =
      error instanceof Refused ? error.message : "No answer came. Please try again later.";
  }
  button.removeAttribute("aria-disabled");
  waiting = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(compare);
});

document.querySelector(".without").remove();
form.hidden = false;
