// The questions on the page at /.
"use strict";

const section = document.querySelector(".chat");
const form = section.querySelector("form");
const field = form.elements.question;
const button = form.querySelector("button");
const answers = section.querySelector(".answers");

// Only for as long as the page is open.
let conversation = null;
let waiting = false;

function describe(places, parent) {
  if (!places.length) return;
  const list = element("ul", "", parent);
  list.className = "quotes";
  for (const place of places) {
    cite(place.quote, place.title || place.source_type, place.url, element("li", "", list));
  }
}

function excuse(status, retryAfter) {
  if (status === 429) {
    return `That were many questions. Please ask again in ${inWords(retryAfter)}.`;
  }
  if (status === 503) return "Too much is going on just now. Please ask again in a moment.";
  if (status === 422) return "This cannot be asked. Please put it in other words.";
  return "No answer came. Please try again later.";
}

function send(question) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const body = { question, profile: form.dataset.profile };
  if (conversation) {
    headers["X-Conversation-Token"] = conversation.secret;
    body.conversation_id = conversation.id;
  }
  return fetch("/api/v1/chat/", { method: "POST", headers, body: JSON.stringify(body) });
}

async function ask(question, parent) {
  let response = await send(question);
  if (conversation && (response.status === 404 || response.status === 409)) {
    // It was forgotten or is full: the question begins another.
    conversation = null;
    response = await send(question);
  }
  if (!response.ok) {
    element("p", excuse(response.status, response.headers.get("Retry-After")), parent);
    return false;
  }
  const answer = await response.json();
  if (answer.access_token) {
    conversation = { id: answer.conversation_id, secret: answer.access_token };
  }
  element("p", answer.answer, parent);
  describe(answer.citations, parent);
  return true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (!question || waiting) return;
  waiting = true;
  button.setAttribute("aria-disabled", "true");
  const exchange = document.createElement("article");
  exchange.className = "exchange";
  element("h3", question, exchange);
  let answered = false;
  try {
    answered = await ask(question, exchange);
  } catch {
    element("p", excuse(0), exchange);
  }
  answers.append(exchange);
  if (answered) field.value = "";
  button.removeAttribute("aria-disabled");
  waiting = false;
});

section.hidden = false;
