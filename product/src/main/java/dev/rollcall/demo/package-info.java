/** Everything on this machine: starts service and simulators, plays a scenario, compares. */
@NullMarked
package dev.rollcall.demo;

import org.jspecify.annotations.NullMarked;
