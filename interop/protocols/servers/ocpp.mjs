// A central system for OCPP 1.6 and 2.0.1 with strict schemas. It tells an interval of one second, and answers a
// DataTransfer of the vendor "reset" with a Reset of its own; what came back is the next answer to a DataTransfer.
import { RPCServer } from 'ocpp-rpc';

const server = new RPCServer({ protocols: ['ocpp1.6', 'ocpp2.0.1'], strictMode: true });
const now = () => new Date().toISOString();
let answer = 'none';

server.auth((accept) => accept({}));
server.on('client', (client) => {
  const reset = { type: client.protocol === 'ocpp1.6' ? 'Soft' : 'Immediate' };
  client.handle('BootNotification', () => ({ status: 'Accepted', interval: 1, currentTime: now() }));
  client.handle('Heartbeat', () => ({ currentTime: now() }));
  client.handle('DataTransfer', ({ params }) => {
    if (params.vendorId === 'reset') {
      client.call('Reset', reset).then(({ status }) => answer = status, (error) => answer = error.rpcErrorCode);
    }
    return { status: 'Accepted', data: answer };
  });
});
await server.listen(Number(process.argv[2]), '127.0.0.1');
