// WAMP by fox-wamp, with the procedure "add" in the realm "interop".
import { createServer } from 'node:http';
import Router from 'fox-wamp';

const http = createServer();
const router = new Router();
router.getRealm('interop', (realm) => {
  const api = realm.wampApi();
  api.register('add', (id, [a, b]) => api.resrpc(id, undefined, [a + b]));
});
router.listenWAMP({ server: http, path: '/wamp' });
http.listen(Number(process.argv[2]), '127.0.0.1');
