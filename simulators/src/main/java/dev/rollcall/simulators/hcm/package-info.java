/**
 * Oracle HCM Cloud over real HTTP: workers, employees and locations of one tenant, with drift and
 * faults, and a control API beside them. Written from documents and recorded traffic alone; no
 * description of these resources was at hand.
 */
@NullMarked
package dev.rollcall.simulators.hcm;

import org.jspecify.annotations.NullMarked;
