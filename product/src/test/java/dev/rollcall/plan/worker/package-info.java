@NullMarked
package dev.rollcall.plan.worker;

import org.jspecify.annotations.NullMarked;
