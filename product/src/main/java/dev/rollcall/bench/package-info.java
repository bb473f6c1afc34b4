/** Benchmarks through the real path; each prints what it was compared with. */
@NullMarked
package dev.rollcall.bench;

import org.jspecify.annotations.NullMarked;
