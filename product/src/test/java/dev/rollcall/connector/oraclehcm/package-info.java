@NullMarked
package dev.rollcall.connector.oraclehcm;

import org.jspecify.annotations.NullMarked;
