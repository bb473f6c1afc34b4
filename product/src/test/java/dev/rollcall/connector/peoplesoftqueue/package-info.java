@NullMarked
package dev.rollcall.connector.peoplesoftqueue;

import org.jspecify.annotations.NullMarked;
