// Keeps pages already seen, so that they can be read without a connection.
// Never keeps the check, searches, the desk, downloads or anything answered with no-store.
const PAGES = { name: "pages-1", most: 60 };
const FILES = { name: "files-1", most: 20 };
const NEVER = /^\/(en\/)?(cek|cari|meja|pratinjau|unduh|api)(\/|$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || NEVER.test(pathname)) return;
  // A file's address changes with its content, so a kept one is never outdated.
  if (pathname.startsWith("/static/")) event.respondWith(keptFirst(request));
  else if (request.mode === "navigate") event.respondWith(networkFirst(request));
});

async function begin() {
  const current = [PAGES.name, FILES.name];
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !current.includes(name)).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keptFirst(request) {
  const cache = await caches.open(FILES.name);
  return (await cache.match(request, { ignoreVary: true })) || keep(cache, FILES.most, request, await fetch(request));
}

async function networkFirst(request) {
  const cache = await caches.open(PAGES.name);
  try {
    return await keep(cache, PAGES.most, request, await fetch(request));
  } catch (error) {
    const seen = await cache.match(request, { ignoreVary: true });
    if (seen) return seen;
    throw error;
  }
}

async function keep(cache, most, request, response) {
  const rule = response.headers.get("Cache-Control") || "";
  if (response.status !== 200 || response.type !== "basic" || rule.includes("no-store")) return response;
  await cache.put(request, response.clone());
  const held = await cache.keys();
  await Promise.all(held.slice(0, Math.max(0, held.length - most)).map((old) => cache.delete(old)));
  return response;
}
