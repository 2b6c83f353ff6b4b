// Socket.IO that pings every second, emits a number five times a second, and asks who asks for it. The token "bad" is
// refused.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { pingInterval: 1000, pingTimeout: 800 });

io.use((socket, next) => next(socket.handshake.auth.token === 'bad' ? new Error('wrong token') : undefined));
io.on('connection', (socket) => {
  socket.on('order', (order, reply) => reply?.({ accepted: true, order }));
  socket.on('question', (question) => socket.emit('question', question, (answer) => socket.emit('answered', answer)));
});
let ticks = 0;
setInterval(() => io.emit('tick', { number: ++ticks }), 200);
http.listen(Number(process.argv[2]), '127.0.0.1');
