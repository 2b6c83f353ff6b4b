package io.github.resilientws.store.mvstore;

import java.util.Map;

import org.h2.mvstore.SingleFileStore;

/**
 * A file that is cut seldom. The one of h2-mvstore forces and cuts the file in any commit
 * that leaves one percent of it free, which for a small file is nearly each.
 */
final class CalmFileStore extends SingleFileStore {

	private static final long SMALL = 4 * 1024 * 1024;

	CalmFileStore(Map<String, Object> config) {
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
