package dev.rollcall.sync.budget;

import org.jspecify.annotations.Nullable;

/**
 * What the settings say of one bucket.
 *
 * @param reserve the part of the org limit that is left to others
 * @param orgLimit calls a window for the whole org; null when it is not set
 */
record Terms(double reserve, @Nullable Integer orgLimit) {

  /** Calls a window that leave the reserve alone; everything when no org limit is set. */
  int share() {
    return orgLimit == null
        ? Integer.MAX_VALUE
        : Math.max(1, (int) Math.floor(orgLimit * (1 - reserve) + 1e-9));
  }
}
