import { html } from '../reference/html.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; }
main { width: min(32rem, 100% - 2rem); }
`;

/** What stands where the web app would, in a checkout that was not built. */
export function notBuiltPage(): string {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>The web app is not built · chartlift</title><style>${{ html: STYLE }}</style></head>
<body><main><h1>The web app is not built</h1>
<p>chartlift is running, and its API answers: <a href="/api/docs">API reference</a>.</p>
<p>Run <code>npm run build</code> in the checkout, then start the service again. <code>npm start</code> does both.</p></main></body>
</html>`.html;
}
