// Kills the sample by SIGKILL while orders wait, are in flight and are dead letters, and sees each of them arrive after
// the next start: once, or again with the same id and bytes. The server is a witness that outlives the sample.
// usage: node backlog.mjs <java> <jar> <folder for screenshots>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { WebSocketServer } from 'ws';

const [java, jar, folder] = process.argv.slice(2);
assert.ok(java && jar && folder, 'usage: node backlog.mjs <java> <jar> <folder for screenshots>');
await mkdir(folder, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), 'sample-backlog-'));
const step = (text) => console.log(`backlog: ${text}`);

const freePort = () => new Promise((resolve) => {
	const socket = createServer().listen(0, '127.0.0.1', () => {
		const { port } = socket.address();
		socket.close(() => resolve(port));
	});
});

const witness = {
	copies: [],
	acknowledges: true,
	async up(port) {
		this.server = new WebSocketServer({ host: '127.0.0.1', port });
		this.server.on('connection', (socket) => socket.on('message', (data) => this.hear(socket, data.toString())));
		this.server.on('error', (error) => step(`witness: ${error}`));
		await new Promise((resolve) => this.server.on('listening', resolve));
		return this.server.address().port;
	},
	hear(socket, text) {
		const message = JSON.parse(text);
		if (message.id) {
			this.copies.push({ id: message.id, text });
			if (this.acknowledges) {
				socket.send(JSON.stringify({ type: 'ack', messageId: message.id }));
			}
		}
		else {
			socket.send(JSON.stringify({ type: (message.type === 'AUTH') ? 'AUTH_OK' : 'JOINED' }));
		}
	},
	down() {
		this.server.clients.forEach((socket) => socket.terminate());
		return new Promise((resolve) => this.server.close(resolve));
	},
	ids: () => [...new Set(witness.copies.map((copy) => copy.id))],
};

const port = await freePort();
const serverPort = await freePort();
const base = `http://127.0.0.1:${port}/`;
let sample;
let log = '';

async function startSample(witnessPort) {
	sample = spawn(java, ['-jar', jar, `--server.port=${port}`, `--sample.server.port=${serverPort}`,
		`--resilient-ws.clients.alerts.url=ws://127.0.0.1:${witnessPort}/alerts`,
		`--resilient-ws.clients.alerts.queue.directory=${join(scratch, 'data')}`,
		// a busy machine must not make a dead letter of an order that is under way
		'--resilient-ws.clients.alerts.delivery.ack-timeout=6s', '--resilient-ws.defaults.reconnect.max-delay=1s']);
	sample.stdout.on('data', (data) => { log += data; });
	sample.stderr.on('data', (data) => { log += data; });
	for (let i = 0; i < 240; i++) {
		assert.equal(sample.exitCode, null, 'the sample lives');
		if (await fetch(base).then((answer) => answer.ok, () => false)) {
			return;
		}
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	throw new Error('the sample did not start');
}

async function killSample() {
	const gone = new Promise((resolve) => sample.on('exit', resolve));
	sample.kill('SIGKILL');
	await gone;
}

const context = await chromium.launchPersistentContext(join(scratch, 'profile'), {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	headless: true,
	viewport: { width: 1240, height: 900 },
	colorScheme: 'light',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync'],
});

try {
	const page = context.pages()[0];
	const card = page.locator('[data-client="alerts"].card');
	const ready = () => page.locator('[data-client="alerts"].card[data-state="READY"]').waitFor({ timeout: 30_000 });
	const figure = (name, value, timeout = 20_000) =>
		card.locator(`[data-figure="${name}"]`, { hasText: new RegExp(`^${value}$`) }).waitFor({ timeout });
	const order = (name) => page.getByRole('button', { name, exact: true }).click();
	const shown = () => page.locator('#orders li[data-id]').evaluateAll((rows) => rows.map((row) => row.dataset.id));
	const rows = async (status, count) => {
		await page.waitForFunction(([wanted, number]) =>
			document.querySelectorAll(`#orders li[data-status="${wanted}"]`).length === number, [status, count],
			{ timeout: 20_000 });
	};

	const witnessPort = await witness.up(0);
	await startSample(witnessPort);
	await page.goto(base);
	await ready();
	await order('Order ten');
	await figure('delivered', 10);
	await rows('ACKNOWLEDGED', 10);
	step('ten orders were acknowledged');

	witness.acknowledges = false;
	await order('Order ten');
	await figure('flight', 10);
	await witness.down();
	await order('Order ten');
	await figure('waiting', 20);
	await rows('WAITING', 20);
	const accepted = await shown();
	assert.equal(accepted.length, 30);
	assert.deepEqual(witness.ids(), accepted.slice(0, 20));
	await page.screenshot({ path: join(folder, 'backlog-waiting.png'), fullPage: true });
	step('ten are perhaps sent, ten were never sent');

	await killSample();
	await startSample(witnessPort);
	await page.goto(base);
	await page.getByText('20 recovered from the file at the start').waitFor({ timeout: 10_000 });
	await figure('waiting', 20);
	await page.screenshot({ path: join(folder, 'backlog-recovered.png'), fullPage: true });
	step('killed and started again: the page shows the backlog');

	witness.acknowledges = true;
	await witness.up(witnessPort);
	await ready();
	await figure('delivered', 20);
	await figure('waiting', 0);
	await figure('flight', 0);
	assert.deepEqual(witness.ids(), accepted, 'every order arrived, in order');
	for (const id of accepted) {
		const texts = witness.copies.filter((copy) => copy.id === id).map((copy) => copy.text);
		assert.equal(new Set(texts).size, 1, 'the same bytes each time');
		assert.ok(texts.length <= 2, `${id} came ${texts.length} times`);
	}
	step('the server is back: every order arrived, once or again with its id');

	witness.acknowledges = false;
	await order('Order one');
	await figure('dead', 1, 40_000);
	await rows('DEAD', 1);
	await killSample();
	await startSample(witnessPort);
	await page.goto(base);
	await ready();
	await figure('dead', 1);
	step('a dead letter survives, too');
	witness.acknowledges = true;
	await order('Resubmit dead letters');
	await figure('dead', 0);
	await rows('ACKNOWLEDGED', 1);
	await figure('delivered', 1);
	assert.equal(new Set(witness.copies.slice(-4).map((copy) => copy.text)).size, 1, 'four times the same bytes');
	assert.equal(witness.ids().length, 31);
	step('passed');
}
catch (error) {
	console.error(log.split('\n').slice(-80).join('\n'));
	await context.pages()[0].screenshot({ path: join(folder, 'backlog-failed.png'), fullPage: true }).catch(() => {});
	throw error;
}
finally {
	sample?.kill('SIGKILL');
	await context.close();
	await rm(scratch, { recursive: true, force: true });
}
process.exit(0);
