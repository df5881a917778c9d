#!/usr/bin/env node
// Checks an export of events against the head that it names, with nothing but this file and node:
//
//   node check-export.mjs export.ndjson [--key public.pem] [--head heads.ndjson]
//
// The form of the export stands in docs/reference/seals.md. Ends with 0 when every event is proven, 1 when something is wrong, 2 when it is not called as above.
// Lines are read one after the other; the events of one seal are in memory.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';

class Wrong extends Error {}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafOf = (salt, line) => sha256(Buffer.of(0), salt, line);
const nodeOf = (left, right) => sha256(Buffer.of(1), left, right);
const sealOf = header => sha256(Buffer.of(2), headerLine(header));

const headerLine = s => `{"form":${s.form},"number":${s.number},"first":${s.first},"last":${s.last},"root":"${s.root}","previous":"${s.previous}","sealedAt":"${s.sealedAt}"}`;
const statementOf = h => `{"form":${h.form},"seals":${h.seals},"events":${h.events},"tree":"${h.tree}","sealedAt":"${h.sealedAt}"}`;

function need(holds, what) {
  if (!holds) throw new Wrong(what);
}

/** Other properties prove nothing, and a program that reads the file could take them for an event. */
function needOnly(object, properties, what) {
  need(Object.keys(object).every(p => properties.includes(p)), `${what} has other properties than ${properties.join(', ')}`);
}

const isCount = n => Number.isSafeInteger(n) && n > 0;
const isText = (text, form) => typeof text === 'string' && form.test(text);
const isHash = text => isText(text, /^[0-9a-f]{64}$/);
const isMoment = text => isText(text, /^[-+:.TZ\d]+$/);

/** The root of a tree of which some leaves are known; the hashes are the roots of the largest parts without any, from left to right. */
function rootOf(size, known, hashes, what) {
  let nextKnown = 0;
  let nextHash = 0;
  const part = (from, count) => {
    if (nextKnown === known.length || known[nextKnown].place >= from + count) {
      need(nextHash < hashes.length && isHash(hashes[nextHash]), `${what} has too few hashes`);
      return Buffer.from(hashes[nextHash++], 'hex');
    }
    if (count === 1) return known[nextKnown++].hash;
    // Not by Math.log2, which rounds.
    let left = 1;
    while (left * 2 < count) left *= 2;
    const leftRoot = part(from, left);
    return nodeOf(leftRoot, part(from + left, count - left));
  };
  const root = part(0, size);
  need(nextKnown === known.length && nextHash === hashes.length, `${what} has hashes or events that belong to nothing`);
  return root.toString('hex');
}

function parse(line, number) {
  try {
    const parsed = JSON.parse(line);
    if (parsed && typeof parsed === 'object') return parsed;
  } catch {
    // Said below.
  }
  throw new Wrong(`line ${number} is not JSON`);
}

/** Lines without their ends, as the bytes that they are. */
async function* linesOf(file) {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file)) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([rest, chunk.subarray(from, end)]);
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  need(rest.length === 0, 'the last line is cut off');
}

function checkHead(head, keyFile, headFile) {
  need(head && head.form === 1 && isCount(head.seals) && isCount(head.events) && head.seals <= head.events && isHash(head.tree) && isMoment(head.sealedAt), 'the head cannot be read');
  need((head.key === null || isHash(head.key)) && (head.signature === null || isText(head.signature, /^[A-Za-z\d+/]+={0,2}$/)), 'the key or the signature of the head cannot be read');
  needOnly(head, ['form', 'seals', 'events', 'tree', 'sealedAt', 'key', 'signature'], 'the head');
  const said = [];
  if (keyFile) {
    const key = createPublicKey(readFileSync(keyFile));
    const id = sha256(key.export({ type: 'spki', format: 'der' })).toString('hex');
    need(head.signature, 'the head is not signed');
    need(head.key === id, `the head is signed with the key ${head.key}, not with ${id}`);
    need(verify('sha256', Buffer.from(statementOf(head)), key, Buffer.from(head.signature, 'base64')), 'the signature is not that of the head');
    said.push('its signature is by the key given');
  }
  if (headFile) {
    // A line that was cut off when its writer died says nothing.
    const kept = readFileSync(headFile, 'utf8').replace(/^\ufeff/, '').split('\n').filter(l => l.trim() && !/^\{.*[^}\s]\s*$/.test(l)).map((l, i) => parse(l, `${i + 1} of the heads given`)).filter(h => h.seals === head.seals);
    need(kept.length > 0, `head ${head.seals} is not among those given`);
    need(kept.every(h => statementOf(h) === statementOf(head)), `head ${head.seals} is another than the one given`);
    said.push('it is the published one');
  }
  return said.length > 0 ? said.join(' and ') : 'NOT COMPARED: give --key or --head, otherwise anybody could have made it';
}

