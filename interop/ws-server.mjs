// A server over npm ws on an ephemeral loopback port. Commands come as lines on stdin; each is answered with one line of
// JSON on stdout. It ends with its parent, which holds stdin open. An argument is the option perMessageDeflate in JSON.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const arrivals = [];
const acknowledged = new Set();
const state = { plan: null, copies: new Map(), random: 1 };
const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: JSON.parse(process.argv[2] ?? 'false') });
let port = 0;
let connections = 0;

// Park and Miller's generator: the same acknowledgements are dropped in each run
const random = () => {
  state.random = (state.random * 48271) % 2147483647;
  return state.random / 2147483647;
};

const acknowledge = (socket, { id, data }) => {
  const { share, dropped, killing, poison } = state.plan;
  const copy = (state.copies.get(id) ?? 0) + 1;
  state.copies.set(id, copy);
  if (copy <= killing || data === poison) {
    socket.terminate();
  } else if (copy > dropped && random() >= share) {
    acknowledged.add(id);
    socket.send(JSON.stringify({ type: 'ack', messageId: id }));
  }
};

server.on('connection', (socket) => {
  const connection = ++connections;
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (!isBinary) {
      arrivals.push({ connection, text: data.toString() });
      // what was read before the connection was ended is handed over afterwards
      if (state.plan && socket.readyState === socket.OPEN) {
        acknowledge(socket, JSON.parse(data.toString()));
      }
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
  texts: () => arrivals.map((arrival) => arrival.text),
  arrivals: () => arrivals,
  count: () => arrivals.length,
  acknowledge: (plan) => {
    state.plan = JSON.parse(plan);
    state.copies.clear();
  },
  acknowledged: () => [...acknowledged],
  stop: (how) => {
    http.close();
    server.clients.forEach((socket) => end(socket, how));
  },
  kick: (how) => server.clients.forEach((socket) => end(socket, how)),
  restart: listen,
  pause: () => server.clients.forEach((socket) => socket.pause()),
  extensions: () => [...server.clients].map((socket) => socket._extensions['permessage-deflate']?.params),
  push: (text) => server.clients.forEach((socket) => socket.send(text)),
};

await listen();
for await (const line of createInterface({ input: process.stdin })) {
  const [command] = line.split(' ', 1);
  const argument = line.slice(command.length + 1);
  console.log(JSON.stringify((await commands[command](argument)) ?? null));
}
process.exit(0);
