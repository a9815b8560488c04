import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Answers every request with a file, from a process of its own, so that serving costs the client nothing. */
export async function serveFile(
  path: string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const program = `
    const { createReadStream, statSync } = require('node:fs');
    const server = require('node:http').createServer((request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json; charset=UTF-8',
        'content-length': statSync(${JSON.stringify(path)}).size,
      });
      createReadStream(${JSON.stringify(path)}, { highWaterMark: 1 << 20 }).pipe(response);
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout.setEncoding('utf8'), 'data');
  return {
    url: `http://127.0.0.1:${String(port).trim()}`,
    async close() {
      child.kill();
      await once(child, 'close');
    },
  };
}
