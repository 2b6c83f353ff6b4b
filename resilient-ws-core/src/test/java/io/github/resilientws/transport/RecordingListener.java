package io.github.resilientws.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilientws.DisconnectCause;

/**
 * Records the signals; does what it is asked to when the connection opens.
 */
public class RecordingListener implements ConnectionListener {

	public final List<String> signals = new CopyOnWriteArrayList<>();

	public final List<DisconnectCause> causes = new CopyOnWriteArrayList<>();

	public final List<Map<String, List<String>>> responseHeaders = new CopyOnWriteArrayList<>();

	public final List<ByteBuffer> binaries = new CopyOnWriteArrayList<>();

	public final AtomicInteger reads = new AtomicInteger();

	public final AtomicInteger writables = new AtomicInteger();

	private final Runnable opened;

	public RecordingListener(Runnable opened) {
		this.opened = opened;
	}

	@Override
	public void onOpen(Map<String, List<String>> responseHeaders) {
		this.responseHeaders.add(responseHeaders);
		this.signals.add("open");
		this.opened.run();
	}

	@Override
	public void onRead() {
		this.reads.incrementAndGet();
	}

	@Override
	public void onText(String text) {
		this.signals.add("text " + text);
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
		this.signals.add("binary " + bytes.remaining());
		this.binaries.add(bytes);
	}

	@Override
	public void onPong(ByteBuffer payload) {
		this.signals.add("pong " + StandardCharsets.UTF_8.decode(payload));
	}

	@Override
	public void onWritable() {
		this.writables.incrementAndGet();
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		this.causes.add(cause);
		this.signals.add("closed");
	}

}
