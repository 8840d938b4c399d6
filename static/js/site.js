// Pages already seen stay readable without a connection; the portal needs no script for anything else.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
