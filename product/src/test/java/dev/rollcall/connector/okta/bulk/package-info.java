@NullMarked
package dev.rollcall.connector.okta.bulk;

import org.jspecify.annotations.NullMarked;
