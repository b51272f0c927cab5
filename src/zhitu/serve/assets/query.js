// @ts-check
// The page's only script. Text of the graph goes in as text, never as markup.

const element = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const state = { questions: [], prefixes: {}, base: "", last: "", isGraph: false };

function shorten(iri) {
  const fits = Object.entries(state.prefixes).filter(([, space]) => iri.startsWith(space));
  fits.sort((a, b) => b[1].length - a[1].length);
  return fits.length ? `${fits[0][0]}:${iri.slice(fits[0][1].length)}` : iri;
}

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  if (term.type === "uri" && term.value.startsWith(state.base)) {
    const link = document.createElement("a");
    link.href = "/id/" + term.value.slice(state.base.length).split("/").map(encodeURIComponent).join("/");
    link.textContent = shorten(term.value);
    td.append(link);
  } else {
    td.textContent = term.type === "uri" ? shorten(term.value) : term.value;
  }
  return td;
}

function show(answer, cut) {
  const table = element("answer");
  table.replaceChildren();
  if ("boolean" in answer) {
    element("status").textContent = answer.boolean ? "是 yes" : "否 no";
    return;
  }
  const names = answer.head.vars;
  const head = table.createTHead().insertRow();
  for (const name of names) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const body = table.createTBody();
  for (const row of answer.results.bindings) {
    const tr = body.insertRow();
    for (const name of names) tr.append(cell(row[name]));
  }
  const more = cut ? "，未完 and more" : "";
  element("status").textContent = `${answer.results.bindings.length} 行 rows${more}`;
}

async function ask(accept) {
  const body = new URLSearchParams({ query: state.last });
  return fetch("/sparql", { method: "POST", headers: { Accept: accept }, body });
}

async function run() {
  state.last = element("editor").value;
  element("status").textContent = "……";
  element("error").hidden = true;
  element("answer").replaceChildren();
  for (const id of ["csv", "json", "ttl"]) element(id).disabled = true;
  remember();
  const reply = await ask("application/sparql-results+json, text/turtle;q=0.5");
  const text = await reply.text();
  if (!reply.ok) {
    element("status").textContent = "";
    element("error").textContent = text;
    element("error").hidden = false;
    return;
  }
  state.isGraph = (reply.headers.get("Content-Type") || "").startsWith("text/turtle");
  if (state.isGraph) {
    element("status").textContent = "";
    element("error").textContent = text;
    element("error").hidden = false;
    element("ttl").disabled = false;
    return;
  }
  show(JSON.parse(text), reply.headers.get("X-Zhitu-Truncated") === "true");
  element("csv").disabled = element("json").disabled = false;
}

async function download(accept, name) {
  const reply = await ask(accept);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function remember() {
  const question = element("question").value;
  const values = Object.fromEntries(parameters().map((input) => [input.name, input.value]).filter(([, v]) => v));
  location.hash = new URLSearchParams(question ? { question, ...values } : { query: state.last }).toString();
}

const parameters = () => [...element("parameters").querySelectorAll("input")];

async function fill() {
  const question = element("question").value;
  if (!question) return false;
  const values = parameters().filter((input) => input.value).map((input) => [input.name, input.value]);
  const reply = await fetch(`/api/question/${question}?${new URLSearchParams(values)}`);
  const text = await reply.text();
  element("error").hidden = reply.ok;
  if (reply.ok) element("editor").value = text;
  else element("error").textContent = text;
  return reply.ok;
}

function choose(values) {
  const question = state.questions.find((q) => q.name === element("question").value);
  element("parameters").replaceChildren();
  element("about").textContent = question ? `${question.zh} ${question.en}` : "";
  for (const parameter of question ? question.parameters : []) {
    const label = document.createElement("label");
    label.textContent = `${parameter.name}: ${parameter.about}`;
    const input = document.createElement("input");
    input.name = parameter.name;
    input.placeholder = parameter.default;
    input.value = values.get(parameter.name) || "";
    input.addEventListener("change", fill);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") fill().then((ok) => ok && run()); });
    label.append(input);
    element("parameters").append(label);
  }
  return fill();
}

async function start() {
  const known = await (await fetch("/api/questions")).json();
  Object.assign(state, { questions: known.questions, prefixes: known.prefixes, base: known.base });
  for (const question of known.questions) {
    const option = document.createElement("option");
    option.value = question.name;
    option.textContent = `${question.name} · ${question.zh}`;
    element("question").append(option);
  }
  element("question").addEventListener("change", () => choose(new URLSearchParams()));
  element("run").addEventListener("click", run);
  element("editor").addEventListener("input", () => { element("question").value = ""; element("parameters").replaceChildren(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
  element("csv").addEventListener("click", () => download("text/csv", "answer.csv"));
  element("json").addEventListener("click", () => download("application/sparql-results+json", "answer.json"));
  element("ttl").addEventListener("click", () => download("text/turtle", "answer.ttl"));
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has("query")) element("editor").value = asked.get("query");
  if (asked.has("question")) {
    element("question").value = asked.get("question");
    if (await choose(asked)) run();
  } else if (asked.has("query")) run();
}

start();
