package io.github.resilientws.store.file;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Encodes the records of requests into a buffer that is used again. Used by one thread.
 */
final class RequestEncoder {

	private static final int SMALLEST_BUFFER = 4096;

	/** A larger buffer is not kept. */
	private static final int LARGEST_BUFFER = 1024 * 1024;

	private @Nullable ByteBuffer buffer;

	/**
	 * Encode requests.
	 * @param requests appends and removals
	 * @param oneCall whether they are one call, of which a part must not be recovered
	 * @return the bytes, until the next call
	 */
	ByteBuffer encode(List<StoreRequest> requests, boolean oneCall) {
		ByteBuffer target = buffer(Math.toIntExact(requests.stream().mapToLong(StoreRequest::size).sum()));
		for (StoreRequest request : requests) {
			boolean more = oneCall && request != requests.get(requests.size() - 1);
			if (request instanceof StoreRequest.Append append) {
				int left = append.records().size();
				for (StoredRecord stored : append.records()) {
					RecordCodec.put(target, stored, more || --left > 0);
				}
			}
			else if (request instanceof StoreRequest.Remove remove) {
				int left = remove.positions().length;
				for (long position : remove.positions()) {
					RecordCodec.remove(target, position, more || --left > 0);
				}
			}
		}
		return target.flip();
	}

	private ByteBuffer buffer(int size) {
		ByteBuffer buffer = this.buffer;
		if (buffer == null || buffer.capacity() < size) {
			buffer = ByteBuffer.allocateDirect(Math.max(size, SMALLEST_BUFFER));
			this.buffer = (size <= LARGEST_BUFFER) ? buffer : null;
		}
		return buffer.clear();
	}

}
