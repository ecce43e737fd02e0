// What the pages' scripts share. What comes from the server is shown as text, never as markup.
"use strict";

function element(name, text, parent) {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}

function cite(quote, name, url, parent) {
  element("q", quote, parent);
  if (url.startsWith("/") && !url.startsWith("//")) {
    element("a", name, parent).href = url;
  } else {
    element("span", name, parent);
  }
}

function inWords(retryAfter) {
  const seconds = Number(retryAfter) || 60;
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
