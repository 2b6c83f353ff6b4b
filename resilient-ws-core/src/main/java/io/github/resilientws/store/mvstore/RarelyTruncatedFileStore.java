package io.github.resilientws.store.mvstore;

import java.util.Map;

import org.h2.mvstore.SingleFileStore;

/**
 * A file that is rarely truncated. The file store of h2-mvstore forces and truncates the
 * file in each commit that leaves one percent of it free; for a small file that is nearly
 * every commit.
 */
final class RarelyTruncatedFileStore extends SingleFileStore {

	private static final long SMALL = 4 * 1024 * 1024;

	RarelyTruncatedFileStore(Map<String, Object> config) {
		super(config);
	}

	@Override
	protected void shrinkStoreIfPossible(int minPercent) {
		if (minPercent == 0) {
			super.shrinkStoreIfPossible(minPercent);
		}
		else if (size() > SMALL) {
			super.shrinkStoreIfPossible(Math.max(minPercent, 50));
		}
	}

}
