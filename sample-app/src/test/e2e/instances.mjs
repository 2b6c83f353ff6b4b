// Runs two instances of the sample over one PostgreSQL, and kills the one that owns the line of the work orders while
// orders are in flight. The other one takes over, and every order of both is acknowledged.
// usage: node instances.mjs <java> <jar> <folder for screenshots>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [java, jar, folder] = process.argv.slice(2);
assert.ok(java && jar && folder, 'usage: node instances.mjs <java> <jar> <folder for screenshots>');
await mkdir(folder, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), 'sample-instances-'));
const step = (text) => console.log(`instances: ${text}`);

const freePort = () => new Promise((resolve) => {
	const socket = createServer().listen(0, '127.0.0.1', () => {
		const { port } = socket.address();
		socket.close(() => resolve(port));
	});
});

const shared = [`--sample.server.port=${await freePort()}`, `--sample.database.port=${await freePort()}`];
const started = [];

async function start(profile, ...more) {
	const port = await freePort();
	const child = spawn(java, ['-jar', jar, `--spring.profiles.active=${profile}`, `--server.port=${port}`, ...shared, ...more]);
	const sample = { profile, port, child, base: `http://127.0.0.1:${port}/`, log: '' };
	sample.gone = new Promise((resolve) => child.on('exit', resolve));
	child.stdout.on('data', (data) => { sample.log += data; });
	child.stderr.on('data', (data) => { sample.log += data; });
	started.push(sample);
	// the first start of PostgreSQL unpacks it
	for (let i = 0; i < 480; i++) {
		assert.equal(child.exitCode, null, `the sample with profile ${profile} lives`);
		if (await fetch(sample.base).then((answer) => answer.ok, () => false)) {
			return sample;
		}
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	throw new Error(`the sample with profile ${profile} did not start`);
}

async function post(sample, path, body) {
	const answer = await fetch(new URL(path, sample.base), {
		method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}),
	});
	assert.ok(answer.ok, `${path}: ${answer.status}`);
	return answer.headers.get('content-type') ? answer.json() : undefined;
}

let context;
try {
	const server = await start('server', `--sample.database.directory=${join(scratch, 'database')}`,
		`--resilient-ws.clients.alerts.queue.directory=${join(scratch, 'data')}`);
	step('the demo server and PostgreSQL are up');
	const instances = await Promise.all([start('postgres'), start('postgres')]);

	context = await chromium.launchPersistentContext(join(scratch, 'profile'), {
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		headless: true,
		viewport: { width: 1240, height: 900 },
		colorScheme: 'light',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync'],
	});
	const page = context.pages()[0];
	const problems = [];
	page.on('pageerror', (error) => problems.push(String(error)));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));

	await page.goto(instances[0].base);
	const owner = page.locator('#instances li[data-owner="true"][data-state="READY"]');
	await owner.waitFor({ timeout: 20_000 });
	await page.locator('#instances li[data-state="STANDBY"]').waitFor({ timeout: 20_000 });
	const ownerPort = Number(await owner.getAttribute('data-port'));
	const killed = instances.find((instance) => instance.port === ownerPort);
	const survivor = instances.find((instance) => instance.port !== ownerPort);
	const fence = async () => Number((await owner.textContent()).match(/fence (\d+)/)[1]);
	const fenceBefore = await fence();
	step('one instance owns the line, the other one stands by');

	await page.goto(survivor.base);
	await owner.waitFor({ timeout: 20_000 });
	const rows = (status, count) => page.waitForFunction(([wanted, number]) =>
		document.querySelectorAll(`#orders li[data-status="${wanted}"]`).length === number, [status, count], { timeout: 20_000 });
	await page.getByRole('button', { name: 'Order ten', exact: true }).click();
	await post(killed, 'api/orders', { count: 10 });
	await rows('ACKNOWLEDGED', 20);
	step('orders of both instances are acknowledged, and each page shows all of them');

	await post(server, 'api/faults/no-acks');
	await page.getByRole('button', { name: 'Order ten', exact: true }).click();
	await post(killed, 'api/orders', { count: 10 });
	await rows('WAITING', 20);
	await page.screenshot({ path: join(folder, 'instances-waiting.png'), fullPage: true });
	await page.getByRole('button', { name: 'Kill the owner' }).click();
	await killed.gone;
	step('20 orders wait, and the owner is dead');

	await page.locator(`#instances li[data-port="${survivor.port}"][data-owner="true"][data-state="READY"]`).waitFor({ timeout: 20_000 });
	await page.locator(`#instances li[data-port="${killed.port}"][data-state="CLOSED"]`).waitFor({ timeout: 20_000 });
	assert.ok(await fence() > fenceBefore, 'the number of the ownership grew');
	await post(server, 'api/faults/reset');
	await rows('ACKNOWLEDGED', 40);
	const serverPage = await context.newPage();
	await serverPage.goto(server.base);
	const tally = await serverPage.getByText(/^The server took 40, and recognised/).textContent({ timeout: 20_000 });
	await serverPage.close();
	await page.screenshot({ path: join(folder, 'instances-taken-over.png'), fullPage: true });
	step(`the other one took over: every order is acknowledged. ${tally}`);

	await page.setViewportSize({ width: 375, height: 812 });
	await page.waitForTimeout(300);
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 375), 'no sideways scrolling on a phone');
	assert.deepEqual(problems, []);
	step('passed');
}
catch (error) {
	started.forEach((sample) => console.error(`== ${sample.profile} ${sample.port}\n${sample.log.split('\n').slice(-40).join('\n')}`));
	await context?.pages()[0].screenshot({ path: join(folder, 'instances-failed.png'), fullPage: true }).catch(() => {});
	throw error;
}
finally {
	await context?.close();
	// the one with the database is the last, and stops it
	for (const sample of started.reverse()) {
		sample.child.kill('SIGTERM');
		const stopped = await Promise.race([sample.gone.then(() => true), new Promise((resolve) => setTimeout(resolve, 20_000, false))]);
		if (!stopped) {
			sample.child.kill('SIGKILL');
		}
	}
	await rm(scratch, { recursive: true, force: true });
}
process.exit(0);
