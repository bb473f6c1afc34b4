@NullMarked
package dev.rollcall.connector.repository;

import org.jspecify.annotations.NullMarked;
