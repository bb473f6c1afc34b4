/** How well this process and its instances are: for load balancers and monitoring. */
@NullMarked
package dev.rollcall.web.health;

import org.jspecify.annotations.NullMarked;
