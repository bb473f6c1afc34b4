/** The truth of the HCM simulator: workers, locations, what happens to them, and what follows. */
@NullMarked
package dev.rollcall.simulators.hcm.people;

import org.jspecify.annotations.NullMarked;
