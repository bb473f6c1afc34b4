@NullMarked
package dev.rollcall.connector.campusmessage;

import org.jspecify.annotations.NullMarked;