async function check(file, keyFile, headFile) {
  let number = 0;
  const lines = linesOf(file);
  const next = async what => {
    const { value, done } = await lines.next();
    number++;
    need(!done, `the export ends before ${what}`);
    need(!value.includes(13), `line ${number} holds a carriage return, which other programs take for its end`);
    return value;
  };

  const opening = parse(await next('it has begun'), 1);
  need(opening.export === 1, 'this is no export in form 1');
  needOnly(opening, ['export', 'readable', 'filter', 'head'], 'line 1');
  const head = opening.head;
  const trust = checkHead(head, keyFile, headFile);

  const seals = [];
  let events = 0;
  for (;;) {
    const line = parse(await next('its last line'), number);
    if (!line.seal) {
      needOnly(line, ['events', 'seals', 'hashes'], `line ${number}`);
      need(Number.isSafeInteger(line.events) && Array.isArray(line.seals) && Array.isArray(line.hashes), `line ${number} cannot be read`);
      need(line.events === events, `the export says ${line.events} events, and holds ${events}`);
      need(rootOf(head.seals, seals, line.hashes, 'the last line') === head.tree, 'the seals are not those of the head');
      need(line.seals.length === seals.length && seals.every((s, i) => line.seals[i] === s.place + 1), `line ${number} names other seals than those above it`);
      need((await lines.next()).done, 'something follows after the last line');
      return { events, seals: seals.length, head, trust };
    }

    const { seal, ordinals, hashes } = line;
    needOnly(line, ['seal', 'ordinals', 'hashes'], `line ${number}`);
    needOnly(seal, ['form', 'number', 'first', 'last', 'root', 'previous', 'sealedAt'], `the seal of line ${number}`);
    need(
      seal.form === 1 && isCount(seal.number) && isCount(seal.first) && isCount(seal.last) && isHash(seal.previous) && isMoment(seal.sealedAt)
        && seal.first <= seal.last && seal.last <= head.events && seal.number <= head.seals,
      `the seal of line ${number} cannot be read`);
    const name = `seal ${seal.number} (line ${number})`;
    need(seals.length === 0 || seals[seals.length - 1].place < seal.number - 1, `${name} does not come after the one before`);
    need(Array.isArray(ordinals) && Array.isArray(hashes) && ordinals.length > 0, `${name} proves nothing`);
    const leaves = [];
    for (const [i, ordinal] of ordinals.entries()) {
      need(isCount(ordinal) && ordinal >= seal.first && ordinal <= seal.last && (i === 0 || ordinal > ordinals[i - 1]), `${name} has ordinals that do not belong to it`);
      const bytes = await next(`event ${ordinal}`);
      const event = parse(bytes, number);
      need(isText(event.salt, /^[0-9a-f]{32}$/), `event ${ordinal} has no salt`);
      leaves.push({ place: ordinal - seal.first, hash: leafOf(Buffer.from(event.salt, 'hex'), bytes) });
    }
    need(
      rootOf(seal.last - seal.first + 1, leaves, hashes, name) === seal.root,
      `the events of ${name} are not those that were sealed: ${ordinals.length === 1 ? `event ${ordinals[0]}` : `one or more of ${ordinals[0]} to ${ordinals[ordinals.length - 1]}`}, or its hashes`);
    seals.push({ place: seal.number - 1, hash: sealOf(seal) });
    events += ordinals.length;
  }
}

function argumentsOf(words) {
  const found = {};
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--key' || words[i] === '--head') found[words[i]] = words[++i] ?? '';
    else if (found.file === undefined && !words[i].startsWith('--')) found.file = words[i];
    else return null;
  }
  return found.file && found['--key'] !== '' && found['--head'] !== '' ? found : null;
}

const given = argumentsOf(process.argv.slice(2));
if (!given) {
  console.error('node check-export.mjs export.ndjson [--key public.pem] [--head heads.ndjson]');
  process.exit(2);
}
try {
  const { events, seals, head, trust } = await check(given.file, given['--key'], given['--head']);
  console.log(`Proven: ${events} events in ${seals} seals, against head ${head.seals} over ${head.events} events, sealed ${head.sealedAt}.`);
  console.log(`The head: ${trust}.`);
} catch (e) {
  console.error(e instanceof Wrong ? `WRONG: ${e.message}.` : `Cannot be checked: ${e.message}`);
  process.exit(1);
}
