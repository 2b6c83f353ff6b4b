// A server over npm ws on an ephemeral loopback port. Commands come as lines on stdin; each is answered with one line of
// JSON on stdout. It ends with its parent, which holds stdin open. An argument is the option perMessageDeflate in JSON.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const texts = [];
const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: JSON.parse(process.argv[2] ?? 'false') });
let port = 0;

server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (!isBinary) {
      texts.push(data.toString());
    }
  });
});

const listen = () => new Promise((resolve) => http.listen(port, '127.0.0.1', () => {
  port = http.address().port;
  resolve();
}));

const end = (socket, how) => {
  switch (how) {
    case 'FIN': return socket._socket.end();
    case 'RST': return socket._socket.resetAndDestroy();
    default: return socket.close(Number(how), 'restart');
  }
};

const commands = {
  port: () => port,
  texts: () => texts,
  count: () => texts.length,
  stop: (how) => {
    http.close();
    server.clients.forEach((socket) => end(socket, how));
  },
  restart: listen,
  pause: () => server.clients.forEach((socket) => socket.pause()),
  extensions: () => [...server.clients].map((socket) => socket._extensions['permessage-deflate']?.params),
  push: (text) => server.clients.forEach((socket) => socket.send(text)),
};

await listen();
for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(' ');
  console.log(JSON.stringify((await commands[command](argument)) ?? null));
}
process.exit(0);
