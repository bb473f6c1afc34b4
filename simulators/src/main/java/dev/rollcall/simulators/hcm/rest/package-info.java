/** The REST framework of the HCM simulator: resources, their shapes, queries, order and pages. */
@NullMarked
package dev.rollcall.simulators.hcm.rest;

import org.jspecify.annotations.NullMarked;
