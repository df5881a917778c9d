// An OpenID Connect provider on loopback for tests. Its keys are made at start; any password will do.
//   node provider.js '{"clients": [{"client_id": …}], "people": {"login": {"claim": "value"}}}'
// Says its issuer in one line, and ends when its input does: it never outlives the tests.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { clients, people } = JSON.parse(process.argv[2]);

function key(alg, type, options) {
  return { ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomUUID() };
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients,
    jwks: {
      keys: [
        key('RS256', 'rsa', { modulusLength: 2048 }),
        key('PS256', 'rsa', { modulusLength: 2048 }),
        key('ES256', 'ec', { namedCurve: 'P-256' }),
      ],
    },
    cookies: { keys: [randomUUID()] },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'role', 'tenant', 'municipality'] },
    // Into the id token itself: what is signed is all that is read.
    conformIdTokenClaims: false,
    findAccount: (_, login) => people[login] && { accountId: login, claims: () => ({ sub: login, ...people[login] }) },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  });
  server.on('request', provider.callback());
  console.log(issuer);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
