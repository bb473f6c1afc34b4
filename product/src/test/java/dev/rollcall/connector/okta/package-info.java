@NullMarked
package dev.rollcall.connector.okta;

import org.jspecify.annotations.NullMarked;
