// graphql-transport-ws by graphql-ws. The token "bad" is refused with close code 4403.
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const schema = buildSchema(`
  type Query { greeting(name: String!): String! }
  type Subscription { count(from: Int!): Int! }
`);

const roots = {
  query: {
    greeting: ({ name }) => {
      if (name === 'nobody') {
        throw new Error('unknown name');
      }
      return `Hello ${name}`;
    },
  },
  subscription: {
    async *count({ from }) {
      for (let count = from; ; count++) {
        yield { count };
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
  },
};

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), path: '/graphql' });
useServer({ schema, roots, onConnect: (context) => context.connectionParams?.token !== 'bad' }, server);
