// The hall's page: takes the board from the stream, counts the time down by the server's clock, and tells screen readers
// what is new without talking all the time.
"use strict";
(() => {
  const NEWS_EVERY = 30_000; // Milliseconds between two announcements of counts; a new phase is told at once.
  const AGAIN_AFTER = 3_000; // Until the next try where the browser gave up by itself.
  const WIDE = 1200; // From this width on (CSS pixels) the board is made to fit; narrower or zoomed in, the page scrolls.
  const LARGEST = 1.5;
  const SMALLEST = 0.5;

  const root = document.documentElement;
  const link = document.getElementById("link");
  const news = document.getElementById("news");
  let board = document.getElementById("board");
  let ahead = Number(root.dataset.now) - Date.now();
  let told = { key: board.dataset.key, news: board.dataset.news, at: Date.now() };
  let minuteOf = "";

  // Changes what differs and leaves the rest: a reader's place and a bar's way from one length to the next are kept.
  function morph(old, now) {
    if (old.nodeType !== now.nodeType || old.nodeName !== now.nodeName) {
      old.replaceWith(document.importNode(now, true));
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== now.nodeValue) old.nodeValue = now.nodeValue;
      return;
    }
    for (const { name } of [...old.attributes]) if (!now.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    const [before, after] = [[...old.childNodes], [...now.childNodes]];
    after.forEach((child, place) => {
      if (before[place]) morph(before[place], child);
      else old.append(document.importNode(child, true));
    });
    before.slice(after.length).forEach((child) => child.remove());
  }

  function clock(seconds) {
    const two = (number) => String(number).padStart(2, "0");
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }

  function tick() {
    const timer = board.querySelector("[data-ends]");
    if (!timer) return;
    const left = Math.max(0, Math.round((Number(timer.dataset.ends) - Date.now() - ahead) / 1000));
    const shown = clock(left);
    if (timer.textContent !== shown) timer.textContent = shown;
    if (left <= 60 && left > 0 && minuteOf !== timer.dataset.ends) {
      minuteOf = timer.dataset.ends;
      news.textContent = board.dataset.minute;
    }
  }

  function tell() {
    const now = Date.now();
    const phase = board.dataset.key !== told.key;
    if (!phase && (board.dataset.news === told.news || now - told.at < NEWS_EVERY)) return;
    told = { key: board.dataset.key, news: board.dataset.news, at: now };
    news.textContent = told.news;
  }

  // As large as the window allows: nobody scrolls a projector.
  function fit() {
    let scale = window.innerWidth < WIDE ? 1 : LARGEST;
    root.style.setProperty("--scale", scale);
    while (window.innerWidth >= WIDE && root.scrollHeight > window.innerHeight && scale > SMALLEST) {
      scale -= 0.05;
      root.style.setProperty("--scale", scale);
    }
  }

  function show(update) {
    if (update.version !== root.dataset.version) {
      window.location.reload();
      return;
    }
    ahead = update.now - Date.now();
    const fresh = document.createElement("template");
    fresh.innerHTML = update.html;
    const key = board.dataset.key;
    const before = board.textContent.length;
    morph(board, fresh.content.firstElementChild);
    board = document.getElementById("board");
    document.title = update.title;
    link.textContent = "";
    tick();
    tell();
    if (key !== board.dataset.key || before !== board.textContent.length) fit();
  }

  function listen() {
    const stream = new EventSource(root.dataset.events);
    stream.onmessage = (event) => show(JSON.parse(event.data));
    stream.onerror = () => {
      link.textContent = link.dataset.words;
      // While it is "connecting" the browser tries again by itself; an answer that is no stream makes it give up.
      if (stream.readyState === EventSource.CLOSED) setTimeout(again, AGAIN_AFTER);
    };
  }

  async function again() {
    try {
      const answer = await fetch(window.location.href, { method: "HEAD" });
      if (answer.status === 404) {
        window.location.reload();
        return;
      }
    } catch {
      // The server is away: try on.
    }
    listen();
  }

  setInterval(tick, 250);
  setInterval(tell, 1_000);
  window.addEventListener("resize", fit);
  tick();
  fit();
  listen();
})();
