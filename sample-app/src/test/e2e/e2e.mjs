// Breaks the server by its button and sees the line come back and the message arrive.
// usage: node e2e.mjs <base url> <folder for screenshots>
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [base, folder] = process.argv.slice(2);
assert.ok(base && folder, 'usage: node e2e.mjs <base url> <folder for screenshots>');
const origin = new URL(base).origin;
await mkdir(folder, { recursive: true });

const profile = await mkdtemp(join(tmpdir(), 'sample-e2e-'));
const context = await chromium.launchPersistentContext(profile, {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	headless: true,
	viewport: { width: 1240, height: 900 },
	colorScheme: 'light',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync'],
});

try {
	const page = context.pages()[0];
	const problems = [];
	page.on('pageerror', (error) => problems.push(String(error)));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	page.on('request', (request) => request.url().startsWith(origin) || problems.push(`external: ${request.url()}`));

	const client = (name) => page.locator(`[data-client="${name}"].card`);
	const state = (name, wanted, timeout) =>
		page.locator(`[data-client="${name}"].card[data-state="${wanted}"]`).waitFor({ timeout });
	const gone = (name, unwanted, timeout) =>
		page.locator(`[data-client="${name}"].card:not([data-state="${unwanted}"])`).waitFor({ timeout });
	const line = (text, status, timeout) =>
		page.locator(`#lines li[data-status="${status}"]`, { hasText: text }).waitFor({ timeout });
	const order = (status, timeout) =>
		page.locator(`#orders li[data-status="${status}"]`, { hasText: 'Inspection 1' }).first().waitFor({ timeout });
	const stock = (symbol) => page.locator(`#stocks li[data-symbol="${symbol}"]`);
	const press = (symbol, button) => stock(symbol).getByRole('button', { name: button, exact: true }).click();
	const subscription = (symbol, status, timeout) =>
		page.locator(`#stocks li[data-symbol="${symbol}"][data-status="${status}"]`).waitFor({ timeout });
	const newPrice = async (symbol) => {
		const shown = await stock(symbol).locator('.price').textContent();
		await stock(symbol).locator('.price', { hasText: /[0-9]/, hasNotText: shown }).waitFor({ timeout: 5_000 });
	};
	const quote = (symbol, answer) => stock(symbol).locator('.quote', { hasText: answer }).waitFor({ timeout: 5_000 });
	const say = async (text) => {
		await page.getByLabel('Message').fill(text);
		await page.getByRole('button', { name: 'Send' }).click();
	};
	const shoot = (name) => page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
	const step = (text) => console.log(`e2e: ${text}`);

	await page.goto(base);
	await state('chat', 'READY', 20_000);
	await state('alerts', 'READY', 20_000);
	await state('prices', 'READY', 20_000);
	const readyEntries = page.locator('#entries li', { hasText: 'chat' }).filter({ has: page.locator('b[data-state="READY"]') });
	await readyEntries.first().waitFor();
	assert.equal(await readyEntries.count(), 1, 'each transition appears once');
	step('the clients are ready');

	await say('Before the cut');
	await line('Before the cut', 'ARRIVED', 5_000);
	step('a line arrives');

	for (const symbol of ['ACME', 'GLOBEX', 'INITECH']) {
		await press(symbol, 'Subscribe');
		await newPrice(symbol);
	}
	await press('INITECH', 'Unsubscribe');
	await subscription('INITECH', 'NONE', 5_000);
	await press('ACME', 'Quote');
	await quote('ACME', /^Quote: [0-9.]+$/);
	await press('HOOLI', 'Quote');
	await quote('HOOLI', 'Quote: refused: HOOLI is not listed');
	step('prices arrive, a quote is answered, another one refused');

	await page.getByRole('button', { name: 'Drop the server' }).click();
	await gone('chat', 'READY', 5_000);
	await say('Sent while the line is down <b>not bold</b>');
	await line('Sent while the line is down', 'WAITING', 5_000);
	assert.equal(await page.locator('#lines b').count(), 0, 'chat text is never markup');
	await page.getByRole('button', { name: 'Order one' }).click();
	await order('WAITING', 5_000);
	await state('chat', 'BACKING_OFF', 5_000);
	await subscription('ACME', 'PENDING', 5_000);
	await shoot('down-light');
	step('the server is gone, the line waits');

	await state('chat', 'READY', 25_000);
	await line('Sent while the line is down', 'ARRIVED', 5_000);
	await state('alerts', 'READY', 25_000);
	await order('ACKNOWLEDGED', 5_000);
	await subscription('ACME', 'ACTIVE', 25_000);
	await subscription('GLOBEX', 'ACTIVE', 5_000);
	await newPrice('ACME');
	assert.equal(await client('prices').locator('[data-figure="active"]').textContent(), '2');
	step('the clients are back, the line arrived, the order was acknowledged, the subscriptions came back');

	await page.getByRole('button', { name: 'Make it silent' }).click();
	await say('Said into the silence');
	await gone('chat', 'READY', 12_000);
	await state('chat', 'READY', 40_000);
	await line('Said into the silence', 'ARRIVED', 5_000);
	step('the silent server was found out, and the line arrived');

	await page.reload();
	await line('Sent while the line is down', 'ARRIVED', 5_000);
	await state('alerts', 'READY', 25_000);
	step('the page remembers after a reload');

	await say('And the show goes on');
	await line('And the show goes on', 'ARRIVED', 5_000);
	await page.getByRole('button', { name: 'Order ten' }).click();
	await client('alerts').locator('[data-figure="delivered"]', { hasText: '11' }).waitFor({ timeout: 5_000 });
	for (const name of ['chat', 'alerts']) {
		await client(name).locator('[data-figure="rtt"]', { hasText: 'ms' }).waitFor({ timeout: 10_000 });
	}
	await shoot('light');
	await page.emulateMedia({ colorScheme: 'dark' });
	await shoot('dark');
	await page.setViewportSize({ width: 375, height: 812 });
	await page.waitForTimeout(300);
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 375), 'no sideways scrolling on a phone');
	await shoot('phone-dark');
	await page.emulateMedia({ colorScheme: 'light' });
	await shoot('phone');
	step('screenshots taken');

	assert.equal(await client('chat').count(), 1);
	assert.deepEqual(problems, []);
	step('passed');
}
finally {
	await context.close();
	await rm(profile, { recursive: true, force: true });
}
